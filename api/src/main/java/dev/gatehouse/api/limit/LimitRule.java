package dev.gatehouse.api.limit;

/// How a limit counts. Every [dev.gatehouse.api.state.Store] knows all of them, and says the same of the same
/// requests. Times are in milliseconds; a store judges by its own clock.
public sealed interface LimitRule {
    /// What a client is told it may do.
    long limit();

    /// Never more than `limit` in any window of this length: counted in 125 parts of the window, the oldest of
    /// which counts in full until all of it is past. So at most 0.8 % less than the limit is let through, never
    /// more.
    record SlidingWindow(long limit, long windowMillis) implements LimitRule {}

    /// An even flow of `limit` per window, and `burst` at once on top of it (generic cell rate algorithm, ITU-T
    /// I.371): one number per key, whatever the limit.
    ///
    /// @param burst at least 1: how many may come at the same moment
    record Gcra(long limit, long windowMillis, long burst) implements LimitRule {}

    /// `limit` in a window that begins with the first request after the one before has ended.
    record FixedWindow(long limit, long windowMillis) implements LimitRule {}

    /// `limit` until a moment that everybody knows, such as the end of the month.
    ///
    /// @param fromMillis when it began: another beginning is another count
    /// @param untilMillis when it ends; both as [java.time.Instant#toEpochMilli]
    record Calendar(long limit, long fromMillis, long untilMillis) implements LimitRule {}

    /// `limit` at the same time; given back with [dev.gatehouse.api.state.Store#giveBack].
    ///
    /// @param leaseMillis after so long without being given back it counts no more: its gateway is gone
    record Concurrency(long limit, long leaseMillis) implements LimitRule {}
}
