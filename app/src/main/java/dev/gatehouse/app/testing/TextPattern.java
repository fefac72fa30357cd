package dev.gatehouse.app.testing;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// What a text must be, in the words of `match` on a route: `beta`, `beta*`, `*` (there, whatever it is), `!*` (not
/// there), `~v[0-9]+` (RE2, the whole of it), `=*` (exactly what follows).
///
/// @param regex null when it is none
record TextPattern(String written, @Nullable Pattern regex) {
    /// @throws IllegalArgumentException with a sentence for the user
    static TextPattern of(String written) {
        if (!written.startsWith("~")) {
            return new TextPattern(written, null);
        }
        try {
            return new TextPattern(written, Pattern.compile(written.substring(1), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'" + written + "' is not a regular expression: " + e.getDescription(), e);
        }
    }

    /// @param text null when there is none
    boolean fits(@Nullable String text) {
        if (written.equals("!*")) {
            return text == null;
        }
        if (text == null) {
            return false;
        }
        if (regex != null) {
            return regex.matches(text);
        }
        if (written.startsWith("=")) {
            return text.equals(written.substring(1));
        }
        return written.endsWith("*")
                ? text.startsWith(written.substring(0, written.length() - 1))
                : text.equals(written);
    }
}
