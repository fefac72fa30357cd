package dev.gatehouse.engine.config.load;

import dev.gatehouse.api.template.Template;
import dev.gatehouse.api.template.TemplateException;
import dev.gatehouse.api.template.TemplateProblem;
import dev.gatehouse.engine.config.AccessLogConfig;
import dev.gatehouse.engine.config.AccessLogFact;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether everything that the lines of the access log insert can be known. What is no template at all, or of a
/// later version, is refused by the record.
final class AccessLogCheck {
    private AccessLogCheck() {}

    /// @param telemetry the section as it is written; null when it is not
    static void check(@Nullable Node telemetry, Diagnostics diagnostics) {
        if (!(telemetry instanceof Node.Mapping section) || !(section.get("access_log") instanceof Node.Mapping log)) {
            return;
        }
        NodePath path = NodePath.ROOT.key("telemetry").key("access_log");
        Node format = log.get("format");
        if (!(format instanceof Node.Scalar scalar) || !scalar.text().equals(AccessLogConfig.JSON)) {
            check(format, path.key("format"), diagnostics);
        }
        if (log.get("fields") instanceof Node.Mapping fields) {
            fields.entries()
                    .forEach(field -> check(field.value(), path.key("fields").key(field.name()), diagnostics));
        }
    }

    private static void check(@Nullable Node node, NodePath path, Diagnostics diagnostics) {
        if (node instanceof Node.Scalar scalar && !scalar.text().contains("${")) {
            for (TemplateProblem problem : problems(scalar.text())) {
                diagnostics.add(TemplateCheck.mistake(
                        problem, scalar.span().within(scalar.text(), problem.offset(), problem.length()), path));
            }
        }
    }

    private static List<TemplateProblem> problems(String text) {
        try {
            return AccessLogFact.problems(Template.parse(text));
        } catch (TemplateException e) {
            return List.of();
        }
    }
}
