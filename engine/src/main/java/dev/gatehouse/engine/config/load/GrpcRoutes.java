package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The `grpc` of a route: it is path and method in one word, so nothing else may say them.
final class GrpcRoutes {
    static final String GRPC = "grpc";

    private static final String METHOD = "method";
    private static final String FIELDS = "fields";

    private static final Map<String, String> EXCLUDED = Map.of(
            "path", "the path is /package.Service/Method",
            "methods", "every call is a POST",
            "upgrades", "a call of gRPC upgrades to nothing",
            "websocket", "a call of gRPC is no WebSocket");

    private final Diagnostics diagnostics;

    GrpcRoutes(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /// The path of a route of gRPC, as far as it can be read; null for any other. A route with `fields`, which a
    /// later version knows, is not for calls of gRPC but makes some of requests for its own path.
    static @Nullable String path(Node.Mapping route) {
        if (makesCalls(route)) {
            return null;
        }
        Node method = route.get(GRPC) instanceof Node.Mapping grpc ? grpc.get(METHOD) : route.get(GRPC);
        return method instanceof Node.Scalar scalar ? "/" + scalar.text() : null;
    }

    private static boolean makesCalls(Node.Mapping route) {
        return route.get(GRPC) instanceof Node.Mapping grpc && grpc.entry(FIELDS) != null;
    }

    /// Reports what stands in the way of a route's `grpc`.
    ///
    /// @param prefix the paths of its groups, put together
    void check(Node.Mapping route, String prefix, NodePath path) {
        Node.Entry grpc = route.entry(GRPC);
        if (grpc == null || makesCalls(route)) {
            return;
        }
        for (Node.Entry entry : route.entries()) {
            String why = EXCLUDED.get(entry.name());
            if (why != null) {
                diagnostics.add(Diagnostic.error(
                                Code.GH1602, entry.key().span(), "'" + entry.name() + "' and 'grpc' exclude each other")
                        .path(path.key(entry.name()).toString())
                        .label(why)
                        .also(grpc.key().span(), "grpc"));
            }
        }
        if (!prefix.isEmpty()) {
            diagnostics.add(Diagnostic.error(
                            Code.GH1602, grpc.key().span(), "a route of gRPC cannot stand in a group with a path")
                    .path(path.key(GRPC).toString())
                    .label("its group adds '" + prefix + "', which no client of gRPC would ask for")
                    .help("move the route out of the group, or the path to the other routes"));
        }
    }

    /// Warns of a service that cannot answer calls of gRPC.
    ///
    /// @param name as the route calls it
    void checkService(Node.Mapping route, String name, ServiceConfig service, NodePath path) {
        if (!service.mayBeHttp2()) {
            Node.Entry at = route.entry("service");
            diagnostics.add(Diagnostic.warning(
                            Code.GH2210,
                            at == null ? route.span() : at.value().span(),
                            "a route of gRPC to service '" + name + "', with which HTTP/1.1 is spoken")
                    .path(path.key("service").toString())
                    .label("calls of gRPC need HTTP/2")
                    .help("write 'protocol: grpc' on the service"));
        }
    }

    /// Reports the `grpc` of a group: it would be that of each of its routes.
    void checkGroup(Node.Mapping group, NodePath path) {
        Node.Entry grpc = group.entry(GRPC);
        if (grpc != null) {
            diagnostics.add(Diagnostic.error(Code.GH1602, grpc.key().span(), "'grpc' says what one route is for")
                    .path(path.key(GRPC).toString())
                    .label("all routes of the group would be for the same calls")
                    .help("write it on the routes"));
        }
    }
}
