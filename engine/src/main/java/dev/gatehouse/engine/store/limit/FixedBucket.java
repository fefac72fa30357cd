package dev.gatehouse.engine.store.limit;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;

/// A window that begins with the first request after the one before has ended ([LimitRule.FixedWindow]).
final class FixedBucket extends Bucket {
    private static final int OBJECT = 48;

    private long began;
    private long used;

    @Override
    boolean fits(LimitRule rule) {
        return rule instanceof LimitRule.FixedWindow;
    }

    @Override
    boolean isEnough(LimitRule rule, long cost, long now) {
        return cost <= rule.limit() - used(rule, now);
    }

    @Override
    void take(LimitRule rule, long cost, long now) {
        if (cost == 0) {
            return;
        }
        long before = used(rule, now);
        if (before == 0) {
            began = now;
        }
        used = before + cost;
    }

    @Override
    LimitState state(LimitRule rule, boolean allowed, long cost, long now) {
        long taken = used(rule, now);
        long reset = taken == 0 ? 0 : millis(began + window(rule) - now);
        return new LimitState(allowed, Math.max(0, rule.limit() - taken), reset, allowed ? 0 : reset);
    }

    @Override
    long lasts(LimitRule rule) {
        return window(rule);
    }

    @Override
    int weight() {
        return OBJECT;
    }

    @Override
    Bucket copy() {
        FixedBucket copy = new FixedBucket();
        copy.began = began;
        copy.used = used;
        return copy;
    }

    private long used(LimitRule rule, long now) {
        return now - began >= window(rule) ? 0 : used;
    }

    private static long window(LimitRule rule) {
        return ((LimitRule.FixedWindow) rule).windowMillis() * NANOS_PER_MILLI;
    }
}
