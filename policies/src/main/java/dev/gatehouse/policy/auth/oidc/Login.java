package dev.gatehouse.policy.auth.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.cookie.OwnCookie;
import dev.gatehouse.policy.auth.cookie.Seal;
import dev.gatehouse.policy.auth.oidc.OidcConfig.ResponseMode;
import dev.gatehouse.policy.auth.oidc.provider.Provider;
import dev.gatehouse.policy.auth.oidc.provider.ProviderMetadata;
import dev.gatehouse.policy.auth.oidc.provider.ProviderTokens;
import dev.gatehouse.policy.auth.oidc.provider.TokenEndpoint;
import dev.gatehouse.policy.auth.oidc.session.Secrets;
import dev.gatehouse.policy.auth.oidc.session.Sessions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Logs people in: sends their browser to the provider, and takes it back with a code (OpenID Connect Core
/// 1.0 §3.1).
///
/// ```
///   browser            gateway                                    provider
///     │ GET /admin ──────▶│ state, nonce, verifier: sealed cookie
///     │◀─ 302, cookie ────│
///     │── log in ────────────────────────────────────────────────────▶│
///     │◀─ 302 callback?code&state ─────────────────────────────────────│
///     │── callback ──────▶│ the cookie's state? used for the first time?
///     │                   │── code, verifier ──────────────────────────▶│
///     │                   │◀─ ID token: signature, issuer, audience, nonce
///     │◀─ 302 /admin, session ──│
/// ```
///
/// On the loop of the exchange; what follows a wait too.
final class Login {
    /// Tabs that may log in at the same time; an older login gives way to the next.
    private static final int MOST_AT_ONCE = 5;

    /// Octets of what a browser posts.
    private static final int LIMIT = 64 << 10;

    private final OidcConfig config;
    private final OwnAddress address;
    private final StateRef<Provider> provider;
    private final TokenEndpoint endpoint;
    private final Sessions sessions;
    private final OwnCookie cookie;
    private final Seal seal;
    private final StateRef<Store> store;
    private final String used;
    private final TimeSource time;

    /// @param cookie under which logins that are under way are kept
    /// @param name of the authentication
    Login(
            OidcConfig config,
            OwnAddress address,
            StateRef<Provider> provider,
            TokenEndpoint endpoint,
            Sessions sessions,
            OwnCookie cookie,
            Seal seal,
            StateRef<Store> store,
            String name,
            TimeSource time) {
        this.config = config;
        this.address = address;
        this.provider = provider;
        this.endpoint = endpoint;
        this.sessions = sessions;
        this.cookie = cookie;
        this.seal = seal;
        this.store = store;
        this.used = "oidc/" + name + "/used/";
        this.time = time;
    }

    // ── to the provider

    /// Sends the browser to log in.
    Authentication begin(Exchange exchange) {
        if (isPosted() && !exchange.request().scheme().equals("https")) {
            return LoginFailures.notOverHttp();
        }
        CompletableFuture<ProviderMetadata> metadata = exchange.state(provider).metadata(exchange);
        return metadata.state() == CompletableFuture.State.SUCCESS
                ? begin(exchange, metadata.resultNow())
                : new Authentication.Awaited(exchange.onLoop(metadata)
                        .handle((known, failure) ->
                                known == null ? LoginFailures.of(failure) : begin(exchange, known)));
    }

    private Authentication begin(Exchange exchange, ProviderMetadata metadata) {
        PendingLogin login = PendingLogin.begin(OwnAddress.wanted(exchange), time.now());
        Map<String, String> query = new LinkedHashMap<>(config.parameters());
        query.put("response_type", "code");
        if (isPosted()) {
            query.put("response_mode", "form_post");
        }
        query.put("client_id", config.clientId());
        query.put("redirect_uri", address.url(exchange, address.callback()));
        query.put("scope", String.join(" ", config.scopes()));
        query.put("state", login.state());
        query.put("nonce", login.nonce());
        query.put("code_challenge", login.challenge());
        query.put("code_challenge_method", "S256");
        List<String> cookies = new ArrayList<>(sessions.taken(exchange));
        Set<String> others = cookie.shown(exchange);
        if (others.size() >= MOST_AT_ONCE) {
            others.forEach(name -> cookies.add(OwnCookie.take(exchange, name)));
        }
        OwnCookie own = cookie(login.state());
        String sealed = Secrets.text(seal.close(login.write(), own.name()));
        cookies.add(own.give(exchange, sealed, PendingLogin.PATIENCE));
        return new Authentication.Answered(
                Browser.redirect(exchange, with(metadata.authorization().toString(), query), cookies));
    }

    private OwnCookie cookie(String state) {
        String part = PendingLogin.cookieOf(state);
        return cookie.part(part == null ? "x" : part);
    }

    static String with(String url, Map<String, String> query) {
        return url + (url.indexOf('?') < 0 ? "?" : "&") + TokenEndpoint.form(query);
    }

    // ── back from the provider

    /// Takes the browser back.
    Authentication finish(Exchange exchange) {
        String method = isPosted() ? "POST" : "GET";
        if (!exchange.request().method().equals(method)) {
            return new Authentication.Refused(new Failure(
                    FailureKind.METHOD_NOT_ALLOWED, "Browsers come back from this login with " + method + "."));
        }
        if (!isPosted()) {
            return finish(exchange, Parameters.read(exchange.request().query()));
        }
        return new Authentication.Awaited(exchange.onLoop(exchange.requestBody().collect(LIMIT))
                .thenCompose(form -> switch (finish(exchange, Parameters.read(new String(form, UTF_8)))) {
                    case Authentication.Awaited(var stage) -> stage.<Authentication>thenApply(said -> said);
                    case Authentication said -> CompletableFuture.completedFuture(said);
                }));
    }

    /// OAuth 2.0 Form Post Response Mode 1.0.
    private boolean isPosted() {
        return config.responseMode() == ResponseMode.FORM_POST;
    }

    /// @param query of a GET, or the form of a POST
    private Authentication finish(Exchange exchange, @Nullable Parameters query) {
        String state = query == null ? null : query.get("state");
        if (query == null || state == null) {
            return LoginFailures.notOurs("no state, or a query that cannot be read");
        }
        PendingLogin login = pending(exchange, state);
        if (login == null) {
            return LoginFailures.notOurs("no cookie of this login: begun elsewhere, tampered with, or too long ago");
        }
        Store where = exchange.state(store);
        // Before anything else, so that a code, and the cookie with it, is good for one try.
        CompletableFuture<Authentication> end = exchange.onLoop(
                        where.putIfAbsent(used + Secrets.hash(state), "1".getBytes(US_ASCII), PendingLogin.PATIENCE))
                .thenCompose(first -> first
                        ? answered(exchange, query, login)
                        : CompletableFuture.completedFuture(LoginFailures.notOurs("this login was used before")))
                .exceptionally(LoginFailures::of);
        return end.state() == CompletableFuture.State.SUCCESS ? end.resultNow() : new Authentication.Awaited(end);
    }

    private @Nullable PendingLogin pending(Exchange exchange, String state) {
        if (PendingLogin.cookieOf(state) == null) {
            return null;
        }
        OwnCookie own = cookie(state);
        String value = own.value(exchange);
        byte[] sealed = value == null ? null : Secrets.octets(value);
        byte[] open = sealed == null ? null : seal.open(sealed, own.name());
        PendingLogin login = open == null ? null : PendingLogin.read(open);
        return login != null && login.hasState(state) && !login.isOver(time.now()) ? login : null;
    }

    private CompletableFuture<Authentication> answered(Exchange exchange, Parameters query, PendingLogin login) {
        return exchange.onLoop(exchange.state(provider).metadata(exchange)).thenCompose(metadata -> {
            String issuer = query.get("iss");
            if (issuer == null ? metadata.namesItself() : !issuer.equals(metadata.issuer())) {
                return CompletableFuture.completedFuture(
                        LoginFailures.notOurs("the answer is of another provider (iss, RFC 9207)"));
            }
            String error = query.get("error");
            if (error != null) {
                return CompletableFuture.completedFuture(refusal(error));
            }
            String code = query.get("code");
            return code == null
                    ? CompletableFuture.completedFuture(LoginFailures.notOurs("no code"))
                    : redeemed(exchange, metadata, code, login);
        });
    }

    /// What the provider says in place of a code (RFC 6749 §4.1.2.1).
    private static Authentication refusal(String error) {
        return switch (error) {
            case "temporarily_unavailable", "server_error" -> LoginFailures.notNow("the provider says " + error);
            default ->
                LoginFailures.denied("the provider says " + (error.matches("[A-Za-z0-9_.-]{1,64}") ? error : "no"));
        };
    }

    private CompletableFuture<Authentication> redeemed(
            Exchange exchange, ProviderMetadata metadata, String code, PendingLogin login) {
        Provider known = exchange.state(provider);
        String redirect = address.url(exchange, address.callback());
        return exchange.onLoop(
                        endpoint.redeem(exchange, known, metadata, code, login.verifier(), redirect, login.nonce()))
                .thenCompose(tokens -> exchange.onLoop(userinfo(exchange, metadata, tokens))
                        .thenCompose(userinfo -> begun(exchange, tokens, userinfo, login)));
    }

    private CompletableFuture<Map<String, Object>> userinfo(
            Exchange exchange, ProviderMetadata metadata, ProviderTokens tokens) {
        String subject = tokens.claims() == null ? null : tokens.claims().text("sub");
        return config.userinfo() && metadata.userinfo() != null && subject != null
                ? endpoint.userinfo(
                        exchange, exchange.state(provider), metadata, metadata.userinfo(), tokens.access(), subject)
                : CompletableFuture.completedFuture(Map.of());
    }

    private CompletableFuture<Authentication> begun(
            Exchange exchange, ProviderTokens tokens, Map<String, Object> userinfo, PendingLogin login) {
        String idToken = tokens.idToken() == null ? "" : tokens.idToken();
        return exchange.onLoop(sessions.keep(exchange, sessions.begin(idToken, tokens, userinfo)))
                .thenApply(given -> {
                    List<String> cookies = new ArrayList<>(given);
                    cookies.add(OwnCookie.take(exchange, cookie(login.state()).name(exchange)));
                    return new Authentication.Answered(Browser.redirect(exchange, login.wanted(), cookies));
                });
    }
}
