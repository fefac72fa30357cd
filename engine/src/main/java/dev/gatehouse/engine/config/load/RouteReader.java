package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.GrpcConfig;
import dev.gatehouse.engine.config.PolicySetting;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.RouteErrorsConfig;
import dev.gatehouse.engine.config.RouteSection;
import dev.gatehouse.engine.config.RouteTarget;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.config.decode.Decoder;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.decode.RecordShape;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Routes and groups of the file into flat routes, each with all its layers: defaults < service < group < route.
final class RouteReader {
    private static final List<String> TARGETS = List.of("service", "respond", "redirect");

    /// What a route does not get from its group.
    private static final List<String> OWN = List.of("name", "group", "routes");

    private static final String WEBSOCKET = "websocket";

    /// The methods of a route of gRPC.
    private static final List<String> POST = List.of("POST");

    private final Decoder decoder;
    private final Diagnostics diagnostics;
    private final ServiceReader services;
    private final PolicyReader policies;
    private final GrpcRoutes grpc;
    private final List<String> slots;
    private final Layers defaults;
    private final List<RouteConfig> routes = new ArrayList<>();
    private final List<RouteOrigins> origins = new ArrayList<>();
    private final Map<String, Node> names = new HashMap<>();

    /// @param slots keys of a route that are not its own, but those of a policy
    /// @param defaults its slots hold for all routes; its timeout comes with the services
    RouteReader(
            Decoder decoder,
            Diagnostics diagnostics,
            ServiceReader services,
            PolicyReader policies,
            List<String> slots,
            Layers defaults) {
        this.decoder = decoder;
        this.diagnostics = diagnostics;
        this.services = services;
        this.policies = policies;
        this.grpc = new GrpcRoutes(diagnostics);
        this.slots = slots;
        this.defaults = defaults;
    }

    List<RouteConfig> routes() {
        return routes;
    }

    List<RouteOrigins> origins() {
        return origins;
    }

    void read(Node.Sequence section) {
        Layers slotsOnly = defaults.withoutTimeout();
        readAll(section, NodePath.ROOT.key("routes"), "", slotsOnly);
    }

    private void readAll(Node.Sequence section, NodePath path, String prefix, Layers above) {
        for (int i = 0; i < section.items().size(); i++) {
            NodePath at = path.index(i);
            if (!(section.items().get(i) instanceof Node.Mapping mapping)) {
                Node item = section.items().get(i);
                diagnostics.add(Diagnostic.error(
                                Code.GH1302, item.span(), "a route is a map of keys and values, not " + item.noun())
                        .path(at.toString())
                        .help("such as   - { path: /users/**, service: users }"));
            } else if (mapping.entry("routes") != null || mapping.entry("group") != null) {
                readGroup(mapping, at, prefix, above);
            } else {
                readRoute(mapping, at, prefix, above);
            }
        }
    }

    private void readGroup(Node.Mapping group, NodePath path, String prefix, Layers above) {
        String name = group.text("group");
        NodePath called = path.called(name == null ? "a group" : "group '" + name + "'");
        List<Node.Entry> own = new ArrayList<>(group.entries());
        own.removeIf(entry -> entry.name().equals("routes"));
        grpc.checkGroup(group, path);
        decoder.section(new Node.Mapping(group.span(), own), RouteSection.class, called, slots);
        if (!(group.get("routes") instanceof Node.Sequence inner)
                || inner.items().isEmpty()) {
            diagnostics.add(Diagnostic.error(Code.GH1005, group.span(), called.phrase() + " needs 'routes'")
                    .path(path.key("routes").toString())
                    .label("a list of routes is missing"));
            return;
        }
        String written = group.text("path");
        String joined = prefix;
        if (written != null) {
            Node at = group.get("path");
            if (written.startsWith("~") || written.contains("**")) {
                diagnostics.add(Diagnostic.error(
                                Code.GH1602, (at == null ? group : at).span(), "the path of a group is a beginning")
                        .path(path.key("path").toString())
                        .label(written.startsWith("~") ? "an expression has none" : "leave '**' to its routes"));
                return;
            }
            joined = prefix + withoutSlash(written);
        }
        readAll(
                inner,
                path.key("routes"),
                joined,
                above.with(group, Layer.GROUP).without(OWN).without(List.of("path", GrpcRoutes.GRPC)));
    }

