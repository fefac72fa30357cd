package dev.gatehouse.engine.config.format;

import dev.gatehouse.engine.config.source.Node;
import java.util.Set;
import java.util.regex.Pattern;

/// A whole configuration as one text, whatever files it stands in. Placeholders stay as they were written, so that
/// nothing from the environment or a secret's file is in it; what was written as a secret in the open is masked.
public final class EffectiveText {
    private static final Set<String> SECRETS = Set.of("token", "secret", "password", "client_secret");
    /// A placeholder without a default: a default is written in the open.
    private static final Pattern FROM_OUTSIDE = Pattern.compile("\\$\\{(env:[A-Za-z0-9_]+|file:[^}]+)}");

    private static final String MASKED = "\"***\"";

    private final StringBuilder out = new StringBuilder();

    private EffectiveText() {}

    public static String of(Node.Mapping document) {
        EffectiveText text = new EffectiveText();
        text.entries(document, "");
        return text.out.toString();
    }

    private void entries(Node.Mapping mapping, String indent) {
        for (Node.Entry entry : mapping.entries()) {
            out.append(indent).append(ScalarText.of(entry.key())).append(':');
            if (SECRETS.contains(entry.name())
                    && entry.value() instanceof Node.Scalar scalar
                    && !FROM_OUTSIDE.matcher(scalar.text()).matches()) {
                out.append(' ').append(MASKED).append('\n');
            } else {
                value(entry.value(), indent);
            }
        }
    }

    private void value(Node node, String indent) {
        switch (node) {
            case Node.Scalar scalar ->
                out.append(' ').append(ScalarText.of(scalar)).append('\n');
            case Node.Mapping mapping when mapping.entries().isEmpty() -> out.append(" {}\n");
            case Node.Mapping mapping -> {
                out.append('\n');
                entries(mapping, indent + "  ");
            }
            case Node.Sequence list when list.items().isEmpty() -> out.append(" []\n");
            case Node.Sequence list -> {
                out.append('\n');
                list.items().forEach(item -> {
                    out.append(indent).append("  -");
                    value(item, indent + "  ");
                });
            }
        }
    }
}
