package dev.gatehouse.api.metrics;

/// Counters of one name, told apart by the values of their labels.
public interface CounterFamily {
    /// The counter with these values, the same for the same values. There may be no more than a thousand in a
    /// family; whatever comes then is counted under `other`.
    ///
    /// @param labels as many as the family has names
    Counter of(String... labels);
}
