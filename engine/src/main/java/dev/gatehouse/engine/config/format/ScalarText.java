package dev.gatehouse.engine.config.format;

import dev.gatehouse.engine.config.source.Node;
import java.util.regex.Pattern;

/// How one value is written: without quotes where they make no difference, between `"` otherwise.
final class ScalarText {
    /// Narrow on purpose: everything else keeps its quotes.
    private static final Pattern NEEDS_NO_QUOTES = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*");

    private static final Pattern MEANS_SOMETHING = Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n");

    private ScalarText() {}

    static String of(Node.Scalar scalar) {
        String text = scalar.text();
        boolean oneLine = scalar.span().line() == scalar.span().endLine();
        if (scalar.plain() && oneLine) {
            return text;
        }
        boolean bare = NEEDS_NO_QUOTES.matcher(text).matches()
                && !MEANS_SOMETHING.matcher(text).matches();
        return bare ? text : quoted(text);
    }

    /// Whether it was written as a text of several lines, behind `|` or `>`, and can be written so again.
    static boolean isBlock(Node.Scalar scalar) {
        String line = scalar.span().file().line(scalar.span().line());
        int start =
                line.offsetByCodePoints(0, Math.min(scalar.span().column() - 1, line.codePointCount(0, line.length())));
        boolean written = !scalar.plain() && start < line.length() && "|>".indexOf(line.charAt(start)) >= 0;
        String text = scalar.text();
        return written
                && !text.isBlank()
                && !text.startsWith(" ")
                && !text.startsWith("\n")
                && text.chars().allMatch(c -> c >= ' ' || c == '\n')
                && text.lines().noneMatch(one -> one.endsWith(" "));
    }

    /// Behind the `|`: how many line ends the text has at its end.
    static String chomping(String text) {
        if (!text.endsWith("\n")) {
            return "-";
        }
        return text.endsWith("\n\n") ? "+" : "";
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (point < ' ' || (point >= 0x7f && point < 0xa0) || point == 0x2028 || point == 0x2029) {
                        out.append(String.format("\\u%04X", point));
                    } else {
                        out.appendCodePoint(point);
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
