package dev.gatehouse.app.admin;

import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Decides who may ask the admin API, from the header fields alone. Immutable.
///
/// | bound to | token | Host and Origin | health probes |
/// |---|---|---|---|
/// | loopback | only if one was configured | must be this server's | as the rest; say less without the token |
/// | anything else | always | not looked at | open, but they say less |
///
/// Host is what protects a loopback server: a web page anywhere can make its own name point at 127.0.0.1 (DNS
/// rebinding) and would then be of the "same origin", but it cannot make the browser send another name. Origin
/// stops requests that pages send here on purpose. Where a token is needed neither matters: a browser does not
/// have it.
final class Admission {
    private static final String SCHEME = "bearer ";
    private static final String REALM = "Bearer realm=\"gatehouse admin\"";

    private final boolean loopback;
    private final int port;
    private final @Nullable AdminToken token;

    /// @param bound where the server listens
    /// @throws IllegalArgumentException when other machines can reach that and there is no token
    Admission(InetSocketAddress bound, @Nullable AdminToken token) {
        this.loopback = !needsToken(bound);
        this.port = bound.getPort();
        this.token = token;
        if (!loopback && token == null) {
            throw new IllegalArgumentException(
                    "the admin API on " + bound.getAddress().getHostAddress() + " needs a token");
        }
    }

    /// Whether other machines can reach it.
    static boolean needsToken(InetSocketAddress bound) {
        return !bound.getAddress().isLoopbackAddress();
    }

    /// Why this request is not let in, null when it is.
    @Nullable
    AdminAnswer refusal(Headers fields, boolean probe) {
        AdminAnswer stranger = loopback ? stranger(fields) : null;
        if (stranger != null || probe || isTrusted(fields)) {
            return stranger;
        }
        return fields.containsKey("Authorization")
                ? Problem.INVALID_TOKEN
                        .answer("This is not the admin token of this gateway.")
                        .with("WWW-Authenticate", REALM + ", error=\"invalid_token\"")
                : Problem.UNAUTHENTICATED
                        .answer("Send the admin token: Authorization: Bearer gha_…")
                        .with("WWW-Authenticate", REALM);
    }

    /// Whether the sender has shown that it may see everything.
    boolean isTrusted(Headers fields) {
        if (token == null) {
            return true;
        }
        String presented = only(fields, "Authorization");
        return presented != null
                && presented.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && token.is(presented.substring(SCHEME.length()).strip());
    }

    private @Nullable AdminAnswer stranger(Headers fields) {
        String host = only(fields, "Host");
        if (host == null || !isOurs(host)) {
            return Problem.FORBIDDEN.answer(
                    "Ask for this server as localhost:" + port + ", 127.0.0.1:" + port + " or [::1]:" + port + ".");
        }
        if (fields.containsKey("Origin") && !("http://" + host).equalsIgnoreCase(only(fields, "Origin"))) {
            return Problem.FORBIDDEN.answer("Web pages of other origins may not use the admin API.");
        }
        return null;
    }

    /// `localhost` or a loopback address, with the right port. No name is looked up.
    private boolean isOurs(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        String name = hasPort ? host.substring(0, colon) : host;
        String given = hasPort ? host.substring(colon + 1) : "80";
        return given.equals(Integer.toString(port)) && isLoopback(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isLoopback(String name) {
        if (name.equals("localhost")) {
            return true;
        }
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        if (bracketed != name.contains(":")) {
            return false;
        }
        try {
            return InetAddress.ofLiteral(bracketed ? name.substring(1, name.length() - 1) : name)
                    .isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// The value of a field that came once; two of them is what an attack looks like.
    private static @Nullable String only(Headers fields, String name) {
        List<String> values = fields.get(name);
        return values == null || values.size() != 1 ? null : values.getFirst();
    }
}
