package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.load.RouteOrigins;
import dev.gatehouse.engine.config.source.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What is to run: a configuration, where its routes and their policies were written, and who makes those.
public final class Plan {
    private final GatewayConfig config;
    private final List<Places> places;
    private final Extensions extensions;
    private final UnaryOperator<String> settings;

    /// Of one route.
    ///
    /// @param route `gateway.yaml:147:5`
    /// @param policies the same of each slot's settings
    private record Places(String route, Map<String, String> policies) {
        static final Places UNKNOWN = new Places("", Map.of());

        static Places of(RouteOrigins origins) {
            Map<String, String> policies = HashMap.newHashMap(origins.policies().size());
            origins.policies()
                    .forEach((slot, settings) ->
                            policies.put(slot, settings.span().toString()));
            return new Places(origins.span().toString(), policies);
        }
    }

    private Plan(GatewayConfig config, List<Places> places, Extensions extensions, UnaryOperator<String> settings) {
        this.settings = settings;
        this.config = config;
        this.places = places;
        this.extensions = extensions;
    }

    /// A configuration that was made without a file, and has no policies.
    public static Plan of(GatewayConfig config) {
        return new Plan(config, List.of(), Extensions.NONE, _ -> "");
    }

    /// @throws IllegalArgumentException when what was loaded has errors
    public static Plan of(Loaded loaded) {
        GatewayConfig config = loaded.config();
        if (config == null) {
            throw new IllegalArgumentException("a configuration with errors cannot run");
        }
        return new Plan(config, loaded.routes().stream().map(Places::of).toList(), loaded.extensions(), path -> {
            Span place = loaded.node(path) == null ? null : loaded.place(path);
            return place == null ? "" : place.toString();
        });
    }

    public GatewayConfig config() {
        return config;
    }

    /// Where slots find the makers of their policies.
    public Extensions extensions() {
        return extensions;
    }

    /// The same places for another configuration.
    ///
    /// @param other with the same routes
    public Plan with(GatewayConfig other) {
        return new Plan(other, places, extensions, settings);
    }

    /// Where a setting was written, `gateway.yaml:85:9`; empty when it was left out, or that is unknown.
    ///
    /// @param path `security.authorization.policies[1]`
    public String place(String path) {
        return settings.apply(path);
    }

    /// Where a route was written, `gateway.yaml:147:5`; empty when that is unknown.
    ///
    /// @param route its index in the configuration
    public String place(int route) {
        return places(route).route();
    }

    /// Where the settings in a slot of a route were written, under `policies.<slot>` when the route only names
    /// them; empty when that is unknown.
    ///
    /// @param route its index in the configuration
    public String policyPlace(int route, String slot) {
        return places(route).policies().getOrDefault(slot, "");
    }

    private Places places(int route) {
        return route < places.size() ? places.get(route) : Places.UNKNOWN;
    }
}
