package dev.gatehouse.engine.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All a gateway is told, with every layer put together: what a snapshot is compiled from.
///
/// @param listeners by name, at least one
/// @param services by name: the key under `services`, or the authority of a URL on a route
/// @param plans by name
/// @param consumers by name
/// @param routes in the order of the file
/// @param stores what gateways share, by name, in the order of the file
/// @param authenticators ways to find out who calls, by name, in the order of the file
/// @param sections what the features of plug-ins were told, by the name of their section
public record GatewayConfig(
        String name,
        Map<String, ListenerConfig> listeners,
        AdminConfig admin,
        RuntimeConfig runtime,
        Map<String, ServiceConfig> services,
        Map<String, PlanConfig> plans,
        Map<String, ConsumerConfig> consumers,
        List<RouteConfig> routes,
        ErrorsConfig errors,
        TelemetryConfig telemetry,
        Map<String, StoreSetting> stores,
        Map<String, AuthenticatorSetting> authenticators,
        Map<String, Record> sections) {
    /// What the listener is called when the file names none.
    public static final String LISTENER = "public";

    public GatewayConfig {
        listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
        consumers = Collections.unmodifiableMap(new LinkedHashMap<>(consumers));
        routes = List.copyOf(routes);
        stores = Collections.unmodifiableMap(new LinkedHashMap<>(stores));
        authenticators = Collections.unmodifiableMap(new LinkedHashMap<>(authenticators));
        sections = Collections.unmodifiableMap(new TreeMap<>(sections));
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException("listeners: a gateway needs at least one");
        }
    }

    /// The same on other listeners.
    public GatewayConfig withListeners(Map<String, ListenerConfig> others) {
        return new GatewayConfig(
                name,
                others,
                admin,
                runtime,
                services,
                plans,
                consumers,
                routes,
                errors,
                telemetry,
                stores,
                authenticators,
                sections);
    }

    /// The same with what the command line says of the process.
    public GatewayConfig withRuntime(RuntimeConfig other) {
        return new GatewayConfig(
                name,
                listeners,
                admin,
                other,
                services,
                plans,
                consumers,
                routes,
                errors,
                telemetry,
                stores,
                authenticators,
                sections);
    }

    /// The same, telling something else about its exchanges.
    public GatewayConfig withTelemetry(TelemetryConfig other) {
        return new GatewayConfig(
                name,
                listeners,
                admin,
                runtime,
                services,
                plans,
                consumers,
                routes,
                errors,
                other,
                stores,
                authenticators,
                sections);
    }

    /// Everything to one service, without a file and without an admin listener.
    public static GatewayConfig proxy(
            ListenerConfig listener, ServiceConfig service, List<String> upgrades, RuntimeConfig runtime) {
        RouteTarget target =
                new RouteTarget.ToServices(List.of(new RouteTarget.Share(service.name(), 1, service.timeout())));
        return new GatewayConfig(
                "gatehouse",
                Map.of(LISTENER, listener),
                AdminConfig.of("none"),
                runtime,
                Map.of(service.name(), service),
                Map.of(),
                Map.of(),
                List.of(RouteConfig.of("/**", target, upgrades)),
                ErrorsConfig.DEFAULT,
                TelemetryConfig.NONE,
                Map.of(),
                Map.of(),
                Map.of());
    }
}
