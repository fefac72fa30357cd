package dev.gatehouse.policy.csrf;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.template.Reference;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Refuses what changes something, or opens a WebSocket, when another site had it sent.
///
/// ```
/// Sec-Fetch-Site   same-origin, none: passes          same-site, cross-site: passes from a trusted origin
/// else Origin      the gateway's own, or a trusted one: passes
/// else             passes when the field repeats the cookie
/// ```
///
/// A page of another site can set none of these: browsers write the first two, and the third it cannot read.
final class CsrfPolicy implements Policy {
    private static final HeaderName COOKIE = HeaderName.of("Cookie");
    private static final HeaderName SET_COOKIE = HeaderName.of("Set-Cookie");
    private static final HeaderName ORIGIN = HeaderName.of("Origin");
    private static final HeaderName FETCH_SITE = HeaderName.of("Sec-Fetch-Site");
    private static final HeaderName WEBSOCKET = HeaderName.of("Sec-WebSocket-Version");

    /// Change nothing (RFC 9110 §9.2.1).
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    /// The client has no token yet, and gets one.
    private static final Attribute<Boolean> TOKEN_DUE = Attribute.of("csrf token due");

    private static final Decision OTHER_SITE =
            new Decision.Reject(new Failure(FailureKind.FORBIDDEN, "This request was sent by a page of another site."));

    private final CsrfConfig config;
    private final Set<Text> trusted;
    private final HeaderName header;
    private final Reference cookie;
    private final Supplier<String> tokens;
    private final Decision noToken;

    /// @param tokens gives another one each time, that nobody can guess
    CsrfPolicy(CsrfConfig config, Supplier<String> tokens) {
        this.config = config;
        this.tokens = tokens;
        this.trusted = config.trustedOrigins().stream().map(Text::of).collect(Collectors.toUnmodifiableSet());
        this.header = HeaderName.of(config.header());
        this.cookie = Reference.fact("cookie", config.cookie());
        this.noToken = new Decision.Reject(new Failure(
                FailureKind.FORBIDDEN,
                "This request does not say from where it comes. Send the value of the cookie " + config.cookie()
                        + " in the header " + config.header() + "."));
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        RequestHead request = exchange.request();
        if (!isGuarded(exchange, request)) {
            exchange.note("no credential that browsers send by themselves");
            return Decision.CONTINUE;
        }
        CharSequence token = exchange.facts().value(cookie);
        if (token == null) {
            exchange.set(TOKEN_DUE, Boolean.TRUE);
        }
        if (SAFE.contains(request.method()) && request.header(WEBSOCKET) == null) {
            exchange.note("changes nothing");
            return Decision.CONTINUE;
        }
        Text site = request.header(FETCH_SITE);
        Text origin = request.header(ORIGIN);
        if (site != null) {
            boolean own = site.equalsIgnoreCase("same-origin") || site.equalsIgnoreCase("none");
            return decide(exchange, own || isTrusted(origin), "sent from the same origin", "sent by another site");
        }
        if (origin != null) {
            boolean own = isOwn(origin, request) || isTrusted(origin);
            return decide(exchange, own, "the origin is trusted", "the origin is another one");
        }
        Text repeated = request.header(header);
        boolean known = token != null && token.length() > 0 && repeated != null && same(token, repeated);
        exchange.note(known ? "the token is right" : "says neither site nor origin, and has no token");
        return known ? Decision.CONTINUE : noToken;
    }

    private boolean isGuarded(Exchange exchange, RequestHead request) {
        return exchange.get(Identity.AMBIENT) != null || (config.always() && request.header(COOKIE) != null);
    }

    private static Decision decide(Exchange exchange, boolean passes, String yes, String no) {
        exchange.note(passes ? yes : no);
        return passes ? Decision.CONTINUE : OTHER_SITE;
    }

    private boolean isTrusted(@Nullable Text origin) {
        return origin != null && trusted.contains(origin);
    }

    /// Scheme, host and port of the request. `null`, the origin of sandboxes, is none.
    private static boolean isOwn(Text origin, RequestHead request) {
        String host = request.host();
        return !host.isEmpty() && origin.equalsIgnoreCase(request.scheme() + "://" + host);
    }

    /// In constant time.
    private static boolean same(CharSequence token, CharSequence repeated) {
        return MessageDigest.isEqual(
                token.toString().getBytes(UTF_8), repeated.toString().getBytes(UTF_8));
    }

    @Override
    public Decision onResponse(Exchange exchange, Response response) {
        if (exchange.get(TOKEN_DUE) != null) {
            // A page reads it to repeat it, so it is no HttpOnly; `__Host-` keeps other hosts from setting it.
            response.add(SET_COOKIE, config.cookie() + "=" + tokens.get() + "; Path=/; Secure; SameSite=Lax");
        }
        return Decision.CONTINUE;
    }
}
