package dev.gatehouse.app.cli;

import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.RouteTarget;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.load.Origin;
import dev.gatehouse.engine.config.load.RouteOrigins;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What holds for each route, and whose word each value is.
final class ConfigOrigins {
    private ConfigOrigins() {}

    /// @param wanted only routes whose name, or methods and path, contain this; null for all
    static String of(Loaded loaded, List<RouteConfig> routes, @Nullable String wanted) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < routes.size(); i++) {
            RouteConfig route = routes.get(i);
            String name = route.name() == null ? route.label() : route.name() + " (" + route.label() + ")";
            if (wanted == null || name.contains(wanted)) {
                text.append(text.isEmpty() ? "" : "\n");
                explain(text, name, route, loaded.routes().get(i));
            }
        }
        return text.toString();
    }

    private static void explain(StringBuilder text, String name, RouteConfig route, RouteOrigins origins) {
        TextTable table =
                new TextTable(List.of(name, "", "", origins.span().toString()), List.of(false, false, false, false));
        Map<String, String> builtIn = timeouts(route);
        for (Origin origin : origins.values()) {
            table.row(
                    "  " + origin.key(),
                    origin.written(),
                    origin.layer().toString(),
                    origin.span().toString());
            builtIn.remove(origin.key());
        }
        builtIn.forEach((key, value) -> table.row("  " + key, value, "built-in", ""));
        table.lines().forEach(line -> text.append(line).append('\n'));
    }

    /// The time-outs a route has whether anybody wrote them or not; those of its first service when it has several.
    private static Map<String, String> timeouts(RouteConfig route) {
        Map<String, String> times = new LinkedHashMap<>();
        if (route.target() instanceof RouteTarget.ToServices to) {
            TimeoutConfig timeout = to.shares().getFirst().timeout();
            times.put("timeout.connect", time(timeout.connect()));
            times.put("timeout.first_byte", time(timeout.firstByte()));
            times.put("timeout.idle", time(timeout.idle()));
            times.put("timeout.request", time(timeout.request()));
        }
        return times;
    }

    private static String time(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }
}
