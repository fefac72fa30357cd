package dev.gatehouse.policy.auth.oidc.session;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.policy.auth.cookie.OwnCookie;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// In the store: the browser has the session's id and no more. The store has it under the hash of the id, sealed with
/// the id ([SealedSession]).
///
/// @param name of the authentication
/// @param opened the sessions that need not be opened again
record StorePlace(String name, OwnCookie cookie, StateRef<Store> store, StateRef<OpenedSessions> opened)
        implements SessionPlace {
    private static final int ID_LENGTH = 43;

    @Override
    public CompletionStage<@Nullable KnownSession> find(Exchange exchange) {
        String id = cookie.value(exchange);
        if (id == null || id.length() != ID_LENGTH) {
            return CompletableFuture.completedFuture(null);
        }
        OpenedSessions memory = exchange.state(opened);
        return exchange.state(store).get(key(id)).thenApply(kept -> kept == null ? null : read(memory, id, kept));
    }

    private @Nullable KnownSession read(OpenedSessions memory, String id, byte[] kept) {
        // With the id: what somebody else's id sealed is not opened by this one, however it came under its key.
        String hash = Secrets.hash(id, kept);
        KnownSession known = memory.find(hash, this);
        if (known != null) {
            return known;
        }
        byte[] open = SealedSession.octets(kept, id, name);
        Session session = open == null ? null : SessionText.read(open);
        return open == null || session == null ? null : memory.remember(hash, this, open, session);
    }

    @Override
    public CompletionStage<List<String>> keep(Exchange exchange, Session session, Duration left) {
        byte[] sealed = SealedSession.close(session, name);
        List<String> given = List.of(cookie.give(exchange, session.id(), left));
        Duration lasts = left.isPositive() ? left : Duration.ofMillis(1);
        return exchange.state(store).put(key(session.id()), sealed, lasts).thenApply(_ -> given);
    }

    @Override
    public CompletionStage<Void> forget(Exchange exchange, Session session) {
        return exchange.state(store).remove(key(session.id())).thenApply(_ -> null);
    }

    private String key(String id) {
        return "oidc/" + name + "/session/" + Secrets.hash(id);
    }
}
