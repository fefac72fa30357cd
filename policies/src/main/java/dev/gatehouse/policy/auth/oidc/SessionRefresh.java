package dev.gatehouse.policy.auth.oidc;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.oidc.Renewals.Renewal;
import dev.gatehouse.policy.auth.oidc.provider.LoginRefused;
import dev.gatehouse.policy.auth.oidc.provider.Provider;
import dev.gatehouse.policy.auth.oidc.provider.ProviderTokens;
import dev.gatehouse.policy.auth.oidc.provider.TokenEndpoint;
import dev.gatehouse.policy.auth.oidc.session.Secrets;
import dev.gatehouse.policy.auth.oidc.session.Session;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gets new tokens for a session (OpenID Connect Core 1.0 §12), once for all requests that come at the same
/// time, and for all gateways that share the store. So the provider's no ends a session within the life of its
/// access tokens; a provider that is down ends none.
///
/// @param keepsAccess whether somebody needs the access token
record SessionRefresh(
        StateRef<Provider> provider,
        TokenEndpoint endpoint,
        StateRef<Renewals> renewals,
        SharedRenewals shared,
        boolean keepsAccess,
        TimeSource time) {
    private static final Logger LOG = LoggerFactory.getLogger(SessionRefresh.class);

    /// Does not fail.
    ///
    /// @param session with a refresh token
    CompletableFuture<Renewal> of(Exchange exchange, Session session) {
        String token = session.refresh();
        if (token == null) {
            throw new IllegalArgumentException("a session without a refresh token");
        }
        String key = Secrets.hash(session.id() + token);
        return exchange.state(renewals)
                .renew(
                        key,
                        time.nanos(),
                        () -> shared.renew(exchange, session, token, () -> ask(exchange, session, token)));
    }

    private CompletableFuture<Renewal> ask(Exchange exchange, Session session, String token) {
        Provider known = exchange.state(provider);
        return exchange.onLoop(known.metadata(exchange))
                .thenCompose(metadata -> endpoint.refresh(exchange, known, metadata, token))
                .handle((tokens, failure) -> renewal(session, tokens, failure));
    }

    private Renewal renewal(Session session, @Nullable ProviderTokens tokens, @Nullable Throwable failure) {
        if (tokens != null) {
            return isOfTheSame(session, tokens)
                    ? new Renewal.Renewed(session.refreshed(tokens, time.now(), keepsAccess))
                    : new Renewal.Over();
        }
        Throwable why = failure == null
                ? new IllegalStateException("neither tokens nor a failure")
                : LoginFailures.cause(failure);
        if (why instanceof LoginRefused refused) {
            LOG.info("a session ends: {}", refused.getMessage());
            return new Renewal.Over();
        }
        return new Renewal.Later();
    }

    /// OpenID Connect Core 1.0 §12.2: the same user, as the login said.
    private static boolean isOfTheSame(Session session, ProviderTokens tokens) {
        Object subject = session.claims().get("sub");
        return tokens.claims() == null
                || (subject != null && subject.equals(tokens.claims().text("sub")));
    }
}
