package dev.gatehouse.engine.config.diagnostic;

import dev.gatehouse.engine.config.source.Span;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Diagnostics for people at a terminal, each with the line it is about and a caret under the place.
public final class TextReport {
    /// How many are shown; the rest is counted.
    public static final int SHOWN = 20;

    private static final int WIDEST = 120;

    private TextReport() {}

    /// The first [#SHOWN], errors before warnings when there are more, and how many there are besides.
    public static String of(List<Diagnostic> all) {
        return of(all, TextReport::of);
    }

    /// The same.
    ///
    /// @param look writes one of them, as [#of(Diagnostic)] does
    public static String of(List<Diagnostic> all, Function<? super Diagnostic, String> look) {
        StringBuilder out = new StringBuilder();
        for (Diagnostic one : shown(all)) {
            out.append(out.isEmpty() ? "" : "\n").append(look.apply(one));
        }
        if (all.size() > SHOWN) {
            out.append("\nand ").append(all.size() - SHOWN).append(" more\n");
        }
        return out.toString();
    }

    /// `2 errors, 1 warning`
    public static String count(List<Diagnostic> all) {
        long errors = all.stream().filter(Diagnostic::isError).count();
        long warnings = all.size() - errors;
        return errors
                + (errors == 1 ? " error, " : " errors, ")
                + warnings
                + (warnings == 1 ? " warning" : " warnings");
    }

    private static List<Diagnostic> shown(List<Diagnostic> all) {
        if (all.size() <= SHOWN) {
            return all;
        }
        return all.stream()
                .sorted(Comparator.comparing(Diagnostic::severity))
                .limit(SHOWN)
                .toList();
    }

    public static String of(Diagnostic one) {
        StringBuilder out = new StringBuilder();
        out.append(one.severity().word())
                .append('[')
                .append(one.code())
                .append("] ")
                .append(one.message())
                .append('\n');
        String margin = margin(one);
        if (one.places().isEmpty()) {
            place(out, margin, one.span(), "");
            snippet(out, margin, one);
        } else {
            place(out, margin, one.span(), one.label());
            one.places().forEach(further -> place(out, margin, further.span(), further.label()));
        }
        for (Diagnostic.Note note : one.notes()) {
            switch (note) {
                case Diagnostic.Note.Why(String text) ->
                    out.append(margin).append("= ").append(text).append('\n');
                case Diagnostic.Note.Help(String text) ->
                    out.append("help: ").append(text).append('\n');
            }
        }
        return out.toString();
    }

    /// As wide as the line number, at least two.
    private static String margin(Diagnostic one) {
        return " ".repeat(Math.max(2, String.valueOf(one.span().line()).length()));
    }

    private static void place(StringBuilder out, String margin, Span span, String label) {
        out.append(margin).append("┌ ").append(span);
        if (!label.isEmpty()) {
            out.append("   ").append(label);
        }
        out.append('\n');
    }

    private static void snippet(StringBuilder out, String margin, Diagnostic one) {
        Span span = one.span();
        if (span.file().text().isEmpty()) {
            return; // a file that could not be read
        }
        String line = printable(span.file().line(span.line()));
        int points = line.codePointCount(0, line.length());
        int from = Math.min(span.column() - 1, points);
        int to = span.endLine() == span.line() ? Math.min(span.endColumn() - 1, Math.max(points, from + 1)) : points;
        int width = Math.max(1, to - from);
        int cut = from + width > WIDEST ? Math.max(0, from - WIDEST / 2) : 0;
        String number = String.valueOf(span.line());
        out.append(" ".repeat(margin.length() - number.length()))
                .append(number)
                .append(("│ " + clipped(line, cut)).stripTrailing())
                .append('\n');
        int shift = cut == 0 ? from : from - cut + 1;
        out.append(margin)
                .append("│ ")
                .append(" ".repeat(shift))
                .append("^".repeat(Math.min(width, Math.max(1, WIDEST - shift))))
                .append(one.label().isEmpty() ? "" : " " + one.label())
                .append('\n');
    }

    /// `cut` code points are left out at the beginning.
    private static String clipped(String line, int cut) {
        int[] points = line.codePoints().skip(cut).toArray();
        int length = Math.min(points.length, WIDEST);
        String shown = new String(points, 0, length);
        return (cut > 0 ? "…" : "") + shown + (points.length > length ? "…" : "");
    }

    /// One column for each code point: what would move the cursor is a blank.
    private static String printable(String line) {
        return line.codePoints()
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
