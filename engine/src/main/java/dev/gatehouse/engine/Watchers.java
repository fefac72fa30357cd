package dev.gatehouse.engine;

import dev.gatehouse.engine.config.AccessLogConfig;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.telemetry.CounterSource;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.Telemetry;
import dev.gatehouse.engine.telemetry.accesslog.AccessLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Who watches the exchanges of a gateway: some as long as it runs, others as its configuration wants. Told by whoever
/// starts, reloads and stops the gateway, one at a time and never on a loop.
final class Watchers {
    private static final long LOOP_SECONDS = 5;

    private final List<Loop> loops;
    private final Telemetry telemetry;
    private final List<Observer> always = new ArrayList<>();
    private final TracingWatch tracing;
    private @Nullable AccessLog accessLog;

    /// @param counters where they count what they lose
    Watchers(List<Loop> loops, Telemetry telemetry, CounterSource counters) {
        this.loops = loops;
        this.telemetry = telemetry;
        this.tracing = new TracingWatch(loops.size(), counters);
    }

    /// One who watches until the gateway stops.
    void add(Observer observer) {
        always.add(observer);
        tellAll();
    }

    /// From now on those watch that `config` wants. What it wants as before stays open.
    ///
    /// @return those who watch no longer, to be closed by [#leave]
    List<Observer> follow(GatewayConfig config) {
        List<Observer> leaving = new ArrayList<>();
        AccessLogConfig wanted = config.telemetry().accessLog();
        AccessLog open = accessLog;
        if (open != null && (wanted == null || !open.isFor(wanted, config.name()))) {
            leaving.add(open);
            accessLog = null;
        }
        if (wanted != null && accessLog == null) {
            accessLog = AccessLog.open(wanted, config.name());
        }
        Observer traced = tracing.follow(config);
        if (traced != null) {
            leaving.add(traced);
        }
        tellAll();
        return leaving;
    }

    private void tellAll() {
        List<Observer> all = new ArrayList<>(always);
        if (accessLog != null) {
            all.add(accessLog);
        }
        Observer traces = tracing.observer();
        if (traces != null) {
            all.add(traces);
        }
        telemetry.watchedBy(all);
    }

    /// Closes those who watch no longer, when no loop is in the middle of telling them something.
    void leave(List<Observer> leaving) throws InterruptedException {
        if (leaving.isEmpty()) {
            return;
        }
        CountDownLatch behind = new CountDownLatch(loops.size());
        loops.forEach(loop -> loop.execute(behind::countDown));
        behind.await(LOOP_SECONDS, TimeUnit.SECONDS);
        leaving.forEach(Observer::close);
    }

    /// No exchange follows.
    void close() {
        telemetry.watchedBy(List.of());
        always.forEach(Observer::close);
        if (accessLog != null) {
            accessLog.close();
        }
        Observer traces = tracing.observer();
        if (traces != null) {
            traces.close();
        }
    }
}
