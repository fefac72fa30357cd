package dev.gatehouse.engine.config.format;

import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The comments of a file, by their lines. A `#` inside of a value is none.
final class Comments {
    private final SourceFile file;
    private final BitSet[] covered;
    private final BitSet taken = new BitSet();

    /// @param column from 1
    record Comment(int column, String text, boolean alone) {}

    Comments(SourceFile file, Node root) {
        this.file = file;
        this.covered = new BitSet[file.lines() + 1];
        cover(root);
    }

    /// Lines from `first` to `last` as they are to be written in front of something: comments, and an empty text
    /// for blank lines, one for many.
    List<String> between(int first, int last) {
        List<String> lines = new ArrayList<>();
        for (int number = Math.max(1, first); number <= last; number++) {
            Comment comment = on(number);
            if (comment != null && comment.alone() && !taken.get(number)) {
                taken.set(number);
                lines.add(comment.text());
            } else if (isBlank(number) && (lines.isEmpty() || !lines.getLast().isEmpty())) {
                lines.add("");
            }
        }
        return lines;
    }

    /// The comment behind what stands on a line; given once. Null when there is none.
    @Nullable
    Comment behind(int line) {
        Comment comment = on(line);
        if (comment == null || comment.alone() || taken.get(line)) {
            return null;
        }
        taken.set(line);
        return comment;
    }

    /// Whether every comment of the file was given to somebody.
    boolean areAllTaken() {
        for (int number = 1; number <= file.lines(); number++) {
            if (!taken.get(number) && on(number) != null) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Comment on(int number) {
        int[] points = file.line(number).codePoints().toArray();
        BitSet values = number < covered.length ? covered[number] : null;
        boolean alone = true;
        for (int i = 0; i < points.length; i++) {
            boolean value = values != null && values.get(i + 1);
            if (points[i] == '#' && !value && (i == 0 || Character.isWhitespace(points[i - 1]))) {
                return new Comment(i + 1, new String(points, i, points.length - i).stripTrailing(), alone);
            }
            alone &= !value && Character.isWhitespace(points[i]);
        }
        return null;
    }

    private boolean isBlank(int number) {
        BitSet values = number < covered.length ? covered[number] : null;
        return file.line(number).isBlank() && (values == null || values.isEmpty());
    }

    private void cover(Node node) {
        switch (node) {
            case Node.Scalar scalar -> cover(scalar.span());
            case Node.Sequence sequence -> sequence.items().forEach(this::cover);
            case Node.Mapping mapping ->
                mapping.entries().forEach(entry -> {
                    cover(entry.key());
                    cover(entry.value());
                });
        }
    }

    private void cover(Span span) {
        for (int line = span.line(); line <= Math.min(span.endLine(), file.lines()); line++) {
            int from = line == span.line() ? span.column() : 1;
            int to = line == span.endLine()
                    ? span.endColumn()
                    : Math.max(from, file.line(line).length()) + 1;
            if (covered[line] == null) {
                covered[line] = new BitSet();
            }
            if (to > from) {
                covered[line].set(from, to);
            } else if (line > span.line() && line < span.endLine()) {
                covered[line].set(0);
            }
        }
    }
}
