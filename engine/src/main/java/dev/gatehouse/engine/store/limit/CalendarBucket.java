package dev.gatehouse.engine.store.limit;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;

/// A stretch of time that everybody knows, such as a month ([LimitRule.Calendar]): the next one begins at 0.
final class CalendarBucket extends Bucket {
    private static final int OBJECT = 48;

    private long fromMillis = Long.MIN_VALUE;
    private long used;

    @Override
    boolean fits(LimitRule rule) {
        return rule instanceof LimitRule.Calendar;
    }

    @Override
    boolean isEnough(LimitRule rule, long cost, long now) {
        return cost <= rule.limit() - used(rule);
    }

    @Override
    void take(LimitRule rule, long cost, long now) {
        used = used(rule) + cost;
        fromMillis = Math.max(fromMillis, ((LimitRule.Calendar) rule).fromMillis());
    }

    @Override
    LimitState state(LimitRule rule, boolean allowed, long cost, long now) {
        long taken = used(rule);
        long left = left(rule, now);
        return new LimitState(
                allowed, Math.max(0, rule.limit() - taken), taken == 0 ? 0 : millis(left), allowed ? 0 : millis(left));
    }

    @Override
    long lasts(LimitRule rule) {
        LimitRule.Calendar stretch = (LimitRule.Calendar) rule;
        return Math.max(stretch.untilMillis() - stretch.fromMillis(), 1) * NANOS_PER_MILLI;
    }

    @Override
    int weight() {
        return OBJECT;
    }

    @Override
    Bucket copy() {
        CalendarBucket copy = new CalendarBucket();
        copy.fromMillis = fromMillis;
        copy.used = used;
        return copy;
    }

    /// Who read the time just before the turn of the month is counted in the new one: else the two would take
    /// turns to begin anew.
    private long used(LimitRule rule) {
        return ((LimitRule.Calendar) rule).fromMillis() > fromMillis ? 0 : used;
    }

    private static long left(LimitRule rule, long now) {
        return ((LimitRule.Calendar) rule).untilMillis() * NANOS_PER_MILLI - now;
    }
}
