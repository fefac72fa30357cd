package dev.gatehouse.engine.config.format;

import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import dev.gatehouse.engine.config.yaml.YamlReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a file in one order and one look: two blanks per level, quotes only where they make a difference, at
/// most one empty line between entries. Every comment stays with what it is about; what fits on one line stays on
/// it. Formatting twice is formatting once.
public final class Formatter {
    private static final String LEVEL = "  ";

    private final StringBuilder out = new StringBuilder();
    private final Comments comments;

    private Formatter(SourceFile file, Node root) {
        this.comments = new Comments(file, root);
    }

    /// The file as it should be written; null when it is not valid YAML, which is reported.
    public static @Nullable String format(SourceFile file, Diagnostics diagnostics) {
        int errors = diagnostics.errors();
        Node root = YamlReader.read(file, diagnostics);
        if (root == null || diagnostics.errors() > errors) {
            return null;
        }
        if (!(root instanceof Node.Mapping mapping) || mapping.entries().isEmpty()) {
            return file.text();
        }
        Formatter formatter = new Formatter(file, root);
        formatter.document(file, mapping);
        // A comment at a place nobody thought of: better an untidy file than a lost word.
        return formatter.comments.areAllTaken() ? formatter.out.toString() : file.text();
    }

    private void document(SourceFile file, Node.Mapping root) {
        int first = root.entries().stream()
                .mapToInt(entry -> entry.key().span().line())
                .min()
                .orElse(1);
        // What stands above everything stays there, whatever becomes the first section.
        List<String> header = comments.between(1, first - 1);
        lines(header, "", true);
        entries(root, first - 1, "", KeyOrder.TOP);
        List<String> footer = comments.between(lastLine(root) + 1, file.lines());
        while (!footer.isEmpty() && footer.getLast().isEmpty()) {
            footer.removeLast();
        }
        lines(footer, "", false);
    }

    /// @param above the last line of what stands above
    private void entries(Node.Mapping mapping, int above, String indent, KeyOrder order) {
        int before = above;
        Map<String, List<String>> leading = new HashMap<>();
        for (Node.Entry entry : mapping.entries()) {
            leading.put(
                    entry.name(),
                    comments.between(before + 1, entry.key().span().line() - 1));
            before = lastLine(entry);
        }
        List<Node.Entry> sorted = order.sorted(mapping.entries());
        for (Node.Entry entry : sorted) {
            lines(leading.getOrDefault(entry.name(), List.of()), indent, entry == sorted.getFirst());
            out.append(pending(indent));
            entry(entry, indent, order.below(entry));
        }
    }

    /// After a dash the line has begun already.
    private String pending(String indent) {
        return out.isEmpty() || out.charAt(out.length() - 1) == '\n' ? indent : "";
    }

    private void entry(Node.Entry entry, String indent, KeyOrder below) {
        out.append(ScalarText.of(entry.key())).append(':');
        int line = entry.key().span().line();
        if (isBlock(entry.value())) {
            endLine(line, line);
            block(entry.value(), line, indent + LEVEL, below);
        } else {
            value(entry.value(), line, indent + LEVEL);
        }
    }

    private void block(Node value, int above, String indent, KeyOrder order) {
        if (value instanceof Node.Mapping mapping) {
            entries(mapping, above, indent, order);
        } else if (value instanceof Node.Sequence sequence) {
            items(sequence, above, indent, order);
        }
    }

    private void items(Node.Sequence sequence, int above, String indent, KeyOrder order) {
        int before = above;
        for (Node item : sequence.items()) {
            lines(
                    comments.between(before + 1, firstLine(item) - 1),
                    indent,
                    item == sequence.items().getFirst());
            out.append(indent).append('-');
            if (isBlock(item)) {
                out.append(' ');
                block(item, firstLine(item) - 1, indent + LEVEL, order);
            } else {
                value(item, firstLine(item), indent + LEVEL);
            }
            before = lastLine(item);
        }
    }

