package dev.gatehouse.engine.telemetry;

/// Hears of every exchange of one loop when it is over. On the loop's thread, in the middle of its work: it takes
/// what it needs and returns, and never waits.
public interface SummarySink {
    void ended(ExchangeSummary summary);

    /// The same of a connection whose octets were passed on, where there are no exchanges. Most do not look at those.
    default void ended(TcpSummary summary) {}
}
