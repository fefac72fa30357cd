package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.expression.ExpressionException;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.load.Origin;
import dev.gatehouse.engine.config.load.RouteOrigins;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.Span;
import dev.gatehouse.engine.routing.RouteProblem;
import dev.gatehouse.engine.routing.SampleRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells what is wrong with routes, which shows only when all of them are compiled, at the places where they were
/// written.
///
/// ```text
/// error[GH1201] two routes match the same requests and neither is more specific
///   ┌ gateway.yaml:129:5   GET /users/{userId}
///   ┌ gateway.yaml:171:5   GET /users/{name}
///   = example: GET /users/42
/// help: remove one, or set 'priority: 10' on the one that should win, or …
/// ```
public final class RouteDiagnostics {
    /// Of the routes that answer instead of one.
    private static final int OTHERS_SHOWN = 3;

    private final Loaded loaded;
    private final GatewayConfig config;

    /// @param loaded without errors
    public RouteDiagnostics(Loaded loaded) {
        GatewayConfig config = loaded.config();
        if (config == null) {
            throw new IllegalArgumentException("a configuration with errors has no routes");
        }
        this.loaded = loaded;
        this.config = config;
    }

    public List<Diagnostic> of(List<RouteProblem> problems) {
        return problems.stream().map(this::of).toList();
    }

    public List<Diagnostic> of(RoutesRefused refused) {
        // What several routes share is refused once for each of them: nobody has to read that twice.
        Set<String> told = new HashSet<>();
        return refused.reasons().stream()
                .map(this::of)
                .filter(one -> told.add(one.code() + " " + one.path() + " " + one.span() + " " + one.label()))
                .toList();
    }

    private Diagnostic of(RouteProblem problem) {
        return switch (problem) {
            case RouteProblem.Tie tie -> tie(tie);
            case RouteProblem.Shadowed shadowed -> shadowed(shadowed);
            case RouteProblem.RegexNeedsPriority both -> needsPriority(both);
            case RouteProblem.BadPattern bad -> badPattern(bad);
        };
    }

    private Diagnostic tie(RouteProblem.Tie tie) {
        return two(tie, tie.first(), tie.second(), Code.GH1201)
                .why(example(tie.example()))
                .help("remove one, or set 'priority: 10' on the one that should win, or tell them apart with 'hosts',"
                        + " 'methods' or 'match'")
                .build();
    }

    private Diagnostic needsPriority(RouteProblem.RegexNeedsPriority both) {
        Diagnostic.Builder diagnostic = two(both, both.first(), both.second(), Code.GH1204);
        SampleRequest example = both.example();
        if (example != null) {
            diagnostic.why(example(example));
        }
        return diagnostic
                .help("set 'priority: 10' on the one that should be tried first, or tell them apart with 'hosts',"
                        + " 'methods' or 'match'")
                .build();
    }

    private Diagnostic.Builder two(RouteProblem problem, int first, int second, Code code) {
        return Diagnostic.error(code, origins(first).span(), problem.sentence())
                .path(origins(first).path())
                .label(label(first))
                .also(origins(second).span(), label(second));
    }

    private Diagnostic shadowed(RouteProblem.Shadowed shadowed) {
        RouteOrigins origins = origins(shadowed.route());
        boolean alone = shadowed.by().size() == 1;
        Diagnostic.Builder diagnostic = Diagnostic.warning(
                        Code.GH1202,
                        origins.span(),
                        alone ? shadowed.sentence() : "no request reaches this route: others answer first")
                .path(origins.path())
                .label(label(shadowed.route()));
        for (int other : shadowed.by().stream().limit(OTHERS_SHOWN).toList()) {
            diagnostic.also(origins(other).span(), label(other) + " answers instead");
        }
        SampleRequest example = shadowed.example();
        if (example != null) {
            diagnostic.why(example(example));
        }
        return diagnostic
                .help("remove it, or give it a higher 'priority' than the " + (alone ? "other one has" : "others have"))
                .build();
    }

    private Diagnostic badPattern(RouteProblem.BadPattern bad) {
        RouteOrigins origins = origins(bad.route());
        return Diagnostic.error(
                        Code.GH1203,
                        WrittenPattern.place(bad, loaded, origins),
                        "'" + bad.place() + "' of route '" + label(bad.route()) + "' cannot be read")
                .path(origins.path() + "." + bad.place())
                .label(shown(bad.sentence()))
                .build();
    }

