package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.ConsumerConfig;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.decode.Decoder;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What `consumers` and `plans` say of each other, and of routes: names that are defined, keys that are somebody's
/// only.
final class ConsumerCheck {
    private static final int SHOWN = 8;

    private final Decoder decoder;
    private final Diagnostics diagnostics;
    private final Map<String, Node.Entry> plans;
    private final Map<String, Node.Entry> consumers;
    private final Set<String> used = new HashSet<>();

    /// By id and by hash, where a key was met first.
    private final Map<String, Node.Scalar> ids = new HashMap<>();

    private final Map<String, Node.Scalar> hashes = new HashMap<>();

    /// @param document whose sections were decoded: what is no map or no text was reported then
    ConsumerCheck(Node.Mapping document, Decoder decoder, Diagnostics diagnostics) {
        this.decoder = decoder;
        this.diagnostics = diagnostics;
        this.plans = entries(document, "plans");
        this.consumers = entries(document, "consumers");
    }

    private static Map<String, Node.Entry> entries(Node.Mapping document, String section) {
        Map<String, Node.Entry> entries = new LinkedHashMap<>();
        if (document.get(section) instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                if (!entry.name().startsWith("x-")) {
                    entries.put(entry.name(), entry);
                }
            }
        }
        return entries;
    }

    void consumers() {
        NodePath path = NodePath.ROOT.key("consumers");
        consumers.forEach((name, entry) -> {
            if (!ConsumerConfig.NAME.matcher(name).matches()) {
                diagnostics.add(Diagnostic.error(
                                Code.GH1305,
                                entry.key().span(),
                                "'" + name + "' is no name of a consumer: it begins with a letter or a digit, and has"
                                        + " up to 128 letters, digits, . _ @ + and -")
                        .path(path.key(name).toString()));
            }
            if (entry.value() instanceof Node.Mapping consumer) {
                plan(name, consumer, path.key(name).key("plan"));
                keys(consumer, path.key(name).key("keys"));
            }
        });
    }

    private void plan(String consumer, Node.Mapping settings, NodePath path) {
        Node.Scalar at = scalar(settings, "plan");
        String plan = at == null ? null : decoder.text(at, path);
        if (at == null || plan == null || used.contains(plan)) {
            return;
        }
        if (plans.containsKey(plan)) {
            used.add(plan);
            return;
        }
        diagnostics.add(Diagnostic.error(
                        Code.GH1101,
                        at.span(),
                        "consumer '" + consumer + "' has plan '" + plan + "', which is not defined")
                .path(path.toString())
                .label(defined(plan)));
    }

    private String defined(String plan) {
        if (plans.isEmpty()) {
            return "no plan is defined";
        }
        String shown = plans.values().stream()
                .limit(SHOWN)
                .map(entry -> entry.name() + " (" + entry.key().span().file() + ":"
                        + entry.key().span().line() + ")")
                .collect(Collectors.joining(", "));
        String question = Suggestions.question(Suggestions.nearest(plan, plans.keySet()));
        return "defined plans: " + shown + (plans.size() > SHOWN ? ", …" : "")
                + (question.isEmpty() ? "" : ". " + question);
    }

    private void keys(Node.Mapping consumer, NodePath path) {
        if (!(consumer.get("keys") instanceof Node.Sequence keys)) {
            return;
        }
        for (int i = 0; i < keys.items().size(); i++) {
            if (keys.items().get(i) instanceof Node.Mapping key) {
                once(scalar(key, "id"), path.index(i).key("id"), ids, "");
                once(scalar(key, "sha256"), path.index(i).key("sha256"), hashes, "the same key, by its sha256,");
            }
        }
    }

    /// @param called what is given twice, when that is not told by its text
    private void once(Node.@Nullable Scalar at, NodePath path, Map<String, Node.Scalar> known, String called) {
        String written = at == null ? null : decoder.text(at, path);
        if (at == null || written == null) {
            return;
        }
        boolean isId = called.isEmpty();
        Node.Scalar first = known.putIfAbsent(isId ? written : written.toLowerCase(Locale.ROOT), at);
        if (first != null) {
            diagnostics.add(Diagnostic.error(
                            Code.GH1006,
                            at.span(),
                            isId ? "a key called '" + written + "' is given twice" : called + " is given twice")
                    .path(path.toString())
                    .label("again")
                    .also(first.span(), "first")
                    .help(isId ? "rename one of the two" : "make a key of its own for each consumer"));
        }
    }

    private static Node.@Nullable Scalar scalar(Node.Mapping settings, String key) {
        return settings.get(key) instanceof Node.Scalar scalar && !scalar.isNothing() ? scalar : null;
    }

    /// The routes that plans name.
    ///
    /// @param routes all there are
    void routes(Collection<RouteConfig> routes) {
        Set<String> known = new LinkedHashSet<>();
        for (RouteConfig route : routes) {
            String name = route.name();
            known.add(name == null ? route.label() : name);
        }
        plans.forEach((name, entry) -> {
            if (entry.value() instanceof Node.Mapping plan && plan.get("routes") instanceof Node.Mapping named) {
                named.entries().forEach(route -> route(name, route, known));
            }
        });
    }

    private void route(String plan, Node.Entry route, Set<String> known) {
        if (known.contains(route.name()) || route.name().startsWith("x-")) {
            return;
        }
        List<String> nearest = Suggestions.nearest(route.name(), known);
        diagnostics.add(Diagnostic.error(
                        Code.GH1101,
                        route.key().span(),
                        "plan '" + plan + "' has a limit for route '" + route.name() + "', which is not defined")
                .path("plans." + plan + ".routes." + route.name())
                .label(
                        nearest.isEmpty()
                                ? "a route is called by its name, or by its methods and path: GET /menus/{id}"
                                : Suggestions.question(nearest)));
    }

    /// A plan nobody has is left over. Only for files without a store: consumers of a store may have it, and
    /// nobody can tell from the file. Without one, those made at run time end with the process, which is no reason
    /// for a plan.
    void warnOfUnused() {
        plans.forEach((name, entry) -> {
            if (!used.contains(name)) {
                diagnostics.add(Diagnostic.warning(
                                Code.GH2102, entry.key().span(), "plan '" + name + "' is defined but never used")
                        .path("plans." + name)
                        .label("no consumer in the file has it, and no store has others"));
            }
        });
    }
}
