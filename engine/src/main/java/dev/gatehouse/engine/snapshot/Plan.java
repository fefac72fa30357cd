package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.load.Loaded;
import java.util.List;

/// What is to run: a configuration, and where its routes were written.
///
/// @param places of the routes, at the same index (`gateway.yaml:147:5`); shorter when they are unknown
public record Plan(GatewayConfig config, List<String> places) {
    public Plan {
        places = List.copyOf(places);
    }

    /// A configuration that was made without a file.
    public static Plan of(GatewayConfig config) {
        return new Plan(config, List.of());
    }

    /// @throws IllegalArgumentException when what was loaded has errors
    public static Plan of(Loaded loaded) {
        GatewayConfig config = loaded.config();
        if (config == null) {
            throw new IllegalArgumentException("a configuration with errors cannot run");
        }
        return new Plan(
                config,
                loaded.routes().stream()
                        .map(origins -> origins.span().toString())
                        .toList());
    }

    /// Where what stands in a slot of a route is configured; empty when it was not written in a file.
    String policyPlace(int route, String slot) {
        return "";
    }

    String place(int route) {
        return route < places.size() ? places.get(route) : "";
    }
}
