package dev.gatehouse.policy.ratelimit;

/// How a limit counts, as users call it.
public enum Algorithm {
    SLIDING_WINDOW,
    GCRA,
    FIXED_WINDOW,
    CONCURRENCY
}
