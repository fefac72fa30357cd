package dev.gatehouse.engine.config.format;

import dev.gatehouse.engine.config.GatewayFile;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.RouteSection;
import dev.gatehouse.engine.config.ServiceSection;
import dev.gatehouse.engine.config.decode.RecordShape;
import dev.gatehouse.engine.config.source.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The order of keys: that of the records, which is the order in which people read them. Names keep the order in which
/// the user wrote them, and so do the keys of sections that have no agreed order.
enum KeyOrder {
    TOP(List.of(
            "version",
            "name",
            "include",
            "listeners",
            "admin",
            "runtime",
            "stores",
            "services",
            "security",
            "plans",
            "consumers",
            "policies",
            "defaults",
            "routes",
            "endpoints",
            "errors",
            "telemetry",
            "portal")),
    LISTENER(RecordShape.of(ListenerConfig.class).keyNames()),
    SERVICE(RecordShape.of(ServiceSection.class).keyNames()),
    ROUTE(routeKeys()),
    NAMES_OF_LISTENERS(List.of()),
    NAMES_OF_SERVICES(List.of()),
    AS_WRITTEN(List.of());

    private final List<String> keys;

    KeyOrder(List<String> keys) {
        this.keys = keys;
    }

    /// The entries in order; what is not known stands behind what is, `routes` of a group at the end.
    List<Node.Entry> sorted(List<Node.Entry> entries) {
        if (keys.isEmpty()) {
            return entries;
        }
        List<Node.Entry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingInt(this::rank));
        return sorted;
    }

    private int rank(Node.Entry entry) {
        if (this == ROUTE && entry.name().equals("routes")) {
            return Integer.MAX_VALUE;
        }
        boolean plainService = this == TOP && isService(entry);
        int index = keys.indexOf(plainService ? "services" : entry.name());
        return index < 0 ? keys.size() : index;
    }

    /// Of what stands behind a key.
    KeyOrder below(Node.Entry entry) {
        return switch (this) {
            case TOP -> {
                if (entry.name().equals("routes")) {
                    yield ROUTE;
                }
                if (entry.name().equals("services")) {
                    yield NAMES_OF_SERVICES;
                }
                if (entry.name().equals("listeners")) {
                    yield NAMES_OF_LISTENERS;
                }
                yield isService(entry) ? SERVICE : AS_WRITTEN;
            }
            case NAMES_OF_SERVICES -> SERVICE;
            case NAMES_OF_LISTENERS -> LISTENER;
            case ROUTE -> entry.name().equals("routes") ? ROUTE : AS_WRITTEN;
            case LISTENER, SERVICE, AS_WRITTEN -> AS_WRITTEN;
        };
    }

    private static boolean isService(Node.Entry entry) {
        return !RecordShape.of(GatewayFile.class).has(entry.name())
                && entry.value() instanceof Node.Mapping mapping
                && mapping.entry("instances") != null;
    }

    private static List<String> routeKeys() {
        List<String> keys = new ArrayList<>(RecordShape.of(RouteSection.class).keyNames());
        keys.remove("group");
        keys.addFirst("group");
        return keys;
    }
}
