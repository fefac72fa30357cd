package dev.gatehouse.api.metrics;

/// A number that only grows: one row of a [CounterFamily]. Every thread may add to it; a policy does so through its
/// exchange ([dev.gatehouse.api.Exchange#count]), which leaves it alone in `explain`.
public interface Counter {
    void add(long amount);

    /// What it stands at.
    long value();
}
