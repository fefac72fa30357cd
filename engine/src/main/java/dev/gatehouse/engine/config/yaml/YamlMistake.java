package dev.gatehouse.engine.config.yaml;

import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Says in words of the user what a YAML parser found: what people trip over is recognised by the text at the place.
final class YamlMistake {
    private static final String NOT_VALID = "this line is not valid YAML: ";

    /// A value as it begins on its line: behind a key, a dash or an opening bracket. Without backtracking.
    private static final Pattern VALUE =
            Pattern.compile("^\\s*+(?:-\\s++)*+(?:([^\\s#'\":{}\\[\\]]++):\\s++)?+(\\S.*+)$");

    /// `{id}/x`: a map that ends, and yet the value goes on.
    private static final Pattern CLOSED_AND_GOES_ON = Pattern.compile("^(\\{[^{}]*}|\\[[^\\[\\]]*])[^\\s,]");

    private YamlMistake() {}

    static Diagnostic.Builder explain(SourceFile file, YamlEngineException e) {
        if (e instanceof ReaderException reader) {
            return unreadable(file, reader);
        }
        if (!(e instanceof MarkedYamlEngineException marked)) {
            return Diagnostic.error(Code.GH0103, Span.at(file, 1, 1), "the file is not valid YAML: " + e.getMessage());
        }
        Span problem = span(file, marked.getProblemMark().orElse(null));
        if (characterAt(problem) == '\t') {
            return tab(problem);
        }
        Diagnostic.Builder reserved = beginning(file, problem.line());
        if (reserved != null) {
            return reserved;
        }
        Span context = span(file, marked.getContextMark().orElse(null));
        return general(problem, context, String.valueOf(marked.getContext()), String.valueOf(marked.getProblem()));
    }

    private static Diagnostic.Builder unreadable(SourceFile file, ReaderException e) {
        int position = Math.clamp(e.getPosition(), 0, file.text().length());
        String before = file.text().substring(0, position);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return Diagnostic.error(
                        Code.GH0103, Span.at(file, line, column), "the file holds a character YAML does not allow")
                .label(String.format("U+%04X", e.getCodePoint()));
    }

    private static Diagnostic.Builder tab(Span at) {
        return Diagnostic.error(Code.GH0102, at, "a tab stands where only blanks may")
                .label("YAML counts blanks, and a tab has no agreed width")
                .help("replace it by blanks, two for each level");
    }

    /// Not null when a value on the line begins with a character that means something to YAML.
    private static Diagnostic.@Nullable Builder beginning(SourceFile file, int number) {
        String line = file.line(number);
        int tab = line.indexOf('\t');
        if (tab >= 0 && line.substring(0, tab).isBlank()) {
            return tab(Span.at(file, number, tab + 1));
        }
        Matcher value = VALUE.matcher(line);
        if (!value.find()) {
            return null;
        }
        char first = value.group(2).charAt(0);
        Span at = Span.at(file, number, line.codePointCount(0, value.start(2)) + 1);
        boolean meansSomething = switch (first) {
            case '{', '[' -> CLOSED_AND_GOES_ON.matcher(value.group(2)).find();
            default -> "*&!%@`|>\"'".indexOf(first) >= 0;
        };
        return meansSomething ? reserved(file, at, first, value.group(2)) : null;
    }

    static Diagnostic.Builder alias(SourceFile file, Span at, String name) {
        return file.text().contains("&" + name)
                ? without(at, "aliases", "'*' stands for a value that is elsewhere")
                : reserved(file, at, '*', "*" + name);
    }

    static Diagnostic.Builder anchor(Span at) {
        return without(at, "anchors", "'&' names a value for use elsewhere");
    }

    private static Diagnostic.Builder without(Span at, String what, String meaning) {
        return Diagnostic.error(Code.GH0105, at, what + " are not part of this format")
                .label(meaning)
                .help("use 'defaults', a group of routes, or 'extends' between named policies; quote it if it is text");
    }

