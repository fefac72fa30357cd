package dev.gatehouse.engine.routing;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the value of a header, query parameter or cookie must be, in one word:
///
/// | written | holds when the value |
/// |---|---|
/// | `beta` | is exactly this |
/// | `beta*` | starts with this |
/// | `*` | is there, whatever it is, even empty |
/// | `!*` | is not there |
/// | `~v[0-9]+` | is matched as a whole by this expression (RE2, linear time) |
/// | `=*` | is exactly what follows the `=`: for values that start with `~`, `=`, or end with `*` |
sealed interface ValuePattern {
    record Exact(String text) implements ValuePattern {}

    record Prefix(String text) implements ValuePattern {}

    record Present() implements ValuePattern {}

    record Absent() implements ValuePattern {}

    /// Compared by what was written, as RE2 expressions are.
    record Regex(Pattern pattern) implements ValuePattern {}

    static ValuePattern parse(String written) throws PatternFault {
        if (written.equals("*")) {
            return new Present();
        }
        if (written.equals("!*")) {
            return new Absent();
        }
        if (written.startsWith("=")) {
            return new Exact(written.substring(1));
        }
        if (written.startsWith("~")) {
            return new Regex(PathSyntax.regex(written, 1));
        }
        return written.endsWith("*") ? new Prefix(written.substring(0, written.length() - 1)) : new Exact(written);
    }

    /// The test to run for each request; [Absent] and [Present] need none.
    default Test test() {
        return switch (this) {
            case Exact exact -> {
                byte[] octets = octets(exact.text);
                yield (b, from, to) -> Arrays.equals(b, from, to, octets, 0, octets.length);
            }
            case Prefix prefix -> {
                byte[] octets = octets(prefix.text);
                yield (b, from, to) -> to - from >= octets.length
                        && Arrays.equals(b, from, from + octets.length, octets, 0, octets.length);
            }
            case Regex regex ->
                (b, from, to) -> regex.pattern.matches(new String(b, from, to - from, StandardCharsets.UTF_8));
            case Present _ -> (b, from, to) -> true;
            case Absent _ -> (b, from, to) -> false;
        };
    }

    /// Whether a value that is there passes.
    interface Test {
        boolean passes(byte[] bytes, int from, int to);
    }

    default boolean passes(String value) {
        byte[] octets = octets(value);
        return test().passes(octets, 0, octets.length);
    }

    /// Whether each request that passes `narrower` passes this one too. May say no where yes were right.
    default boolean covers(ValuePattern narrower) {
        if (equals(narrower)) {
            return true;
        }
        return switch (narrower) {
            case Exact exact -> passes(exact.text);
            case Prefix prefix ->
                this instanceof Present || (this instanceof Prefix mine && prefix.text.startsWith(mine.text));
            case Present _ -> this instanceof Prefix mine && mine.text.isEmpty();
            case Regex _ -> this instanceof Present;
            case Absent _ -> false;
        };
    }

    /// A value that passes both, or null when there is none or none is known.
    default @Nullable String common(ValuePattern other) {
        String mine = example();
        if (mine != null && (equals(other) || other.passes(mine))) {
            return mine;
        }
        String theirs = other.example();
        return theirs != null && passes(theirs) ? theirs : null;
    }

    /// A value that passes; null for [Absent], and for an expression when none was found.
    default @Nullable String example() {
        return switch (this) {
            case Exact exact -> exact.text;
            case Prefix prefix -> prefix.text;
            case Present _ -> "1";
            case Absent _ -> null;
            case Regex regex -> RegexExample.of(regex.pattern, List.of("1", "a", "42", ""));
        };
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
