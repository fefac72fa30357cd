package dev.gatehouse.app.cli;

import dev.gatehouse.app.console.Ink;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.source.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a gateway says when it has started:
///
/// ```text
///   gatehouse 0.1.0  ·  Java 25.0.1  ·  pid 4711  ·  config: gateway.yaml (3 routes, 3 services)
///
///   LISTEN   http://localhost:8080    your API
///            http://localhost:9000    admin API    loopback only
///
///   ROUTES   METHOD  PATH                    →  SERVICE         WHO              LIMIT
///            GET     /menus/{restaurantId}      menu-service    anyone, partner  by-plan
///
///   READY in 412 ms   (config 38 · listeners 85 · JVM 289)
/// ```
///
/// @param config what runs, in words; null when no file says it
/// @param listeners where clients come in
/// @param admin where the admin API is; null without one
/// @param routes in the order of the file
/// @param allRoutes how to see them when they are too many for a banner: a command
/// @param sections that only some commands have, before the routes
/// @param after that follow READY
record Banner(
        String version,
        String java,
        long pid,
        @Nullable Config config,
        List<Listener> listeners,
        @Nullable Admin admin,
        List<RouteConfig> routes,
        String allRoutes,
        List<Section> sections,
        StartTimes times,
        List<Section> after) {
    private static final int ROUTES_SHOWN = 12;
    private static final String GAP = "  ";
    private static final String ARROW = "→  ";
    private static final String NONE = "–";

    /// @param name the file, or what stands for one
    /// @param contents `3 routes, 3 services`
    /// @param builtIn whether nobody wrote it: said in a warning's colour
    record Config(String name, String contents, boolean builtIn) {}

    /// @param what comes of it: `your API`
    record Listener(String url, String what) {}

    /// @param note who can reach it
    record Admin(String url, String note) {}

    /// A word in capitals, and the lines beside it.
    record Section(String label, List<String> lines) {
        Section {
            lines = List.copyOf(lines);
        }
    }

    Banner {
        listeners = List.copyOf(listeners);
        routes = List.copyOf(routes);
        sections = List.copyOf(sections);
        after = List.copyOf(after);
    }

    /// For people.
    List<String> lines(Ink ink) {
        List<String> out = new ArrayList<>();
        out.add(GAP + headline(ink));
        out.add("");
        add(out, ink, new Section("LISTEN", places(ink)));
        sections.forEach(section -> add(out, ink, section));
        if (!routes.isEmpty()) {
            out.add("");
            add(out, ink, new Section("ROUTES", routeLines(ink)));
        }
        out.add("");
        out.add(GAP + ink.green("READY") + " in " + times + (after.isEmpty() ? "   ·   Ctrl-C stops" : ""));
        if (!after.isEmpty()) {
            for (Section section : after) {
                if (section.lines.size() > 1) {
                    out.add("");
                }
                add(out, ink, section);
            }
        }
        return out;
    }

    /// For programs: one object on one line.
    String json(Instant now) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", now.toString());
        fields.put("event", "ready");
        fields.put("version", version);
        fields.put("java", java);
        fields.put("pid", pid);
        fields.put("config", config == null ? null : config.name);
        fields.put("listeners", listeners.stream().map(Listener::url).toList());
        fields.put("admin", admin == null ? null : admin.url);
        fields.put("routes", routes.size());
        fields.put("ready_ms", times.millis());
        fields.put("ms", times.parts());
        return Json.compact(fields);
    }

    private String headline(Ink ink) {
        String line = ink.bold("gatehouse " + version) + "  ·  Java " + java + "  ·  pid " + pid;
        if (config == null) {
            return line;
        }
        String name = config.builtIn ? ink.yellow(config.name) : config.name;
        return line + "  ·  config: " + name + " (" + config.contents + ")";
    }

    private List<String> places(Ink ink) {
        int width = listeners.stream()
                .mapToInt(listener -> listener.url.length())
                .max()
                .orElse(0);
        width = Math.max(width, admin == null ? 0 : admin.url.length());
        List<String> lines = new ArrayList<>();
        for (Listener listener : listeners) {
            lines.add(place(ink, listener.url, width, listener.what));
        }
        if (admin != null) {
            lines.add(place(ink, admin.url, width, "admin API") + GAP + ink.dim(admin.note));
        }
        return lines;
    }

    private static String place(Ink ink, String url, int width, String what) {
        return ink.cyan(url) + " ".repeat(width - url.length() + 2 * GAP.length()) + what;
    }

    private List<String> routeLines(Ink ink) {
        List<String> heads = new ArrayList<>(List.of("METHOD", "PATH", ARROW + "SERVICE"));
        boolean who = routes.stream().anyMatch(route -> RouteAccess.who(route) != null);
        boolean limited = routes.stream().anyMatch(route -> RouteAccess.limit(route) != null);
        if (who) {
            heads.add("WHO");
        }
        if (limited) {
            heads.add("LIMIT");
        }
        TextTable table = new TextTable(heads, Collections.nCopies(heads.size(), false));
        for (RouteConfig route : routes.subList(0, Math.min(ROUTES_SHOWN, routes.size()))) {
            List<String> cells = new ArrayList<>(List.of(
                    RouteLine.methods(route),
                    host(route) + route.path(),
                    " ".repeat(ARROW.length()) + RouteLine.target(route)));
            if (who) {
                cells.add(Objects.requireNonNullElse(RouteAccess.who(route), RouteAccess.ANYONE));
            }
            if (limited) {
                cells.add(Objects.requireNonNullElse(RouteAccess.limit(route), NONE));
            }
            table.row(cells.toArray(String[]::new));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.set(0, ink.dim(lines.getFirst()));
        if (routes.size() > ROUTES_SHOWN) {
            lines.add("and " + (routes.size() - ROUTES_SHOWN) + " more: " + allRoutes);
        }
        return lines;
    }

    private static String host(RouteConfig route) {
        return switch (route.hosts().size()) {
            case 0 -> "";
            case 1 -> route.hosts().getFirst();
            default -> route.hosts().getFirst() + ",…";
        };
    }

    private static void add(List<String> out, Ink ink, Section section) {
        String label = GAP + ink.bold(section.label) + " ".repeat(Math.max(1, 9 - section.label.length()));
        for (String line : section.lines) {
            out.add((label + line).stripTrailing());
            label = " ".repeat(11);
        }
    }
}
