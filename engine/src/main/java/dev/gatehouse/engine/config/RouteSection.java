package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A route, or a group of routes, as it is written in the file. What holds after `defaults`, service and groups is a
/// [RouteConfig]. Slots of policies stand beside these keys.
@Settings(
        name = "route",
        value = "What clients see: which requests, and what answers them. With routes of its own, a group."
                + " Policies stand beside these keys.")
public record RouteSection(
        @Setting(
                value =
                        "/users, /users/{id}, /files/*.png, /admin/** or ~ and an expression. In a group, the beginning of"
                                + " the paths of its routes.",
                byDefault = "/**")
        String path,

        @Setting(value = "GET, POST and so on; none is all. GET answers HEAD too.", byDefault = "none")
        List<String> methods,

        @Setting(value = "api.example.com or *.example.com; none is any.", byDefault = "none")
        List<String> hosts,

        @Setting("What a request must have beyond that.") MatchConfig match,

        @Setting(value = "The higher is tried first, before everything else.", byDefault = "0")
        int priority,

        @Setting("A name for messages, metrics and logs; left out, methods and path.") @Nullable
        String name,

        @Setting("Where requests go: a service, a URL, or shares of several: { v1: 90, v2: 10 }.") @Nullable
        ServiceChoice service,

        @Setting("Answers without a service.") @Nullable RespondConfig respond,

        @Setting("Sends the client elsewhere.") @Nullable RedirectConfig redirect,

        @Setting("Beginning of the path that the service is not sent.") @Nullable
        String stripPrefix,

        @Setting("Path the service is sent: a template of the path's parameters, such as /v2/{id}/{rest}.") @Nullable
        String rewrite,

        @Setting(
                value =
                        "Host the service is sent: pass is the client's, service its own, anything else that name itself.",
                byDefault = "pass")
        String rewriteHost,

        @Setting("Changes the query the service is sent.") QueryEditsConfig query,

        @Setting("How long the service may take; laid over the service's and that of defaults, field by field.")
        TimeoutConfig timeout,

        @Setting(value = "Protocols a client may upgrade its connection to, such as websocket.", byDefault = "none")
        List<String> upgrades,

        @Setting("Lets clients open WebSockets here, and bounds them; the same as upgrades: [websocket] with limits.")
        @Nullable
        WebSocketConfig websocket,

        @Setting("Makes this a route of gRPC: shop.Stock/GetLevel; in place of path.") @Nullable
        GrpcConfig grpc,

        @Setting(
                value =
                        "Escapes in the path that are not answered 400 here: slash is %2f, backslash is %5c. The service gets"
                                + " them as they are.",
                byDefault = "none")
        List<EncodedCharacter> allowEncoded,

        @Setting("What this route says differently about errors.") @Nullable
        RouteErrorsConfig errors,

        @Setting("Makes this a group, and names it: its keys hold for all its routes.") @Nullable
        String group,

        @Setting("The routes of a group.") List<RouteSection> routes) {
    /// RFC 9110 §9.1: a token; longer ones are refused on every route.
    private static final Pattern METHOD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,32}");

    public RouteSection {
        if (upgrades.contains("h2c")) {
            throw new IllegalArgumentException("upgrades: h2c would carry requests past every rule of this gateway");
        }
        for (String method : methods) {
            if (!METHOD.matcher(method).matches()) {
                throw new IllegalArgumentException("methods: '" + method + "' is not a method");
            }
        }
        if (stripPrefix != null && !stripPrefix.startsWith("/")) {
            throw new IllegalArgumentException("strip_prefix: '" + stripPrefix + "' (expected: a path like /v1)");
        }
        if (rewrite != null && !rewrite.startsWith("/")) {
            throw new IllegalArgumentException("rewrite: '" + rewrite + "' (expected: a path like /v2/{id})");
        }
    }
}
