package dev.gatehouse.otel;

import dev.gatehouse.otel.Deliveries.Result;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Empties the inboxes into the collector, batch by batch. What the collector does not take is given up and
/// counted: a trace is worth less than the memory to keep it. Runs on one thread, and waits there for the
/// collector.
final class Delivery {
    static final int BATCH = 512;

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final List<Inbox> inboxes;
    private final Collector collector;
    private final ExchangeSpans toSpans;
    private final Deliveries deliveries;
    private final InstantSource clock;
    private boolean failing;
    private long lost;

    Delivery(List<Inbox> inboxes, Collector collector, Deliveries deliveries, InstantSource clock) {
        this.inboxes = List.copyOf(inboxes);
        this.collector = collector;
        this.toSpans = new ExchangeSpans(collector.resource());
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /// Sends one batch of what waits.
    ///
    /// @return how many exchanges it was; fewer than [#BATCH] when no more wait
    int deliver() {
        List<SeenExchange> batch = take();
        if (!batch.isEmpty()) {
            try {
                send(batch);
            } catch (RuntimeException e) {
                LOG.error("exchanges could not be sent to the collector at {}", collector.address(), e);
                deliveries.count(Result.REFUSED, traced(batch), logged(batch));
                failing = true;
            }
        }
        return batch.size();
    }

    /// Whether the last batch was not taken.
    boolean isFailing() {
        return failing;
    }

    /// Gives up what waits.
    void abandon() {
        for (List<SeenExchange> rest = take(); !rest.isEmpty(); rest = take()) {
            deliveries.count(Result.CLOSING, traced(rest), logged(rest));
        }
    }

    private List<SeenExchange> take() {
        List<SeenExchange> batch = new ArrayList<>();
        for (Inbox inbox : inboxes) {
            while (batch.size() < BATCH) {
                SeenExchange exchange = inbox.poll();
                if (exchange == null) {
                    break;
                }
                batch.add(exchange);
            }
        }
        return batch;
    }

    private void send(List<SeenExchange> batch) {
        int traced = traced(batch);
        CompletableResultCode traces = traced == 0 ? null : collector.spans().export(spans(batch));
        CompletableResultCode logs =
                collector.logs() == null ? null : collector.logs().export(records(batch));
        boolean taken = settle(traces, traced, 0);
        taken &= settle(logs, 0, logged(batch));
        if (taken && failing) {
            LOG.info("the collector at {} takes what it is sent again; {} were lost", collector.address(), lost);
            lost = 0;
        }
        failing = !taken;
    }

    /// Whether the call was a success, or was not needed.
    private boolean settle(@Nullable CompletableResultCode call, int traced, int logged) {
        if (call == null) {
            return true;
        }
        collector.await(call);
        boolean taken = call.isSuccess();
        deliveries.count(taken ? Result.SENT : Result.REFUSED, traced, logged);
        if (!taken) {
            // Once, until it takes them again: it may be gone for a day.
            if (!failing && lost == 0) {
                LOG.warn("the collector at {} does not take what it is sent: {}", collector.address(), reason(call));
            }
            lost += traced + logged;
        }
        return taken;
    }

    private static String reason(CompletableResultCode call) {
        Throwable why = call.getFailureThrowable();
        if (why == null) {
            return call.isDone() ? "no reason is known" : "no answer in time";
        }
        if (why instanceof HttpExportException answered && answered.getResponse() != null) {
            return "it answers " + answered.getResponse().getStatusCode();
        }
        Throwable root = why;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + root.getMessage());
    }

    private List<SpanData> spans(List<SeenExchange> batch) {
        List<SpanData> spans = new ArrayList<>();
        for (SeenExchange exchange : batch) {
            if (exchange.sampled()) {
                spans.addAll(toSpans.of(exchange));
            }
        }
        return spans;
    }

    private List<LogRecordData> records(List<SeenExchange> batch) {
        long now = clock.millis() * 1_000_000;
        List<LogRecordData> records = new ArrayList<>();
        for (SeenExchange exchange : batch) {
            records.add(ExchangeLog.of(exchange, collector.resource(), now));
        }
        return records;
    }

    private static int traced(List<SeenExchange> batch) {
        int traced = 0;
        for (SeenExchange exchange : batch) {
            traced += exchange.sampled() ? 1 : 0;
        }
        return traced;
    }

    private int logged(List<SeenExchange> batch) {
        return collector.logs() == null ? 0 : batch.size();
    }
}
