package dev.gatehouse.app.admin;

import com.sun.net.httpserver.Headers;
import dev.gatehouse.app.admin.AdminTokens.Holder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Decides who may ask the admin API, from the header fields alone. What they may ask for is the operation's to say.
/// For all threads.
///
/// | bound to | token | Host and Origin | health probes |
/// |---|---|---|---|
/// | loopback | only if any was configured | must be this server's | as the rest; say less without the token |
/// | anything else | always | not looked at | open, but they say less |
///
/// Host is what protects a loopback server: a web page anywhere can make its own name point at 127.0.0.1 (DNS
/// rebinding) and would then be of the "same origin", but it cannot make the browser send another name. Origin
/// stops requests that pages send here on purpose. Where a token is needed neither matters: a browser does not
/// have it.
final class Admission {
    private static final String SCHEME = "bearer ";
    static final String REALM = "Bearer realm=\"gatehouse admin\"";

    /// What came of it.
    sealed interface Entry {
        record Refused(AdminAnswer answer) implements Entry {}

        /// Let in, since everybody is.
        record Probe() implements Entry {}

        record Caller(AdminCaller caller) implements Entry {}
    }

    private final boolean loopback;
    private final int port;
    private final AdminTokens tokens;

    /// @param bound where the server listens
    /// @throws IllegalArgumentException when other machines can reach that and there is no token
    Admission(InetSocketAddress bound, AdminTokens tokens) {
        this.loopback = !needsToken(bound);
        this.port = bound.getPort();
        this.tokens = tokens;
        if (!loopback && tokens.areNone()) {
            throw new IllegalArgumentException(
                    "the admin API on " + bound.getAddress().getHostAddress() + " needs a token");
        }
    }

    /// Whether other machines can reach it.
    static boolean needsToken(InetSocketAddress bound) {
        return !bound.getAddress().isLoopbackAddress();
    }

    /// @param probe whether it is answered to everybody
    Entry entry(Headers fields, boolean probe) {
        AdminAnswer stranger = loopback ? stranger(fields) : null;
        if (stranger != null) {
            return new Entry.Refused(stranger);
        }
        Holder holder = holder(fields);
        if (holder instanceof Holder.Known(AdminCaller caller)) {
            return new Entry.Caller(caller);
        }
        return probe ? new Entry.Probe() : new Entry.Refused(refusal(holder, fields));
    }

    private static AdminAnswer refusal(Holder holder, Headers fields) {
        if (holder instanceof Holder.Lapsed(String name, Instant expired)) {
            return Problem.TOKEN_EXPIRED
                    .answer("The token '" + name + "' expired at " + expired + ".")
                    .with("WWW-Authenticate", REALM + ", error=\"invalid_token\"");
        }
        return fields.containsKey("Authorization")
                ? Problem.INVALID_TOKEN
                        .answer("This is not the admin token of this gateway.")
                        .with("WWW-Authenticate", REALM + ", error=\"invalid_token\"")
                : Problem.UNAUTHENTICATED
                        .answer("Send the admin token: Authorization: Bearer gha_…")
                        .with("WWW-Authenticate", REALM);
    }

    private Holder holder(Headers fields) {
        if (loopback && tokens.areNone()) {
            return new Holder.Known(AdminCaller.THIS_MACHINE);
        }
        String presented = only(fields, "Authorization");
        return presented != null && presented.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? tokens.holder(presented.substring(SCHEME.length()).strip())
                : new Holder.Unknown();
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
