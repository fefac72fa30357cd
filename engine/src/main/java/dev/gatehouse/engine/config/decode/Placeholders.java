package dev.gatehouse.engine.config.decode;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Fills in `${env:NAME}`, `${env:NAME:-default}` and `${file:path}`, in values only and after parsing, so that no
/// value can change the structure of a file. Remembers what came in, to mask it in everything that is shown. `$${` is
/// a literal `${`.
public final class Placeholders {
    private static final long LARGEST_FILE = 1 << 20;

    /// Shorter ones are found in too many words to be masked there.
    private static final int SHORTEST_SECRET = 4;

    private final Map<String, String> environment;
    private final Diagnostics diagnostics;
    /// The longest last: one may hold another.
    private final TreeSet<String> secrets =
            new TreeSet<>(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));

    private final Set<Path> files = new LinkedHashSet<>();

    public Placeholders(Map<String, String> environment, Diagnostics diagnostics) {
        this.environment = Map.copyOf(environment);
        this.diagnostics = diagnostics;
    }

    public static boolean isIn(String text) {
        return text.contains("${");
    }

    /// The text with everything filled in; null when something is missing, and then it was reported.
    @Nullable
    String fill(Node.Scalar scalar, NodePath path) {
        String text = scalar.text();
        if (!isIn(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (int start = text.indexOf("${"); start >= 0; start = text.indexOf("${", done)) {
            if (start > done && text.charAt(start - 1) == '$') {
                out.append(text, done, start - 1).append("${");
                done = start + 2;
                continue;
            }
            int end = text.indexOf('}', start);
            if (end < 0) {
                notUnderstood(scalar, path, text.substring(start));
                return null;
            }
            String value = value(scalar, path, text.substring(start + 2, end));
            if (value == null) {
                return null;
            }
            out.append(text, done, start).append(value);
            done = end + 1;
        }
        return out.append(text, done, text.length()).toString();
    }

    /// The files values came from; a change of one is a change of the configuration.
    public Set<Path> files() {
        return Set.copyOf(files);
    }

    /// The text with everything that came from the environment or a file made unreadable.
    public String mask(String text) {
        String masked = text;
        for (String secret : secrets.reversed()) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }

    private @Nullable String value(Node.Scalar scalar, NodePath path, String inner) {
        if (inner.startsWith("env:")) {
            return variable(scalar, path, inner.substring(4));
        }
        if (inner.startsWith("file:")) {
            return text(scalar, path, inner.substring(5));
        }
        notUnderstood(scalar, path, "${" + inner + "}");
        return null;
    }

    private @Nullable String variable(Node.Scalar scalar, NodePath path, String inner) {
        int split = inner.indexOf(":-");
        String name = split < 0 ? inner : inner.substring(0, split);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            notUnderstood(scalar, path, "${env:" + inner + "}");
            return null;
        }
        String value = environment.get(name);
        if (split >= 0) {
            return value == null || value.isEmpty() ? inner.substring(split + 2) : secret(value);
        }
        if (value == null) {
            missingVariable(scalar, path, name);
            return null;
        }
        return secret(value);
    }

    private void missingVariable(Node.Scalar scalar, NodePath path, String name) {
        Diagnostic.Builder mistake = Diagnostic.error(
                        Code.GH1401, place(scalar, "${env:" + name), "environment variable " + name + " is not set")
                .path(path.toString())
                .help("export it, use ${file:/run/secrets/" + name.toLowerCase(Locale.ROOT)
                        + "}, or give a default for tests: ${env:" + name + ":-…}");
        List<String> near = Suggestions.nearest(name, environment.keySet());
        if (!near.isEmpty()) {
            mistake.why(String.join(" and ", near) + (near.size() == 1 ? " is" : " are")
                    + " set: a typo in the environment?");
        }
        diagnostics.add(mistake);
    }

    private @Nullable String text(Node.Scalar scalar, NodePath path, String name) {
        Span place = place(scalar, "${file:" + name);
        byte[] octets = read(scalar, place, path, name);
        if (octets == null) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            return secret(text.stripTrailing());
        } catch (CharacterCodingException e) {
            diagnostics.add(Diagnostic.error(Code.GH1402, place, "the file " + name + " is not UTF-8")
                    .path(path.toString()));
            return null;
        }
    }

    /// The file a value names, or the PEM that stands there itself; null when it cannot be read, which was
    /// reported.
    @Nullable
    FileContent content(Node.Scalar scalar, NodePath path, String name) {
        if (name.stripLeading().startsWith(FileContent.PEM)) {
            return FileContent.inline(name);
        }
        byte[] octets = read(scalar, scalar.span(), path, name);
        return octets == null ? null : new FileContent(name, octets);
    }

    private byte @Nullable [] read(Node.Scalar scalar, Span place, NodePath path, String name) {
        try {
            Path file = scalar.span().file().path().resolveSibling(name);
            files.add(file);
            if (Files.size(file) > LARGEST_FILE) {
                diagnostics.add(Diagnostic.error(Code.GH1402, place, "the file " + name + " is larger than 1 MiB")
                        .path(path.toString()));
                return null;
            }
            return Files.readAllBytes(file);
        } catch (IOException | InvalidPathException e) {
            diagnostics.add(Diagnostic.error(Code.GH1402, place, "the file " + name + " cannot be read")
                    .path(path.toString())
                    .why(reason(e))
                    .help("the path is relative to the folder of "
                            + scalar.span().file()));
        }
        return null;
    }

    private static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        return e instanceof AccessDeniedException ? "this user may not read it" : "it is not a file";
    }

    private void notUnderstood(Node.Scalar scalar, NodePath path, String placeholder) {
        diagnostics.add(Diagnostic.error(
                        Code.GH1403,
                        place(scalar, placeholder),
                        "the placeholder '" + placeholder + "' is not understood")
                .path(path.toString())
                .help("${env:NAME}, ${env:NAME:-default} or ${file:path}; write '$${' for a literal '${'"));
    }

    private String secret(String value) {
        if (value.length() >= SHORTEST_SECRET) {
            secrets.add(value);
        }
        return value;
    }

    /// The placeholder inside of the value, where it can be found on the line; the value otherwise.
    private static Span place(Node.Scalar scalar, String beginning) {
        Span span = scalar.span();
        String line = span.file().line(span.line());
        int from = line.offsetByCodePoints(0, Math.min(span.column() - 1, line.codePointCount(0, line.length())));
        int start = line.indexOf(beginning, from);
        if (start < 0) {
            return span;
        }
        int end = line.indexOf('}', start);
        int last = end < 0 ? line.length() : end + 1;
        return new Span(
                span.file(),
                span.line(),
                line.codePointCount(0, start) + 1,
                span.line(),
                line.codePointCount(0, last) + 1);
    }
}