    private Diagnostic of(RoutesRefused.Reason reason) {
        RouteOrigins origins = origins(reason.route());
        Node settings = origins.policies().get(reason.key());
        ExpressionException condition = reason.condition();
        if (condition != null) {
            return condition(condition, settings, origins.path() + "." + reason.key());
        }
        Diagnostic ofFile = ofFile(reason.sentence());
        if (ofFile != null) {
            return ofFile;
        }
        Span written = settings == null ? written(reason.key(), origins) : keyOf(reason.sentence(), settings);
        return Diagnostic.error(
                        Code.GH1205,
                        written == null ? origins.span() : written,
                        "route '" + label(reason.route()) + "' cannot be made")
                .path(origins.path() + "." + reason.key())
                .label(shown(reason.sentence()))
                .build();
    }

    /// A condition, found by what was written: in the slot, or in the setting of the whole file that holds it.
    private Diagnostic condition(ExpressionException mistake, @Nullable Node settings, String path) {
        boolean ofFile = !mistake.setting().isEmpty();
        Node holder = ofFile ? loaded.node(mistake.setting()) : settings;
        Node.Scalar written = holder == null ? null : scalar(holder, mistake.expression());
        Node nearest = written == null ? holder : written;
        Span whole = nearest == null ? loaded.document().span() : nearest.span();
        return Diagnostic.error(
                        Code.GH1306,
                        whole.within(mistake.expression(), mistake.offset(), mistake.length()),
                        "this condition makes no sense")
                .path(ofFile ? mistake.setting() : path)
                .label(shown(String.valueOf(mistake.getMessage())))
                .build();
    }

    private static Node.@Nullable Scalar scalar(Node within, String text) {
        return switch (within) {
            case Node.Scalar scalar -> scalar.text().equals(text) ? scalar : null;
            case Node.Sequence sequence -> first(sequence.items(), text);
            case Node.Mapping mapping ->
                first(mapping.entries().stream().map(Node.Entry::value).toList(), text);
        };
    }

    private static Node.@Nullable Scalar first(List<Node> nodes, String text) {
        for (Node node : nodes) {
            Node.Scalar found = scalar(node, text);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// What is wrong with a setting that is no route's; null when the sentence names none.
    private @Nullable Diagnostic ofFile(String sentence) {
        int colon = sentence.indexOf(": ");
        String path = colon < 0 ? "" : sentence.substring(0, colon);
        Node node = path.startsWith("security.") ? loaded.node(path) : null;
        return node == null
                ? null
                : Diagnostic.error(
                                Code.GH1305,
                                node.span(),
                                "'" + path.substring(path.lastIndexOf('.') + 1) + "' makes no sense")
                        .path(path)
                        .label(shown(sentence.substring(colon + 2)))
                        .build();
    }

    private static @Nullable Span written(String key, RouteOrigins origins) {
        return origins.values().stream()
                .filter(value -> value.key().equals(key))
                .map(Origin::span)
                .findFirst()
                .orElse(null);
    }

    /// Where the key stands that a policy's mistake begins with: `request.set.X-User: …`.
    private static Span keyOf(String sentence, Node settings) {
        int colon = sentence.indexOf(": ");
        Span found = colon < 0 ? null : inside(settings, sentence.substring(0, colon));
        return found == null ? settings.span() : found;
    }

    private static @Nullable Span inside(Node node, String key) {
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                if (key.equals(entry.name())) {
                    return entry.value().span();
                }
                if (key.startsWith(entry.name() + ".")) {
                    return inside(entry.value(), key.substring(entry.name().length() + 1));
                }
            }
        }
        return null;
    }

    private String example(SampleRequest request) {
        return "example: " + shown(request.toString());
    }

    private RouteOrigins origins(int route) {
        return loaded.routes().get(route);
    }

    private String label(int route) {
        return shown(config.routes().get(route).label());
    }

    /// Without what came from the environment or a file.
    private String shown(String text) {
        return loaded.mask().apply(text);
    }
}
