package dev.gatehouse.engine.telemetry;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What one loop has done. Written by its thread only; another thread reads figures that may be a moment old.
public final class ExchangeCounters {
    private final Map<FailureKind, Tally> failures = new EnumMap<>(FailureKind.class);
    private long begun;
    private long ended;
    private long complete;

    /// One number of one loop.
    private static final class Tally {
        private long count;
    }

    public ExchangeCounters() {
        // All of them now: what another thread reads never changes its shape.
        for (FailureKind kind : FailureKind.values()) {
            failures.put(kind, new Tally());
        }
    }

    public void begun() {
        begun++;
    }

    public void ended(Outcome outcome) {
        ended++;
        if (outcome.complete()) {
            complete++;
        }
        Tally tally = outcome.failure() == null ? null : failures.get(outcome.failure());
        if (tally != null) {
            tally.count++;
        }
    }

    /// @param begun exchanges whose head arrived whole, or was refused
    /// @param ended of these, those that are over
    /// @param complete of these, those whose client was sent a whole answer
    /// @param failures why the others were not served, or were answered by the gateway
    public record Sum(long begun, long ended, long complete, Map<FailureKind, Long> failures) {
        public long open() {
            return begun - ended;
        }
    }

    public static Sum sum(List<ExchangeCounters> loops) {
        long begun = 0;
        long ended = 0;
        long complete = 0;
        Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
        for (ExchangeCounters loop : loops) {
            begun += loop.begun;
            ended += loop.ended;
            complete += loop.complete;
            loop.failures.forEach((kind, tally) -> {
                if (tally.count > 0) {
                    failures.merge(kind, tally.count, Long::sum);
                }
            });
        }
        return new Sum(begun, ended, complete, failures);
    }
}
