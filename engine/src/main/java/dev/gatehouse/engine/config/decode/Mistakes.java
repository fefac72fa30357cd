package dev.gatehouse.engine.config.decode;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The sentences about values that do not fit.
final class Mistakes {
    private static final Pattern NUMBER_AND_WORD = Pattern.compile("([0-9]{1,18})\\s*([A-Za-z]*)");
    private static final Map<String, String> TIMES = Map.ofEntries(
            Map.entry("msec", "ms"),
            Map.entry("millis", "ms"),
            Map.entry("milliseconds", "ms"),
            Map.entry("ms", "ms"),
            Map.entry("sec", "s"),
            Map.entry("secs", "s"),
            Map.entry("second", "s"),
            Map.entry("seconds", "s"),
            Map.entry("s", "s"),
            Map.entry("min", "m"),
            Map.entry("mins", "m"),
            Map.entry("minute", "m"),
            Map.entry("minutes", "m"),
            Map.entry("m", "m"),
            Map.entry("hr", "h"),
            Map.entry("hour", "h"),
            Map.entry("hours", "h"),
            Map.entry("h", "h"),
            Map.entry("day", "d"),
            Map.entry("days", "d"),
            Map.entry("d", "d"));
    private static final Map<String, String> SIZES = Map.of(
            "b", "B", "k", "KiB", "kb", "KiB", "kib", "KiB", "m", "MiB", "mb", "MiB", "mib", "MiB", "g", "GiB", "gb",
            "GiB");

    private final Diagnostic diagnostic;

    private Mistakes(Diagnostic.Builder diagnostic, NodePath path) {
        this.diagnostic = diagnostic.path(path.toString()).build();
    }

    Object report(Diagnostics diagnostics) {
        diagnostics.add(diagnostic);
        return Values.FAILED;
    }

    /// A map where a word is expected, and the like.
    static Mistakes kind(Node node, Shape shape, NodePath path) {
        Diagnostic.Builder mistake = Diagnostic.error(
                        Code.GH1302,
                        node.span(),
                        "'" + path.name() + "' is " + expected(shape) + ", not " + node.noun())
                .label(node instanceof Node.Scalar scalar && scalar.isNothing() ? "nothing stands here" : "");
        if (shape instanceof Shape.ListOf && node instanceof Node.Scalar scalar && !scalar.isNothing()) {
            mistake.help("make it a list:   " + path.name() + ": [ " + written(scalar) + " ]");
        }
        return new Mistakes(mistake, path);
    }

    static Mistakes quoted(Node.Scalar scalar, Shape shape, NodePath path) {
        return new Mistakes(
                Diagnostic.error(
                                Code.GH1302,
                                scalar.span(),
                                "'" + path.name() + "' is " + expected(shape) + ", not text")
                        .label("the quotes make it text")
                        .help("remove the quotes:   " + path.name() + ": " + scalar.text()),
                path);
    }

    /// A scalar that is not of its kind.
    static Mistakes value(Node.Scalar scalar, Shape shape, NodePath path) {
        String name = "'" + path.name() + "'";
        Diagnostic.Builder mistake = switch (shape) {
            case Shape.Time _ -> unit(scalar, name + " is a duration with a unit", TIMES, List.of("s", "ms", "m"));
            case Shape.Size _ -> unit(scalar, name + " is a size with a unit", SIZES, List.of("B", "KiB", "MiB"));
            case Shape.Choice choice ->
                Diagnostic.error(Code.GH1304, scalar.span(), name + " does not know '" + scalar.text() + "'")
                        .label(Suggestions.question(Suggestions.nearest(scalar.text(), choice.words())))
                        .why("one of: " + String.join(", ", choice.words()));
            case Shape.Flag _ ->
                Diagnostic.error(Code.GH1302, scalar.span(), name + " is true or false")
                        .label(flag(scalar));
            default ->
                Diagnostic.error(Code.GH1302, scalar.span(), name + " is " + expected(shape))
                        .label("'" + scalar.text() + "' is not");
        };
        return new Mistakes(mistake, path);
    }

    static Mistakes bounds(Node.Scalar scalar, Shape.Bounds bounds, NodePath path) {
        return new Mistakes(
                Diagnostic.error(
                        Code.GH1303,
                        scalar.span(),
                        "'" + path.name() + "' is out of bounds: " + scalar.text() + " (expected: " + bounds + ")"),
                path);
    }

    static Mistakes count(Node node, Shape.Bounds bounds, NodePath path) {
        return new Mistakes(
                Diagnostic.error(
                        Code.GH1303,
                        node.span(),
                        "'" + path.name() + "' needs " + bounds + ("1".equals(bounds.min()) ? " entry" : " entries")),
                path);
    }

    private static Diagnostic.Builder unit(
            Node.Scalar scalar, String message, Map<String, String> meant, List<String> examples) {
        Diagnostic.Builder mistake = Diagnostic.error(Code.GH1301, scalar.span(), message);
        Matcher parts = NUMBER_AND_WORD.matcher(scalar.text());
        if (!parts.matches()) {
            return mistake.label("such as "
                    + String.join(", ", examples.stream().map("30"::concat).toList()));
        }
        String number = parts.group(1);
        String word = parts.group(2).toLowerCase(Locale.ROOT);
        if (word.isEmpty()) {
            String choices = examples.stream().map(number::concat).collect(Collectors.joining("  "));
            return mistake.label(number + " what?  " + choices)
                    .why("bare numbers are accepted only for the older spellings listed in  gatehouse help GH1301");
        }
        String unit = meant.get(word);
        return unit == null
                ? mistake.label("'" + parts.group(2) + "' is not a unit: "
                        + String.join(
                                ", ", examples.stream().map(number::concat).toList()))
                : mistake.label("write " + number + unit);
    }

    private static String flag(Node.Scalar scalar) {
        String meant = meant(scalar.text().toLowerCase(Locale.ROOT));
        return meant == null ? "" : "'" + scalar.text() + "' is text in YAML 1.2: write " + meant;
    }

    private static @Nullable String meant(String word) {
        return switch (word) {
            case "yes", "on", "y", "1", "enabled", "true" -> "true";
            case "no", "off", "n", "0", "disabled", "none", "false" -> "false";
            default -> null;
        };
    }

    private static String expected(Shape shape) {
        return switch (shape) {
            case Shape.Whole _ -> "a whole number";
            case Shape.Size _ -> "a size";
            case Shape.Time _ -> "a time";
            case Shape.Flag _ -> "true or false";
            case Shape.Text _ -> "text";
            case Shape.Free _ -> "a value";
            case Shape.Content _ -> "a path of a file";
            case Shape.Choice _ -> "a word";
            case Shape.ListOf _ -> "a list";
            case Shape.MapOf _ -> "a map of keys and values";
            case Shape.Made made -> alternatives(made);
        };
    }

    private static String alternatives(Shape.Made made) {
        String forms = made.forms().stream()
                .map(form -> expected(form.argument()))
                .distinct()
                .collect(Collectors.joining(" or "));
        if (!made.section()) {
            return forms;
        }
        return forms.isEmpty() ? "a map of keys and values" : forms + " or a map of keys and values";
    }

    private static String written(Node.Scalar scalar) {
        return scalar.plain() ? scalar.text() : "\"" + scalar.text() + "\"";
    }
}
