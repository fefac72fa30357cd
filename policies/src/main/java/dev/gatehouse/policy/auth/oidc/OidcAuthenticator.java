package dev.gatehouse.policy.auth.oidc;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.CredentialCarrier;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.cookie.OwnCookie;
import dev.gatehouse.policy.auth.oidc.OidcConfig.Forward;
import dev.gatehouse.policy.auth.oidc.Renewals.Renewal;
import dev.gatehouse.policy.auth.oidc.session.KnownSession;
import dev.gatehouse.policy.auth.oidc.session.Session;
import dev.gatehouse.policy.auth.oidc.session.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Identifies people by the session of their browser, and has those without one log in.
///
/// ```
///   session ─► over? ended? ─► tokens run out: refreshed ─► identity      (over, ended: as if there was none)
///   none    ─► somebody looks at a page: to the provider ─► callback ─► session
///              else: 401
/// ```
final class OidcAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(OidcAuthenticator.class);
    private static final HeaderName AUTHORIZATION = HeaderName.of("Authorization");

    /// Tokens are refreshed so many seconds before they run out.
    private static final long AHEAD = 30;

    private final OwnAddress address;
    private final Login login;
    private final Logout logout;
    private final Sessions sessions;
    private final OwnCookie logins;
    private final SessionIdentity identities;
    private final SessionRefresh refresh;
    private final Forward forward;
    private final TimeSource time;

    /// Cookies the browser has to be told once the answer comes. Of this authenticator: others have their own.
    private final Attribute<List<String>> renewed = Attribute.of("renewed session");

    /// @param logins under which logins that are under way are kept
    OidcAuthenticator(
            OwnAddress address,
            Login login,
            Logout logout,
            Sessions sessions,
            OwnCookie logins,
            SessionIdentity identities,
            SessionRefresh refresh,
            Forward forward,
            TimeSource time) {
        this.address = address;
        this.login = login;
        this.logout = logout;
        this.sessions = sessions;
        this.logins = logins;
        this.identities = identities;
        this.refresh = refresh;
        this.forward = forward;
        this.time = time;
    }

    @Override
    public List<String> paths() {
        return List.of(address.callback(), address.logout(), address.backchannel());
    }

    @Override
    public Authentication authenticate(Exchange exchange) {
        String path = exchange.request().path();
        if (path.equals(address.callback())) {
            return login.finish(exchange);
        }
        if (path.equals(address.logout())) {
            return logout.leave(exchange);
        }
        if (path.equals(address.backchannel())) {
            return logout.hear(exchange);
        }
        carriers(exchange).forEach(carrier -> carrier.removeFrom(exchange));
        if (!sessions.isShown(exchange)) {
            return Authentication.ABSENT;
        }
        CompletableFuture<Authentication> said =
                exchange.onLoop(sessions.find(exchange)).thenCompose(session -> judged(exchange, session));
        return said.state() == CompletableFuture.State.SUCCESS ? said.resultNow() : new Authentication.Awaited(said);
    }

    @Override
    public List<CredentialCarrier> carriers(Exchange exchange) {
        return Stream.concat(sessions.shown(exchange).stream(), logins.shown(exchange).stream())
                .<CredentialCarrier>map(CredentialCarrier.Cookie::new)
                .toList();
    }

    @Override
    public boolean isOwn() {
        return true;
    }

    private CompletableFuture<Authentication> judged(Exchange exchange, @Nullable KnownSession known) {
        if (known == null) {
            exchange.note("the session is over, or none of ours");
            return CompletableFuture.completedFuture(Authentication.ABSENT);
        }
        Session session = known.session();
        Instant expires = session.accessExpires();
        if (expires == null || time.now().plusSeconds(AHEAD).isBefore(expires)) {
            return used(exchange, known);
        }
        if (session.refresh() == null) {
            return forward == Forward.ACCESS_TOKEN && !time.now().isBefore(expires)
                    ? over(exchange, session)
                    : used(exchange, known);
        }
        return exchange.onLoop(refresh.of(exchange, session)).thenCompose(renewal -> switch (renewal) {
            case Renewal.Renewed(Session fresh) -> kept(exchange, fresh);
            case Renewal.Over _ -> over(exchange, session);
            case Renewal.Later _ ->
                forward == Forward.ACCESS_TOKEN && !time.now().isBefore(expires)
                        ? CompletableFuture.completedFuture(
                                LoginFailures.notNow("the access token ran out and cannot be refreshed"))
                        : used(exchange, known);
        });
    }

    private CompletableFuture<Authentication> over(Exchange exchange, Session session) {
        exchange.note("the provider ended the session");
        return exchange.onLoop(sessions.end(exchange, session)).thenApply(_ -> Authentication.ABSENT);
    }

    private CompletableFuture<Authentication> used(Exchange exchange, KnownSession known) {
        return sessions.isToBeProlonged(known.session())
                ? kept(exchange, known.session().seenAt(time.now()))
                : CompletableFuture.completedFuture(identified(exchange, known));
    }

    private CompletableFuture<Authentication> kept(Exchange exchange, Session session) {
        KnownSession known = new KnownSession(session);
        try {
            return exchange.onLoop(sessions.keep(exchange, session)).thenApply(cookies -> {
                exchange.set(renewed, cookies);
                return identified(exchange, known);
            });
        } catch (IllegalStateException e) {
            LOG.error("a session could not be kept: {}", e.getMessage());
            return CompletableFuture.completedFuture(identified(exchange, known));
        }
    }

    private Authentication identified(Exchange exchange, KnownSession known) {
        exchange.set(Identity.AMBIENT, true);
        String token = switch (forward) {
            case NOTHING -> null;
            case ACCESS_TOKEN -> known.session().access();
            case ID_TOKEN -> known.session().idToken();
        };
        if (token != null) {
            exchange.setRequestHeader(AUTHORIZATION, "Bearer " + token);
        }
        return new Authentication.Identified(identities.of(known));
    }

    @Override
    public Authentication invitation(Exchange exchange) {
        return Browser.navigates(exchange) ? login.begin(exchange) : Authentication.ABSENT;
    }

    @Override
    public void onResponse(Exchange exchange, Response response) {
        List<String> cookies = exchange.get(renewed);
        if (cookies != null) {
            cookies.forEach(cookie -> response.add(Browser.SET_COOKIE, cookie));
            if (isShared(response)) {
                // RFC 9111 §7.3: a field that sets a cookie does not keep caches from giving it to others.
                response.set(HeaderName.CACHE_CONTROL, "private, no-cache");
            }
        }
    }

    private static boolean isShared(Response response) {
        for (Text value : response.headers(HeaderName.CACHE_CONTROL)) {
            String text = value.toString().toLowerCase(Locale.ROOT);
            if (text.contains("public") || text.contains("s-maxage")) {
                return true;
            }
        }
        return false;
    }
}