    private void readRoute(Node.Mapping route, NodePath path, String prefix, Layers above) {
        Layers inherited =
                TARGETS.stream().anyMatch(target -> route.entry(target) != null) ? above.without(TARGETS) : above;
        Layers layers = inherited.with(route, Layer.ROUTE);
        grpc.check(route, prefix, path);
        String grpcPath = GrpcRoutes.path(route);
        String pattern = grpcPath == null ? pattern(route, path, prefix) : grpcPath;
        if (pattern == null) {
            return;
        }
        if (grpcPath != null || !prefix.isEmpty() || route.entry("path") != null) {
            layers = layers.replace(pathEntry(route, pattern), Layer.ROUTE);
        }
        List<String> methods = grpcPath == null ? methods(layers) : POST;
        String label = "route '" + RouteConfig.label(methods, pattern) + "'";
        NodePath called = path.called(label);
        RouteSection section = decoder.section(ownKeys(layers, route), RouteSection.class, called, slots);
        Map<String, PolicySetting> settings = settings(layers, called, label);
        if (section == null || !hasOneTarget(section, route, called, label)) {
            return;
        }
        checkName(section, layers, called);
        TemplateCheck.check(section, layers, called, diagnostics);
        RouteTarget target = target(section, layers, route, called, label);
        if (target != null) {
            warnOfOpenDoor(target, layers, route, called, label);
            routes.add(config(section, grpcPath == null ? null : section.grpc(), target, settings));
            origins.add(new RouteOrigins(
                    path.toString(),
                    route.span(),
                    withTimeout(layers, target).origins(this::isKnown),
                    written(layers, settings.keySet())));
        }
    }

    /// Where a file knows who calls, a route that asks nobody was forgotten, or is to say that it asks nobody.
    private void warnOfOpenDoor(RouteTarget target, Layers layers, Node.Mapping route, NodePath path, String label) {
        boolean open = target instanceof RouteTarget.ToServices && layers.entry(SecurityReader.AUTH) == null;
        if (open && policies.knows(SecurityReader.NAMES)) {
            diagnostics.add(Diagnostic.warning(Code.GH2101, route.span(), label + " is open to everybody")
                    .path(path.key(SecurityReader.AUTH).toString())
                    .label("it has no 'auth', and neither has what stands above it")
                    .help("say who may use it with 'auth', or that everybody may with 'auth: none'"));
        }
    }

    private @Nullable String pattern(Node.Mapping route, NodePath path, String prefix) {
        String written = route.text("path");
        if (written == null || prefix.isEmpty()) {
            return prefix + (written == null ? "/**" : written);
        }
        if (written.startsWith("~")) {
            Node at = route.get("path");
            diagnostics.add(Diagnostic.error(
                            Code.GH1602,
                            (at == null ? route : at).span(),
                            "a group's path cannot stand before an expression")
                    .path(path.key("path").toString())
                    .label("the group adds '" + prefix + "' here")
                    .help("move the route out of the group"));
            return null;
        }
        return prefix + (written.startsWith("/") ? written : "/" + written);
    }

    private static Node.Entry pathEntry(Node.Mapping route, String pattern) {
        Node.Entry own = route.entry("path");
        Span key = own == null ? route.span() : own.key().span();
        Span value = own == null ? route.span() : own.value().span();
        return new Node.Entry(
                new Node.Scalar(key, "path", Node.Kind.TEXT, true),
                own != null && !(own.value() instanceof Node.Scalar)
                        ? own.value()
                        : new Node.Scalar(value, pattern, Node.Kind.TEXT, true));
    }

    /// What is left for slots is decoded by their factories.
    private Node.Mapping ownKeys(Layers layers, Node.Mapping route) {
        return layers.without(slots).mapping(route.span());
    }

    private static List<String> methods(Layers layers) {
        Node.Entry entry = layers.entry("methods");
        if (entry == null || !(entry.value() instanceof Node.Sequence methods)) {
            return List.of();
        }
        return methods.items().stream()
                .filter(Node.Scalar.class::isInstance)
                .map(item -> ((Node.Scalar) item).text())
                .toList();
    }

    private Map<String, PolicySetting> settings(Layers layers, NodePath path, String label) {
        Map<String, PolicySetting> settings = new LinkedHashMap<>();
        for (String slot : slots) {
            Node.Entry entry = layers.entry(slot);
            if (entry != null) {
                PolicySetting setting = policies.setting(slot, entry.value(), path.key(slot), label);
                if (setting != null) {
                    settings.put(slot, setting);
                }
            }
        }
        return settings;
    }

