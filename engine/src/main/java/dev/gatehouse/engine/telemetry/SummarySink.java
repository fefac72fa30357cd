package dev.gatehouse.engine.telemetry;

/// Hears of every exchange of one loop when it is over. On the loop's thread, in the middle of its work: it takes
/// what it needs and returns, and never waits.
public interface SummarySink {
    void ended(ExchangeSummary summary);

    /// An exchange has become a tunnel: the client is sent its 101. [#ended] follows when it is over.
    ///
    /// @return what is to hear of what passes; [TunnelCounter#NONE] for nobody
    default TunnelCounter tunnelBegan(ExchangeSummary summary) {
        return TunnelCounter.NONE;
    }

    /// The same of a connection whose octets were passed on, where there are no exchanges. Most do not look at those.
    default void ended(TcpSummary summary) {}
}
