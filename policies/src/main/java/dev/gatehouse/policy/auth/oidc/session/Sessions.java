package dev.gatehouse.policy.auth.oidc.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.cookie.OwnCookie;
import dev.gatehouse.policy.auth.cookie.Seal;
import dev.gatehouse.policy.auth.oidc.provider.ProviderTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The sessions of one authentication: begun, found again, prolonged, ended. Asked on the loop of the
/// exchange; the stages it gives complete on any thread. Fail with an [java.io.IOException] when the store
/// cannot be reached.
public final class Sessions {
    /// A session is written anew only when a tenth of its idle time is over.
    private static final int SEEN_STEPS = 10;

    private final SessionConfig config;
    private final OwnCookie cookie;
    private final StateRef<Store> store;
    private final SessionPlace place;
    private final EndedSessions ended;
    private final EndingCheck check;
    private final StateRef<OpenedSessions> opened;
    private final boolean keepsAccess;
    private final TimeSource time;

    /// @param seal for sessions that are kept in cookies
    /// @param keepsAccess whether somebody needs the access token
    public Sessions(
            SessionConfig config,
            OwnCookie cookie,
            Seal seal,
            StateRef<Store> store,
            boolean keepsAccess,
            AuthenticatorContext context) {
        this.config = config;
        this.cookie = cookie;
        this.store = store;
        this.opened = context.state("sessions/" + config.remember(), () -> new OpenedSessions(config.remember()));
        this.place = switch (config.in()) {
            case COOKIE -> new CookiePlace(cookie, seal, opened);
            case STORE -> new StorePlace(context.name(), cookie, store, opened);
        };
        this.ended = new EndedSessions(context.name(), config.lasts());
        this.check = new EndingCheck(ended, config.cache(), context.time());
        this.keepsAccess = keepsAccess;
        this.time = context.time();
    }

    /// The secrets that seal cookies.
    ///
    /// @param otherwise to derive one from when the user wrote none
    public static List<byte[]> secrets(SessionConfig config, String otherwise) {
        List<byte[]> secrets = new ArrayList<>();
        secrets.add((config.secret() == null ? otherwise : config.secret()).getBytes(UTF_8));
        config.previousSecrets().forEach(one -> secrets.add(one.getBytes(UTF_8)));
        return secrets;
    }

    /// What a session is like after a login.
    ///
    /// @param userinfo what the provider told beyond the ID token
    public Session begin(String idToken, ProviderTokens tokens, Map<String, Object> userinfo) {
        Instant now = time.now();
        return new Session(
                Secrets.fresh(),
                now,
                now,
                idToken,
                tokens.refresh(),
                keepsAccess ? tokens.access() : null,
                tokens.lasts() == null ? null : now.plusSeconds(tokens.lasts()),
                userinfo);
    }

    /// The session of the browser, if it is good still; null for none.
    public CompletionStage<@Nullable KnownSession> find(Exchange exchange) {
        Store where = exchange.state(store);
        OpenedSessions here = exchange.state(opened);
        return place.find(exchange).thenCompose(found -> {
            if (found == null || found.session().isOver(time.now(), config)) {
                return CompletableFuture.completedFuture(null);
            }
            return check.isEnded(where, here, found).thenApply(is -> is ? null : found);
        });
    }

    /// Whether it is time to write down that it was used.
    public boolean isToBeProlonged(Session session) {
        return Duration.between(session.seen(), time.now())
                        .compareTo(config.idle().dividedBy(SEEN_STEPS))
                > 0;
    }

    /// Keeps it as it is now.
    ///
    /// @return values of `Set-Cookie` for the browser
    public CompletionStage<List<String>> keep(Exchange exchange, Session session) {
        return place.keep(exchange, session, session.left(time.now(), config));
    }

    /// Ends it, for every copy of its cookie.
    public CompletionStage<Void> end(Exchange exchange, Session session) {
        OpenedSessions here = exchange.state(opened);
        return place.forget(exchange, session)
                .thenCombine(ended.end(exchange.state(store), session, time.now()), (_, _) -> null)
                .thenRun(here::ending);
    }

    /// Ends sessions because the provider says so.
    ///
    /// @param sid of one login; null for all of `subject`
    public CompletionStage<Void> endFor(Exchange exchange, @Nullable String sid, @Nullable String subject) {
        Store where = exchange.state(store);
        OpenedSessions here = exchange.state(opened);
        if (sid != null) {
            return ended.endLogin(where, sid, time.now()).thenRun(here::ending);
        }
        return subject == null
                ? CompletableFuture.completedFuture(null)
                : ended.endUser(where, subject, time.now()).thenRun(here::ending);
    }

    /// Whether the browser shows anything like a session.
    public boolean isShown(Exchange exchange) {
        return cookie.value(exchange) != null;
    }

    /// Values of `Set-Cookie` that take away what the browser shows of it.
    public List<String> taken(Exchange exchange) {
        return cookie.shown(exchange).stream()
                .map(name -> OwnCookie.take(exchange, name))
                .toList();
    }

    /// The names of the cookies in which the browser shows it.
    public Set<String> shown(Exchange exchange) {
        return cookie.shown(exchange);
    }
}
