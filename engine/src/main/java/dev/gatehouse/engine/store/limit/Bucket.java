package dev.gatehouse.engine.store.limit;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;

/// What one key has used of one limit. How much that may be is not kept here: a limit that is changed by a reload
/// finds what was counted before.
///
/// Times are in nanoseconds: for [LimitRule.Calendar] since 1970, for all others of a clock that never goes back. Not
/// safe for threads: whoever asks holds its monitor.
abstract sealed class Bucket permits PartsBucket, GcraBucket, FixedBucket, CalendarBucket {
    static final long NANOS_PER_MILLI = 1_000_000;

    /// Whether the table keeps it apart, where new keys cannot push it out, and until when at least; in
    /// nanoseconds of the table's clock.
    boolean isHeld;

    long heldUntil;

    /// An unused one.
    static Bucket of(LimitRule rule) {
        return switch (rule) {
            case LimitRule.SlidingWindow window -> new PartsBucket(window.windowMillis());
            case LimitRule.Concurrency leases -> new PartsBucket(leases.leaseMillis());
            case LimitRule.Gcra _ -> new GcraBucket();
            case LimitRule.FixedWindow _ -> new FixedBucket();
            case LimitRule.Calendar _ -> new CalendarBucket();
        };
    }

    /// Whether what it has counted means something to this rule.
    abstract boolean fits(LimitRule rule);

    /// Whether there is enough left; always, where nothing is wanted.
    ///
    /// @param cost at least 0
    final boolean has(LimitRule rule, long cost, long now) {
        return cost == 0 || isEnough(rule, cost, now);
    }

    abstract boolean isEnough(LimitRule rule, long cost, long now);

    /// Takes it. Only after [#has] said so.
    abstract void take(LimitRule rule, long cost, long now);

    /// Gives back what was taken last; nothing, where nothing is given back.
    void giveBack(long cost, long now) {}

    /// What is left, and for how long the rest is used.
    ///
    /// @param allowed what was decided about `cost`
    abstract LimitState state(LimitRule rule, boolean allowed, long cost, long now);

    /// For how long it may mean something after it was last asked for, in nanoseconds.
    abstract long lasts(LimitRule rule);

    /// About how much memory it takes, in bytes.
    abstract int weight();

    /// The same for somebody who only asks.
    abstract Bucket copy();

    /// Rounded up: who comes back after so many milliseconds does not come too early.
    static long millis(long nanos) {
        return nanos <= 0 ? 0 : (nanos - 1) / NANOS_PER_MILLI + 1;
    }
}
