package dev.gatehouse.app.reload;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.RouteConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// What differs between two configurations, in the words of the console: `~2 routes, +1 service`.
final class ConfigChanges {
    private ConfigChanges() {}

    /// Empty when nothing does.
    static String between(GatewayConfig before, GatewayConfig after) {
        return between(before, after, Map.of(), Map.of());
    }

    /// The same.
    ///
    /// @param pluginsBefore what tells the content of each plug-in, by name
    static String between(
            GatewayConfig before,
            GatewayConfig after,
            Map<String, String> pluginsBefore,
            Map<String, String> pluginsAfter) {
        List<String> words = new ArrayList<>();
        count(words, "plug-in", pluginsBefore, pluginsAfter);
        count(words, "listener", before.listeners(), after.listeners());
        count(words, "service", before.services(), after.services());
        count(words, "route", byLabel(before.routes()), byLabel(after.routes()));
        Map<String, Object> rest = rest(before);
        Map<String, Object> restAfter = rest(after);
        Set<String> names = new TreeSet<>(rest.keySet());
        names.addAll(restAfter.keySet());
        for (String name : names) {
            if (!Objects.equals(rest.get(name), restAfter.get(name))) {
                words.add("~" + name);
            }
        }
        return String.join(", ", words);
    }

    private static Map<String, Object> rest(GatewayConfig config) {
        Map<String, Object> rest = new HashMap<>(config.sections());
        rest.put("name", config.name());
        rest.put("admin", config.admin());
        rest.put("runtime", config.runtime());
        rest.put("errors", config.errors());
        return rest;
    }

    /// Two routes may have the same label and differ in their conditions; the order of the file does not count.
    private static Map<String, List<RouteConfig>> byLabel(List<RouteConfig> routes) {
        Map<String, List<RouteConfig>> byLabel = new HashMap<>();
        for (RouteConfig route : routes) {
            byLabel.computeIfAbsent(route.hosts() + " " + route.label(), label -> new ArrayList<>())
                    .add(route);
        }
        return byLabel;
    }

    private static <T> void count(List<String> words, String kind, Map<String, T> before, Map<String, T> after) {
        int added = 0;
        int changed = 0;
        for (Map.Entry<String, T> entry : after.entrySet()) {
            T old = before.get(entry.getKey());
            if (old == null) {
                added++;
            } else if (!old.equals(entry.getValue())) {
                changed++;
            }
        }
        int removed = 0;
        for (String name : before.keySet()) {
            removed += after.containsKey(name) ? 0 : 1;
        }
        say(words, "+", added, kind);
        say(words, "~", changed, kind);
        say(words, "-", removed, kind);
    }

    private static void say(List<String> words, String sign, int count, String kind) {
        if (count > 0) {
            words.add(sign + count + " " + kind + (count == 1 ? "" : "s"));
        }
    }
}
