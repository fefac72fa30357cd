package dev.gatehouse.otel;

import dev.gatehouse.engine.config.TracingConfig;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.SummarySink;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// Sends the exchanges of a gateway from a thread of its own, every [TracingConfig#interval], and sooner while much
/// waits.
final class OtlpObserver implements Observer {
    private final List<SummarySink> sinks;
    private final Delivery delivery;
    private final Collector collector;
    private final Duration interval;
    private final Thread thread;
    private volatile boolean woken;
    private volatile boolean closing;

    private OtlpObserver(TracingConfig config, int loops, Collector collector, Deliveries deliveries) {
        List<Inbox> inboxes =
                Stream.generate(() -> new Inbox(config.queue())).limit(loops).toList();
        this.sinks = inboxes.stream()
                .<SummarySink>map(inbox -> new SampledSink(inbox, config.logs(), deliveries, this::wake))
                .toList();
        this.delivery = new Delivery(inboxes, collector, deliveries, InstantSource.system());
        this.collector = collector;
        this.interval = config.interval();
        this.thread = Thread.ofPlatform().daemon().name("gatehouse-otlp").unstarted(this::run);
    }

    static OtlpObserver start(TracingConfig config, int loops, Collector collector, Deliveries deliveries) {
        OtlpObserver observer = new OtlpObserver(config, loops, collector, deliveries);
        observer.thread.start();
        return observer;
    }

    @Override
    public SummarySink on(int loop) {
        return sinks.get(loop);
    }

    /// From the loops, while much waits.
    private void wake() {
        if (!woken) {
            woken = true;
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closing) {
            if (!woken) {
                LockSupport.parkNanos(this, interval.toNanos());
            }
            woken = false;
            while (delivery.deliver() == Delivery.BATCH && !closing) {
                // More waits.
            }
        }
        // What waits goes out, as long as the collector takes it: one that is gone is waited for once.
        while (delivery.deliver() > 0 && !delivery.isFailing()) {
            // More waits.
        }
        delivery.abandon();
    }

    /// Waits for a call that is under way and for what still has to go, each no longer than its timeout.
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(1).plus(collector.timeout().multipliedBy(2)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        collector.close();
    }
}
