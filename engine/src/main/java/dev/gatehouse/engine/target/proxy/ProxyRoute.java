package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.engine.config.TimeoutConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a route says about how its requests reach their service. Shared by all loops.
///
/// @param rewrite what the service is sent instead of the client's own path, query and host; null when nothing changes
/// @param upgrades protocols a client may upgrade to, in lower case
public record ProxyRoute(TimeoutConfig timeouts, @Nullable RequestRewrite rewrite, List<String> upgrades) {
    public ProxyRoute {
        upgrades = List.copyOf(upgrades);
    }
}
