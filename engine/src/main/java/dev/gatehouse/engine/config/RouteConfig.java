package dev.gatehouse.engine.config;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A route as it holds: groups, service and defaults are put together. Where each of its values was written is told by
/// `RouteOrigins`, not here: `equals` says whether a reload changed the route, and a moved line is no change.
///
/// @param name as the user calls it; null when it was left out
/// @param path the whole pattern, groups included
/// @param methods empty for all
/// @param hosts empty for any
/// @param stripPrefix beginning of the path that the service is not sent
/// @param rewrite template of the path the service is sent
/// @param rewriteHost `service`, `pass`, or a host
/// @param upgrades protocols a client may upgrade its connection to, in lower case (`websocket`); never `h2c`
/// @param websocket bounds of its WebSockets; null when it has none, or `upgrades` lets them through unbounded
/// @param grpc null when it is no route of gRPC
/// @param fromServices how errors of services are told, where this differs from the file's
/// @param policies slot to what stands in it
public record RouteConfig(
        @Nullable String name,
        String path,
        List<String> methods,
        List<String> hosts,
        MatchConfig match,
        int priority,
        RouteTarget target,
        @Nullable String stripPrefix,
        @Nullable String rewrite,
        String rewriteHost,
        QueryEditsConfig query,
        List<String> upgrades,
        @Nullable WebSocketConfig websocket,
        @Nullable GrpcConfig grpc,
        List<EncodedCharacter> allowEncoded,
        ErrorsConfig.@Nullable FromServices fromServices,
        Map<String, PolicySetting> policies) {
    /// Its own host, as the service knows it.
    public static final String HOST_OF_SERVICE = "service";

    /// The host the client asked for.
    public static final String HOST_OF_CLIENT = "pass";

    private static final Pattern IN_SEGMENTS = Pattern.compile("\\{([^{}/]*)}");
    private static final Pattern IN_EXPRESSION = Pattern.compile("\\(\\?P?<([A-Za-z_][A-Za-z0-9_]*)>");

    public RouteConfig {
        methods = List.copyOf(methods);
        hosts = List.copyOf(hosts);
        upgrades = List.copyOf(upgrades);
        allowEncoded = List.copyOf(allowEncoded);
        policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
        if (upgrades.contains("h2c")) {
            throw new IllegalArgumentException("upgrades: h2c would carry requests past every rule of this gateway");
        }
    }

    /// Every request for this path, with nothing changed on its way.
    public static RouteConfig of(String path, RouteTarget target, List<String> upgrades) {
        return new RouteConfig(
                null,
                path,
                List.of(),
                List.of(),
                MatchConfig.ANY,
                0,
                target,
                null,
                null,
                HOST_OF_CLIENT,
                QueryEditsConfig.NONE,
                upgrades,
                null,
                null,
                List.of(),
                null,
                Map.of());
    }

    /// `GET POST /orders/{id}`, for people.
    public String label() {
        return label(methods, path);
    }

    public static String label(List<String> methods, String path) {
        return (methods.isEmpty() ? "ANY" : String.join(" ", methods)) + " " + path;
    }

    /// What a path pattern calls its parameters; `rest` is one when it has a `**`. For templates.
    public static Set<String> parameters(String pattern) {
        Set<String> names = new HashSet<>();
        boolean expression = pattern.startsWith("~");
        Matcher matcher = (expression ? IN_EXPRESSION : IN_SEGMENTS).matcher(pattern);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        if (!expression && pattern.contains("**")) {
            names.add("rest");
        }
        return names;
    }
}
