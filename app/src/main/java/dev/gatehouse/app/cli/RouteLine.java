package dev.gatehouse.app.cli;

import dev.gatehouse.engine.config.MatchConfig;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.RouteTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// One route as `gatehouse routes` shows it.
///
/// @param at where it is written: `gateway.yaml:85:9`
record RouteLine(RouteConfig route, String at) {
    static final List<String> HEADS = List.of("METHODS", "HOST", "PATH", "CONDITIONS", "TARGET", "NAME", "PLACE");

    private static final String NONE = "–";

    /// One under each of the heads.
    List<String> cells() {
        return List.of(
                methods(route),
                orNone(String.join(", ", route.hosts())),
                route.path(),
                orNone(String.join(", ", conditions())),
                target(route),
                route.name() == null ? NONE : route.name(),
                at);
    }

    /// `GET POST`, `ANY`, `gRPC`.
    static String methods(RouteConfig route) {
        if (route.grpc() != null) {
            return "gRPC";
        }
        return route.methods().isEmpty() ? "ANY" : String.join(" ", route.methods());
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }

    /// `priority 10`, `header X-Version: 2`, `client 10.0.0.0/8`.
    private List<String> conditions() {
        List<String> conditions = new ArrayList<>();
        if (route.priority() != 0) {
            conditions.add("priority " + route.priority());
        }
        MatchConfig match = route.match();
        match.headers().forEach((name, value) -> conditions.add("header " + name + ": " + value));
        match.query().forEach((name, value) -> conditions.add("query " + name + "=" + value));
        match.cookies().forEach((name, value) -> conditions.add("cookie " + name + "=" + value));
        if (!match.client().isEmpty()) {
            conditions.add("client " + String.join(" or ", match.client()));
        }
        return conditions;
    }

    /// `menu-service`, `v1 90, v2 10`, `respond 403`, `redirect 308 → /new`.
    static String target(RouteConfig route) {
        return switch (route.target()) {
            case RouteTarget.ToServices(List<RouteTarget.Share> shares)
            when shares.size() == 1 -> shares.getFirst().service();
            case RouteTarget.ToServices(List<RouteTarget.Share> shares) ->
                shares.stream()
                        .map(share -> share.service() + " " + share.weight())
                        .collect(Collectors.joining(", "));
            case RouteTarget.Respond(var answer) -> "respond " + answer.status();
            case RouteTarget.Redirect(var answer) -> "redirect " + answer.status() + " → " + answer.to();
        };
    }

    /// The same for scripts, every key always there: `methods hosts path grpc priority match target name at`.
    /// `grpc` is the method, `shop.Stock/*`, or null; `target` has one key, `services`, `respond` or `redirect`.
    Map<String, Object> fields() {
        MatchConfig match = route.match();
        Map<String, Object> conditions = new LinkedHashMap<>();
        conditions.put("headers", match.headers());
        conditions.put("query", match.query());
        conditions.put("cookies", match.cookies());
        conditions.put("client", match.client());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("methods", route.methods());
        fields.put("hosts", route.hosts());
        fields.put("path", route.path());
        fields.put("grpc", route.grpc() == null ? null : route.grpc().method());
        fields.put("priority", route.priority());
        fields.put("match", conditions);
        fields.put("target", targetFields());
        fields.put("name", route.name());
        fields.put("at", at);
        return fields;
    }

    private Map<String, Object> targetFields() {
        return switch (route.target()) {
            case RouteTarget.ToServices(List<RouteTarget.Share> shares) -> {
                Map<String, Object> weights = new LinkedHashMap<>();
                shares.forEach(share -> weights.put(share.service(), share.weight()));
                yield Map.of("services", weights);
            }
            case RouteTarget.Respond(var answer) -> Map.of("respond", Map.of("status", answer.status()));
            case RouteTarget.Redirect(var answer) -> {
                Map<String, Object> redirect = new LinkedHashMap<>();
                redirect.put("status", answer.status());
                redirect.put("to", answer.to());
                yield Map.of("redirect", redirect);
            }
        };
    }
}
