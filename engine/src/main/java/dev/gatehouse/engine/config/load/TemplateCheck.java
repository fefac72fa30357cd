package dev.gatehouse.engine.config.load;

import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.TemplateException;
import dev.gatehouse.api.template.TemplateProblem;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.RouteSection;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.Span;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Whether everything that a route's templates insert can be known: the parameters of its path, and facts of requests.
final class TemplateCheck {
    /// The keys that hold templates.
    private static final List<String> TEMPLATES = List.of("rewrite", "redirect", "respond", "query");

    private final Set<String> parameters;
    private final Diagnostics diagnostics;

    private TemplateCheck(Set<String> parameters, Diagnostics diagnostics) {
        this.parameters = parameters;
        this.diagnostics = diagnostics;
    }

    /// @param layers the keys of the route, for the places
    static void check(RouteSection route, Layers layers, NodePath path, Diagnostics diagnostics) {
        if (TEMPLATES.stream().allMatch(key -> layers.entry(key) == null)) {
            return;
        }
        TemplateCheck check = new TemplateCheck(RouteConfig.parameters(route.path()), diagnostics);
        check.text(layers.value("rewrite"), path.key("rewrite"));
        Node redirect = layers.value("redirect");
        check.text(redirect instanceof Node.Mapping section ? section.get("to") : redirect, path.key("redirect"));
        if (layers.value("respond") instanceof Node.Mapping respond) {
            NodePath at = path.key("respond");
            check.text(respond.get("body"), at.key("body"));
            check.values(respond.get("headers"), at.key("headers"));
            Node json = respond.get("json");
            if (json != null && route.respond() != null && route.respond().json() != null) {
                check.all(Template::parseJson, route.respond().json().text(), json.span(), false, at.key("json"));
            }
        }
        if (layers.value("query") instanceof Node.Mapping query) {
            check.values(query.get("set"), path.key("query").key("set"));
            check.values(query.get("add"), path.key("query").key("add"));
        }
    }

    private void values(@Nullable Node map, NodePath path) {
        if (map instanceof Node.Mapping values) {
            values.entries().forEach(entry -> text(entry.value(), path.key(entry.name())));
        }
    }

    private void text(@Nullable Node node, NodePath path) {
        if (node instanceof Node.Scalar scalar && !scalar.text().contains("${")) {
            all(Template::parse, scalar.text(), scalar.span(), true, path);
        }
    }

    private void all(Function<String, Template> parse, String text, Span span, boolean exact, NodePath path) {
        try {
            for (TemplateProblem problem : parse.apply(text).check(parameters)) {
                Span place = exact ? span.within(text, problem.offset(), problem.length()) : span;
                diagnostics.add(mistake(problem, place, path));
            }
        } catch (TemplateException e) {
            diagnostics.add(Diagnostic.error(Code.GH1305, span, "'" + path.name() + "': " + e.getMessage())
                    .path(path.toString()));
        }
    }

    /// A name that no request gives a value for.
    static Diagnostic.Builder mistake(TemplateProblem problem, Span place, NodePath path) {
        String question = Suggestions.question(Suggestions.nearest(problem.name(), problem.known()));
        Diagnostic.Builder mistake = Diagnostic.error(Code.GH1103, place, "'" + path.name() + "': " + problem.message())
                .path(path.toString())
                .label(question);
        if (!problem.known().isEmpty()) {
            mistake.why("known here: " + String.join(", ", problem.known()));
        }
        return mistake;
    }
}
