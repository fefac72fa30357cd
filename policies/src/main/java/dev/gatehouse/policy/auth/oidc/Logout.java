package dev.gatehouse.policy.auth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.policy.auth.oidc.provider.LoginRefused;
import dev.gatehouse.policy.auth.oidc.provider.Provider;
import dev.gatehouse.policy.auth.oidc.provider.ProviderMetadata;
import dev.gatehouse.policy.auth.oidc.provider.ProviderTokenCheck;
import dev.gatehouse.policy.auth.oidc.session.Session;
import dev.gatehouse.policy.auth.oidc.session.Sessions;
import dev.gatehouse.policy.auth.token.TokenClaims;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends sessions: because people leave here (OpenID Connect RP-Initiated Logout 1.0), or because the provider
/// tells that they left elsewhere (Back-Channel Logout 1.0). On the loop of the exchange.
///
/// @param client the `client_id`
record Logout(
        String client, OwnAddress address, StateRef<Provider> provider, ProviderTokenCheck check, Sessions sessions) {
    private static final Logger LOG = LoggerFactory.getLogger(Logout.class);

    /// Octets of what a provider posts.
    private static final int LIMIT = 64 << 10;

    // ── people leave

    /// Ends the session, and sends the browser to the provider to leave there too. A provider that cannot be
    /// asked does not keep anybody in.
    Authentication leave(Exchange exchange) {
        String method = exchange.request().method();
        if (!method.equals("GET") && !method.equals("POST")) {
            return new Authentication.Refused(
                    new Failure(FailureKind.METHOD_NOT_ALLOWED, "People log out with GET or POST."));
        }
        if (Browser.isSentByOthers(exchange)) {
            return new Authentication.Refused(
                    new Failure(FailureKind.FORBIDDEN, "Only pages of this site may log you out."));
        }
        CompletableFuture<Authentication> end = exchange.onLoop(sessions.find(exchange))
                .thenCompose(known -> known == null
                        ? CompletableFuture.completedFuture(null)
                        : exchange.onLoop(sessions.end(exchange, known.session()))
                                .thenApply(_ -> known.session()))
                .thenCompose(session -> exchange.onLoop(exchange.state(provider).metadata(exchange))
                        .handle((metadata, _) -> left(exchange, metadata, session)));
        return end.state() == CompletableFuture.State.SUCCESS ? end.resultNow() : new Authentication.Awaited(end);
    }

    /// @param metadata null when the provider cannot be asked
    /// @param session null when nobody was logged in
    private Authentication left(Exchange exchange, @Nullable ProviderMetadata metadata, @Nullable Session session) {
        List<String> cookies = sessions.taken(exchange);
        if (metadata == null || metadata.endSession() == null) {
            return new Authentication.Answered(Browser.redirect(exchange, address.afterLogout(), cookies));
        }
        Map<String, String> query = new LinkedHashMap<>();
        if (session != null) {
            query.put("id_token_hint", session.idToken());
        }
        query.put("client_id", client);
        query.put("post_logout_redirect_uri", address.url(exchange, address.afterLogout()));
        return new Authentication.Answered(
                Browser.redirect(exchange, Login.with(metadata.endSession().toString(), query), cookies));
    }

    // ── the provider tells

    /// Ends the sessions that the provider says are over.
    Authentication hear(Exchange exchange) {
        if (!exchange.request().method().equals("POST")) {
            return new Authentication.Refused(
                    new Failure(FailureKind.METHOD_NOT_ALLOWED, "The identity provider tells of logouts with POST."));
        }
        return new Authentication.Awaited(exchange.onLoop(exchange.requestBody().collect(LIMIT))
                .thenCompose(body -> heard(exchange, body))
                .exceptionally(failure -> {
                    if (LoginFailures.cause(failure) instanceof LoginRefused refused) {
                        LOG.warn("a back-channel logout was refused: {}", refused.getMessage());
                        return said(400, "{\"error\":\"invalid_request\"}");
                    }
                    return LoginFailures.of(failure);
                }));
    }

    private CompletableFuture<Authentication> heard(Exchange exchange, byte[] body) {
        Parameters form = Parameters.read(new String(body, UTF_8));
        String token = form == null ? null : form.get("logout_token");
        if (token == null) {
            return CompletableFuture.failedFuture(new LoginRefused("there is no logout_token"));
        }
        Provider known = exchange.state(provider);
        return exchange.onLoop(known.metadata(exchange))
                .thenCompose(metadata -> exchange.onLoop(check.logoutToken(exchange, known, metadata, token)))
                .thenCompose(claims -> ended(exchange, claims));
    }

    private CompletableFuture<Authentication> ended(Exchange exchange, TokenClaims claims) {
        return exchange.onLoop(sessions.endFor(exchange, claims.text("sid"), claims.text("sub")))
                .thenApply(_ -> said(200, ""));
    }

    private static Authentication said(int status, String json) {
        Response response = Response.of(status, Body.of(json)).set(HeaderName.CACHE_CONTROL, "no-store");
        return new Authentication.Answered(
                json.isEmpty() ? response : response.set(HeaderName.CONTENT_TYPE, "application/json"));
    }
}
