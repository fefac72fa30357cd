package dev.gatehouse.policy.auth.cookie;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Text;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A cookie the gateway gives to browsers (RFC 6265): no script can read it, no form of another site sends it
/// along unless it is made for that, and over HTTPS it is of this host alone. Immutable.
///
/// @param name without prefix
/// @param isShownToPosts whether forms of another site send it along, over HTTPS: for who comes back by one
public record OwnCookie(String name, boolean isShownToPosts) {
    private static final HeaderName COOKIE = HeaderName.of("Cookie");

    /// Browsers take a cookie of this name only from the host itself, over HTTPS, for all its paths (RFC
    /// 6265bis §4.1.3.2): nobody beside it can slip one in.
    private static final String HOST_PREFIX = "__Host-";

    /// One that no form of another site sends along.
    public OwnCookie(String name) {
        this(name, false);
    }

    /// What it is called in a request that came this way.
    public String name(Exchange exchange) {
        return isSecure(exchange) ? HOST_PREFIX + name : name;
    }

    private static boolean isSecure(Exchange exchange) {
        return exchange.request().scheme().equals("https");
    }

    private static List<String> fields(Exchange exchange) {
        return exchange.request().headers(COOKIE).stream().map(Text::toString).toList();
    }

    /// The value; null when there is none, or several that differ.
    public @Nullable String value(Exchange exchange) {
        String wanted = name(exchange);
        String found = null;
        for (String field : fields(exchange)) {
            for (Pair pair = Pair.first(field); pair != null; pair = pair.next()) {
                if (pair.name().equals(wanted)) {
                    if (found != null && !found.equals(pair.value())) {
                        return null;
                    }
                    found = pair.value();
                }
            }
        }
        return found;
    }

    /// A further one, that belongs to it: `name.suffix`.
    public OwnCookie part(String suffix) {
        return new OwnCookie(name + "." + suffix, isShownToPosts);
    }

    /// The names of it and of its parts in a request, with or without prefix.
    public Set<String> shown(Exchange exchange) {
        Set<String> names = new LinkedHashSet<>();
        for (String field : fields(exchange)) {
            for (Pair pair = Pair.first(field); pair != null; pair = pair.next()) {
                if (isOwn(pair.name(), name) || isOwn(pair.name(), HOST_PREFIX + name)) {
                    names.add(pair.name());
                }
            }
        }
        return names;
    }

    private static boolean isOwn(String shown, String own) {
        return shown.startsWith(own) && (shown.length() == own.length() || shown.charAt(own.length()) == '.');
    }

    /// The value of `Set-Cookie` that gives it to the browser.
    ///
    /// @param value of characters that a cookie may have
    /// @param lasts whole seconds
    public String give(Exchange exchange, String value, Duration lasts) {
        return name(exchange) + "=" + value + "; Max-Age=" + Math.max(0, lasts.toSeconds())
                + attributes(exchange, isShownToPosts);
    }

    /// The value of `Set-Cookie` that takes a cookie away.
    ///
    /// @param name with its prefix, as [#shown] says
    public static String take(Exchange exchange, String name) {
        return name + "=; Max-Age=0" + attributes(exchange, false);
    }

    /// Browsers take `SameSite=None` only with `Secure` (RFC 6265bis §5.7).
    private static String attributes(Exchange exchange, boolean isShownToPosts) {
        boolean secure = isSecure(exchange);
        return "; Path=/; HttpOnly; SameSite=" + (isShownToPosts && secure ? "None" : "Lax")
                + (secure ? "; Secure" : "");
    }

    /// One `name=value` of a field, and where the next begins.
    private record Pair(String field, String name, String value, int end) {
        static @Nullable Pair first(String field) {
            return at(field, 0);
        }

        @Nullable
        Pair next() {
            return at(field, end);
        }

        private static @Nullable Pair at(String field, int from) {
            int at = from;
            while (at < field.length()) {
                int semicolon = field.indexOf(';', at);
                int end = semicolon < 0 ? field.length() : semicolon;
                int is = field.indexOf('=', at);
                if (is >= 0 && is < end) {
                    return new Pair(
                            field,
                            field.substring(at, is).strip(),
                            field.substring(is + 1, end).strip(),
                            end + 1);
                }
                at = end + 1;
            }
            return null;
        }
    }
}
