package dev.gatehouse.engine.telemetry;

/// Hears what passes through a tunnel, as it passes. On the loop of its exchange.
@FunctionalInterface
public interface TunnelCounter {
    /// Nobody counts.
    TunnelCounter NONE = (_, _, _) -> {};

    /// @param fromClient whether it came from the client; else from the service
    /// @param frames that began
    void passed(boolean fromClient, long frames, long octets);

    /// Both hear of it.
    default TunnelCounter and(TunnelCounter other) {
        return (fromClient, frames, octets) -> {
            passed(fromClient, frames, octets);
            other.passed(fromClient, frames, octets);
        };
    }
}