    /// What was written for these slots.
    private Map<String, Node> written(Layers layers, Set<String> filled) {
        Map<String, Node> written = new HashMap<>();
        for (String slot : filled) {
            Node value = layers.value(slot);
            if (value != null) {
                written.put(slot, policies.meant(slot, value));
            }
        }
        return written;
    }

    private boolean hasOneTarget(RouteSection section, Node.Mapping route, NodePath path, String label) {
        int targets = (section.service() == null ? 0 : 1)
                + (section.respond() == null ? 0 : 1)
                + (section.redirect() == null ? 0 : 1);
        if (targets == 1) {
            return true;
        }
        diagnostics.add(Diagnostic.error(
                        Code.GH1601,
                        route.span(),
                        label + (targets == 0 ? " has nothing that answers" : " has more than one thing that answers"))
                .path(path.toString())
                .label("a route has one of 'service', 'respond' and 'redirect'"));
        return false;
    }

    private void checkName(RouteSection section, Layers layers, NodePath path) {
        Node.Entry entry = layers.entry("name");
        if (section.name() == null || entry == null) {
            return;
        }
        Node before = names.putIfAbsent(section.name(), entry.value());
        if (before != null) {
            diagnostics.add(Diagnostic.error(
                            Code.GH1006, entry.value().span(), "two routes are called '" + section.name() + "'")
                    .path(path.key("name").toString())
                    .label("again")
                    .also(before.span(), "first"));
        }
    }

    private @Nullable RouteTarget target(
            RouteSection section, Layers layers, Node.Mapping route, NodePath path, String label) {
        if (section.respond() != null) {
            return new RouteTarget.Respond(section.respond());
        }
        if (section.redirect() != null) {
            return new RouteTarget.Redirect(section.redirect());
        }
        Node.Entry entry = layers.entry("service");
        if (section.service() == null || entry == null) {
            return null;
        }
        List<RouteTarget.Share> shares = new ArrayList<>();
        for (var share : section.service().weights().entrySet()) {
            NodePath at = path.key("service");
            String service = services.resolve(share.getKey(), placeOf(entry.value(), share.getKey()), at, label);
            TimeoutConfig timeout = service == null ? null : timeout(service, layers, route, path);
            ServiceConfig config = service == null ? null : services.services().get(service);
            if (GrpcRoutes.path(route) != null && config != null) {
                grpc.checkService(route, share.getKey(), config, path);
            }
            if (service != null && timeout != null) {
                shares.add(new RouteTarget.Share(service, share.getValue(), timeout));
            }
        }
        return shares.size() == section.service().weights().size() ? new RouteTarget.ToServices(shares) : null;
    }

    private static Node placeOf(Node choice, String name) {
        Node.Entry share = choice instanceof Node.Mapping mapping ? mapping.entry(name) : null;
        return share == null ? choice : share.key();
    }

    private @Nullable TimeoutConfig timeout(String service, Layers layers, Node.Mapping route, NodePath path) {
        if (!layers.hasTimeout()) {
            return services.timeout(service);
        }
        return decoder.section(
                layers.over(services.layers(service)).timeout(route.span()),
                TimeoutConfig.class,
                path.key(Layers.TIMEOUT),
                List.of());
    }

    private boolean isKnown(String key) {
        return slots.contains(key) || RecordShape.of(RouteSection.class).has(key);
    }

    private Layers withTimeout(Layers layers, RouteTarget target) {
        return target instanceof RouteTarget.ToServices(List<RouteTarget.Share> shares) && shares.size() == 1
                ? layers.over(services.layers(shares.getFirst().service()))
                : layers;
    }

    private static RouteConfig config(
            RouteSection section, @Nullable GrpcConfig grpc, RouteTarget target, Map<String, PolicySetting> settings) {
        RouteErrorsConfig errors = section.errors();
        List<String> upgrades = new ArrayList<>(section.upgrades());
        if (section.websocket() != null && !upgrades.contains(WEBSOCKET)) {
            upgrades.add(WEBSOCKET);
        }
        return new RouteConfig(
                section.name(),
                section.path(),
                grpc == null ? section.methods() : POST,
                section.hosts(),
                section.match(),
                section.priority(),
                target,
                section.stripPrefix(),
                section.rewrite(),
                section.rewriteHost(),
                section.query(),
                upgrades,
                section.websocket(),
                grpc,
                section.allowEncoded(),
                errors == null ? null : errors.fromServices(),
                settings);
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