    /// Behind a key or a dash, to the end of the line or of the text.
    private void value(Node value, int line, String indent) {
        if (value instanceof Node.Scalar scalar && ScalarText.isBlock(scalar)) {
            out.append(" |").append(ScalarText.chomping(scalar.text())).append('\n');
            for (String one : scalar.text().split("\n", -1)) {
                out.append(one.isEmpty() ? "" : indent + one).append('\n');
            }
            // The last piece is what follows the last line end.
            out.setLength(out.length() - (scalar.text().endsWith("\n") ? 1 : 0));
            return;
        }
        String text = inline(value);
        out.append(text.isEmpty() ? "" : " ").append(text);
        endLine(line, value.span().endLine());
    }

    private static String inline(Node value) {
        return switch (value) {
            case Node.Scalar scalar -> ScalarText.of(scalar);
            case Node.Sequence sequence ->
                sequence.items().isEmpty()
                        ? "[]"
                        : sequence.items().stream().map(Formatter::inline).collect(Collectors.joining(", ", "[", "]"));
            case Node.Mapping mapping ->
                mapping.entries().isEmpty()
                        ? "{}"
                        : mapping.entries().stream()
                                .map(entry ->
                                        (ScalarText.of(entry.key()) + ": " + inline(entry.value())).stripTrailing())
                                .collect(Collectors.joining(", ", "{ ", " }"));
        };
    }

    /// With the comment that stands behind one of these lines, in its column when there is room.
    private void endLine(int first, int last) {
        for (int line = first; line <= last; line++) {
            Comments.Comment comment = comments.behind(line);
            if (comment != null) {
                int width = out.codePointCount(out.lastIndexOf("\n") + 1, out.length());
                out.append(" ".repeat(Math.max(1, comment.column() - 1 - width)))
                        .append(comment.text());
                break;
            }
        }
        out.append('\n');
    }

    /// @param first whether nothing stands above at this level: then no empty line does
    private void lines(List<String> lines, String indent, boolean first) {
        boolean begun = !first;
        for (String line : lines) {
            if (line.isEmpty() ? begun && !out.isEmpty() : true) {
                out.append(line.isEmpty() ? "" : pending(indent) + line).append('\n');
            }
            begun |= !line.isEmpty();
        }
    }

    /// On lines of its own: a collection that was not on one line.
    private static boolean isBlock(Node node) {
        return switch (node) {
            case Node.Scalar _ -> false;
            case Node.Sequence sequence -> !sequence.items().isEmpty() && !(isFlow(node) && isOnOneLine(node));
            case Node.Mapping mapping -> !mapping.entries().isEmpty() && !(isFlow(node) && isOnOneLine(node));
        };
    }

    private static boolean isFlow(Node node) {
        String line = node.span().text();
        return line.startsWith("{") || line.startsWith("[");
    }

    private static boolean isOnOneLine(Node node) {
        Span span = node.span();
        return span.line() == span.endLine();
    }

    private static int firstLine(Node node) {
        return node.span().line();
    }

    private static int lastLine(Node.Entry entry) {
        return Math.max(entry.key().span().line(), lastLine(entry.value()));
    }

    private static int lastLine(Node node) {
        int own = switch (node) {
            case Node.Scalar scalar -> end(scalar.span());
            case Node.Sequence sequence ->
                sequence.items().stream().mapToInt(Formatter::lastLine).max().orElse(0);
            case Node.Mapping mapping ->
                mapping.entries().stream().mapToInt(Formatter::lastLine).max().orElse(0);
        };
        return isFlow(node)
                ? Math.max(own, node.span().endLine())
                : Math.max(own, node.span().line());
    }

    /// The mark behind a text of several lines stands at the beginning of the next.
    private static int end(Span span) {
        return span.endLine() > span.line() && span.endColumn() == 1 ? span.endLine() - 1 : span.endLine();
    }
}
