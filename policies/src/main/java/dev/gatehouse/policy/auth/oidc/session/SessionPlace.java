package dev.gatehouse.policy.auth.oidc.session;

import dev.gatehouse.api.Exchange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Where sessions are kept. Asked on the loop of the exchange.
sealed interface SessionPlace permits CookiePlace, StorePlace {
    /// The session of the browser; null when it shows none, or one nobody can open. Whether it is over is not
    /// looked at.
    CompletionStage<@Nullable KnownSession> find(Exchange exchange);

    /// Keeps it.
    ///
    /// @param left how long it lasts when nobody comes any more
    /// @return values of `Set-Cookie` that the browser has to be told
    /// @throws IllegalStateException when it is too large to be kept here, with a sentence for operators
    CompletionStage<List<String>> keep(Exchange exchange, Session session, Duration left);

    /// Forgets it.
    CompletionStage<Void> forget(Exchange exchange, Session session);
}
