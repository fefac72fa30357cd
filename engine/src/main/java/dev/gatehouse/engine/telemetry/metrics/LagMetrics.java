package dev.gatehouse.engine.telemetry.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How late the loops are. Each tells its own lag ([#late], on its thread); who asks gets all of them, on any thread.
///
/// There is no "greatest since the last scrape": with two who scrape, each would take it from the other.
public final class LagMetrics implements MetricSource {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final double NANOS_IN_SECOND = 1e9;
    private static final int DUE = 0;
    private static final int MINUTE_BEGAN = 1;
    private static final int GREATEST = 2;
    private static final int GREATEST_BEFORE = 3;

    private final LongSupplier clock;
    private final List<OfLoop> loops = new ArrayList<>();

    private static final class OfLoop {
        private final LoopHistogram lag = new LoopHistogram(Buckets.LAG);
        private final Cells state = new Cells(4);
    }

    /// @param clock nanoseconds, the same as the loops'
    public LagMetrics(int count, LongSupplier clock) {
        this.clock = clock;
        long now = clock.getAsLong();
        for (int i = 0; i < count; i++) {
            OfLoop loop = new OfLoop();
            loop.state.set(DUE, now);
            loop.state.set(MINUTE_BEGAN, now);
            loops.add(loop);
        }
    }

    /// The loop got to its task.
    ///
    /// @param due when it should have
    /// @param next when it should again
    public void late(int loop, long due, long next) {
        OfLoop of = loops.get(loop);
        long now = clock.getAsLong();
        long lag = Math.max(0, now - due);
        of.lag.record(lag);
        if (now - of.state.get(MINUTE_BEGAN) >= MINUTE) {
            of.state.set(MINUTE_BEGAN, now);
            of.state.set(GREATEST_BEFORE, of.state.get(GREATEST));
            of.state.set(GREATEST, lag);
        } else if (lag > of.state.get(GREATEST)) {
            of.state.set(GREATEST, lag);
        }
        of.state.set(DUE, next);
    }

    @Override
    public List<MetricFamily> families() {
        List<MetricFamily.Row> lags = new ArrayList<>();
        List<MetricFamily.Row> greatest = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            OfLoop loop = loops.get(i);
            List<String> name = List.of(Integer.toString(i));
            HistogramSum lag = new HistogramSum(Buckets.LAG);
            lag.add(loop.lag);
            lags.add(lag.row(name));
            greatest.add(new MetricFamily.Figure(name, greatest(loop) / NANOS_IN_SECOND));
        }
        return List.of(MetricCatalogue.LOOP_LAG.of(lags), MetricCatalogue.LOOP_LAG_MAX.of(greatest));
    }

    /// A loop that is stuck has told nothing yet.
    private long greatest(OfLoop loop) {
        long overdue = clock.getAsLong() - loop.state.get(DUE);
        return Math.max(overdue, Math.max(loop.state.get(GREATEST), loop.state.get(GREATEST_BEFORE)));
    }
}
