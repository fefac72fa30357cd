package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.target.tunnel.TunnelRules;
import org.jspecify.annotations.Nullable;

/// What a route says about how its requests reach their service. Shared by all loops.
///
/// @param rewrite what the service is sent instead of the client's own path, query and host; null when nothing changes
/// @param tunnels what its clients may change to, and for how long
public record ProxyRoute(TimeoutConfig timeouts, @Nullable RequestRewrite rewrite, TunnelRules tunnels) {}
