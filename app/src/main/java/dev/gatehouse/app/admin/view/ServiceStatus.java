package dev.gatehouse.app.admin.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One service.
///
/// @param loadBalancer how an instance is chosen: `round_robin`
/// @param at where it is written: `gateway.yaml:41:3`; null for one that stands in no file
public record ServiceStatus(
        String name,
        String loadBalancer,
        @Nullable String at,
        Connections connections,
        List<InstanceStatus> instances) {
    /// @param open to all instances, on all loops
    /// @param waiting requests that wait for one
    public record Connections(int open, int waiting) {}

    public ServiceStatus {
        instances = List.copyOf(instances);
    }
}
