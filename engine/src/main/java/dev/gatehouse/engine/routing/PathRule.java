package dev.gatehouse.engine.routing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.api.RequestHead;
import dev.gatehouse.http1.Escapes;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A path that rules are about, read and matched as those of routes are, on the same octets in the same normal form.
/// Makes no object unless it is an expression, or a parameter is asked for.
public final class PathRule implements dev.gatehouse.api.PathPattern {
    final PathPattern pattern;
    private final Set<String> parameters;

    private PathRule(PathPattern pattern) {
        this.pattern = pattern;
        this.parameters = Collections.unmodifiableSet(new LinkedHashSet<>(pattern.parameters));
    }

    /// @throws IllegalArgumentException when `text` is no path, with a sentence for the user
    public static PathRule of(String text) {
        try {
            return new PathRule(PathPattern.parse(text));
        } catch (PatternFault fault) {
            throw new IllegalArgumentException("'" + text + "': " + fault.sentence(), fault);
        }
    }

    @Override
    public boolean matches(RequestHead request) {
        if (request instanceof PathSlice slice) {
            return pattern.matches(slice.octets(), slice.pathStart(), slice.pathEnd());
        }
        byte[] path = request.path().getBytes(ISO_8859_1);
        return pattern.matches(path, 0, path.length);
    }

    @Override
    public boolean mayMeet(dev.gatehouse.api.PathPattern other) {
        return !(other instanceof PathRule rule) || pattern.mayMeet(rule.pattern);
    }

    @Override
    public Set<String> parameters() {
        return parameters;
    }

    @Override
    public @Nullable CharSequence parameter(RequestHead request, String name) {
        int index = pattern.parameters.indexOf(name);
        if (index < 0) {
            return null;
        }
        if (request instanceof PathSlice slice) {
            return parameter(slice.octets(), slice.pathStart(), slice.pathEnd(), index);
        }
        byte[] path = request.path().getBytes(ISO_8859_1);
        return parameter(path, 0, path.length, index);
    }

    private @Nullable CharSequence parameter(byte[] octets, int from, int to, int index) {
        if (!pattern.matches(octets, from, to)) {
            return null;
        }
        int[] ranges = new int[2 * parameters.size()];
        pattern.capture(octets, from, to, ranges);
        return Escapes.decode(octets, ranges[2 * index], ranges[2 * index + 1], false);
    }

    @Override
    public String toString() {
        return pattern.toString();
    }
}