    /// @param text the value, or more of the line
    static Diagnostic.Builder reserved(SourceFile file, Span at, char first, String text) {
        String meaning = switch (first) {
            case '*' -> "starts an alias";
            case '&' -> "starts an anchor";
            case '!' -> "starts a tag";
            case '%' -> "starts a directive";
            case '{' -> "starts a map, which '}' ends";
            case '[' -> "starts a list, which ']' ends";
            case '"', '\'' -> "starts a quoted text, which the same quote ends";
            case '|', '>' -> "starts a text of several lines, which begins on the next line";
            default -> "is reserved";
        };
        String quoted = text.startsWith("\"") || text.startsWith("'") ? "" : quoted(file.line(at.line()), at.column());
        Diagnostic.Builder mistake = Diagnostic.error(
                        Code.GH0103, at, NOT_VALID + "a value may not start with '" + first + "'")
                .label("in YAML '" + first + "' " + meaning);
        if ("\"'".indexOf(first) >= 0) {
            return Diagnostic.error(Code.GH0103, at, NOT_VALID + "a quoted text ends too early or not at all")
                    .label("in YAML '" + first + "' " + meaning)
                    .help(
                            "quote the whole value; a quote inside of it is written \\\" between \"…\" and '' between '…'");
        }
        return mistake.help("quote it:   " + quoted);
    }

    /// The line with the value from `column` on in quotes.
    private static String quoted(String line, int column) {
        int start = line.offsetByCodePoints(0, column - 1);
        String value = line.substring(start);
        int comment = value.indexOf(" #");
        String bare = (comment < 0 ? value : value.substring(0, comment)).strip();
        return line.substring(0, start).stripLeading() + "\""
                + bare.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static Diagnostic.Builder general(Span problem, Span context, String doing, String what) {
        boolean inFlow = what.contains("expected ',' or");
        if (inFlow && "\"'".indexOf(characterBefore(problem)) >= 0) {
            return Diagnostic.error(Code.GH0103, problem, NOT_VALID + "a quoted text ends too early")
                    .label("the quote before this ends the text")
                    .help("a quote inside of it is written \\\" between \"…\" and '' between '…'");
        }
        if (what.contains("mapping values are not allowed here")
                || (inFlow && context.line() == problem.line() && characterAt(problem) == ':')) {
            return Diagnostic.error(Code.GH0103, problem, NOT_VALID + "a ': ' stands where a value goes on")
                    .label("YAML takes this for a key and its value")
                    .help("quote the value, or put the key on a line of its own");
        }
        if (what.contains("could not find expected ':'")) {
            return Diagnostic.error(Code.GH0103, context, NOT_VALID + "a key needs a ':' and a blank behind it")
                    .label("no ':' after this");
        }
        if (doing.contains("while parsing a flow") || doing.contains("while scanning a quoted scalar")) {
            return Diagnostic.error(
                            Code.GH0103, context, "this file is not valid YAML: what is opened here is not closed")
                    .label("opened here")
                    .also(problem, "YAML was surprised here")
                    .help("close it with '}', ']' or a quote, and put ',' between entries");
        }
        if (doing.contains("while parsing a block")) {
            return Diagnostic.error(Code.GH0103, problem, NOT_VALID + "it does not fit the lines above")
                    .label("unexpected here")
                    .why("the section it would belong to begins at " + context)
                    .help("keys of one section start in the same column, entries of a list with '- '");
        }
        return Diagnostic.error(Code.GH0103, problem, NOT_VALID + what);
    }

    private static int characterAt(Span at) {
        String line = at.file().line(at.line());
        int[] points = line.codePoints().toArray();
        return at.column() <= points.length ? points[at.column() - 1] : -1;
    }

    private static int characterBefore(Span at) {
        return at.column() < 2 ? ' ' : characterAt(Span.at(at.file(), at.line(), at.column() - 1));
    }

    private static Span span(SourceFile file, @Nullable Mark mark) {
        return mark == null ? Span.at(file, 1, 1) : Span.at(file, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
