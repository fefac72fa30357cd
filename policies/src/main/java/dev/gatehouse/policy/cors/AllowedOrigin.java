package dev.gatehouse.policy.cors;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gatehouse.api.Text;
import java.net.IDN;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whose pages may read answers, as the user writes it: one origin, all hosts below one, an expression, or everybody.
/// Brought into the form in which browsers send origins (RFC 6454 §6.2), and compared with that octet by octet.
///
/// @param written as it stands in the file
/// @param exact the one origin that is meant; null when several are
/// @param before what stands before the `*`, up to `://`; null unless hosts below one are meant
/// @param below what follows the `*`, with its dot and port; null unless hosts below one are meant
/// @param expression which the whole origin has to match; null when it is none
public record AllowedOrigin(
        String written,
        @Nullable String exact,
        @Nullable String before,
        @Nullable String below,
        @Nullable Pattern expression) {
    /// Origins nobody means by an expression that was thought through.
    private static final String[] NOBODY = {"https://gatehouse.invalid", "http://192.0.2.1:81", "null"};

    private static final String SCHEME_END = "://";

    /// @throws IllegalArgumentException with a sentence for the user when it is no origin
    public static AllowedOrigin of(String text) {
        if (text.equals(CorsConfig.ANY)) {
            return new AllowedOrigin(text, null, null, null, null);
        }
        if (text.equals("null")) {
            throw new IllegalArgumentException("'null' is the origin of every page in a sandbox, whoever wrote it:"
                    + " it cannot be allowed by itself");
        }
        if (text.startsWith("~")) {
            return new AllowedOrigin(text, null, null, null, compiled(text.substring(1)));
        }
        int mark = text.indexOf(SCHEME_END);
        String scheme = mark < 0 ? "" : text.substring(0, mark).toLowerCase(Locale.ROOT);
        if (!scheme.matches("[a-z][a-z0-9+.-]*")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no origin (expected: https://host or https://host:port)");
        }
        String authority = text.substring(mark + SCHEME_END.length());
        if (authority.indexOf('/') >= 0 || authority.indexOf('?') >= 0 || authority.indexOf('#') >= 0) {
            throw new IllegalArgumentException(
                    "'" + text + "': an origin ends with the host or the port, without a path and without '/'");
        }
        boolean all = authority.startsWith("*.");
        String host = host(text, scheme, all ? authority.substring(2) : authority);
        return all
                ? new AllowedOrigin(text, null, scheme + SCHEME_END, "." + host, null)
                : new AllowedOrigin(text, scheme + SCHEME_END + host, null, null, null);
    }

    private static Pattern compiled(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "'~" + expression + "' is not a regular expression of RE2: " + e.getDescription(), e);
        }
    }

    /// Host and port as browsers write them: small letters, international names in their ASCII form, no port that
    /// goes without saying.
    private static String host(String text, String scheme, String authority) {
        int colon = authority.endsWith("]") ? -1 : authority.lastIndexOf(':');
        String port = colon < 0 ? "" : authority.substring(colon + 1);
        if (colon >= 0 && !port.matches("[1-9][0-9]{0,4}")) {
            throw new IllegalArgumentException("'" + text + "': '" + port + "' is no port");
        }
        String name = colon < 0 ? authority : authority.substring(0, colon);
        if (name.indexOf('*') >= 0) {
            throw new IllegalArgumentException("'" + text + "': '*' stands for whole labels in front of a host"
                    + " (expected: https://*.host); for anything else write an expression: ~^https://…$");
        }
        String ascii = ascii(text, name);
        boolean implied =
                (scheme.equals("https") && port.equals("443")) || (scheme.equals("http") && port.equals("80"));
        return port.isEmpty() || implied ? ascii : ascii + ":" + port;
    }

    private static String ascii(String text, String name) {
        if (name.matches("\\[[0-9A-Fa-f:.]+]")) {
            return name.toLowerCase(Locale.ROOT);
        }
        String ascii = "";
        try {
            ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            // told below, as every other name that is none
        }
        if (!ascii.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*")) {
            throw new IllegalArgumentException("'" + text + "': '" + name + "' is no host");
        }
        return ascii;
    }

    boolean isAny() {
        return exact == null && before == null && expression == null;
    }

    /// Whether strangers are meant, as far as that can be seen.
    boolean isAnybody() {
        if (expression != null) {
            for (String stranger : NOBODY) {
                if (expression.matches(stranger)) {
                    return true;
                }
            }
        }
        return isAny();
    }

    /// Whether a pattern means this origin; for those that are one origin see [#exact].
    boolean matches(Text origin) {
        if (expression != null) {
            return !origin.equals(Origins.NULL) && expression.matcher(origin).matches();
        }
        return before != null && below != null && isBelow(origin, before, below);
    }

    private static boolean isBelow(Text origin, String before, String below) {
        int from = before.length();
        int to = origin.length() - below.length();
        if (to <= from || !stands(origin, 0, before) || !stands(origin, to, below)) {
            return false;
        }
        // Labels and nothing else: no '/', '@' or ':' by which another host would be the one in front.
        for (int i = from; i < to; i++) {
            char c = origin.charAt(i);
            boolean label = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            boolean dot = c == '.' && i > from && origin.charAt(i - 1) != '.' && i < to - 1;
            if (!label && !dot) {
                return false;
            }
        }
        return true;
    }

    private static boolean stands(Text origin, int at, String part) {
        for (int i = 0; i < part.length(); i++) {
            if (origin.charAt(at + i) != part.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// As it was written.
    @Override
    public String toString() {
        return written;
    }
}
