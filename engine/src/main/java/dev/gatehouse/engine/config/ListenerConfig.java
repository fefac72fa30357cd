package dev.gatehouse.engine.config;

/// Where clients come in.
///
/// @param bind the address to listen on; `0.0.0.0` for all
/// @param port 0 picks a free one
/// @param health whether the gateway answers `/health/live` and `/health/ready` here itself
public record ListenerConfig(String bind, int port, boolean health, LimitsConfig limits, ForwardingConfig forwarding) {
    public ListenerConfig {
        Check.between("port", port, 0, 65535);
    }
}
