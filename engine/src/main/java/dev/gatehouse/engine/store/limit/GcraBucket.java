package dev.gatehouse.engine.store.limit;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;

/// An even flow with a burst ([LimitRule.Gcra]), as one number: the moment at which everything taken so far would have
/// been due had it come evenly (the theoretical arrival time of ITU-T I.371). It may lie ahead of now by as much
/// as the burst is worth.
final class GcraBucket extends Bucket {
    private static final int OBJECT = 32;

    /// Nothing is worth more than this, in nanoseconds: 73 years.
    private static final long MOST = Long.MAX_VALUE / 4;

    private boolean used;
    private long due;

    @Override
    boolean fits(LimitRule rule) {
        return rule instanceof LimitRule.Gcra;
    }

    @Override
    boolean isEnough(LimitRule rule, long cost, long now) {
        LimitRule.Gcra flow = (LimitRule.Gcra) rule;
        return cost <= flow.burst() && ahead(now) + worth(flow, cost) <= worth(flow, flow.burst());
    }

    @Override
    void take(LimitRule rule, long cost, long now) {
        if (cost > 0) {
            due = now + ahead(now) + worth((LimitRule.Gcra) rule, cost);
            used = true;
        }
    }

    @Override
    LimitState state(LimitRule rule, boolean allowed, long cost, long now) {
        LimitRule.Gcra flow = (LimitRule.Gcra) rule;
        long ahead = ahead(now);
        long room = worth(flow, flow.burst());
        long remaining = Math.max(0, room - ahead) / interval(flow);
        long wait = cost > flow.burst() ? ahead : ahead + worth(flow, cost) - room;
        return new LimitState(allowed, remaining, millis(ahead), allowed ? 0 : millis(wait));
    }

    @Override
    long lasts(LimitRule rule) {
        LimitRule.Gcra flow = (LimitRule.Gcra) rule;
        return Math.max(worth(flow, flow.burst()), NANOS_PER_MILLI);
    }

    @Override
    int weight() {
        return OBJECT;
    }

    @Override
    Bucket copy() {
        GcraBucket copy = new GcraBucket();
        copy.used = used;
        copy.due = due;
        return copy;
    }

    private long ahead(long now) {
        return used ? Math.max(0, due - now) : 0;
    }

    /// Between two requests of the flow; rounded up, so that it is never more than the limit.
    private static long interval(LimitRule.Gcra flow) {
        return Math.max(1, Math.ceilDiv(flow.windowMillis() * NANOS_PER_MILLI, flow.limit()));
    }

    private static long worth(LimitRule.Gcra flow, long cost) {
        long interval = interval(flow);
        return cost > MOST / interval ? MOST : cost * interval;
    }
}
