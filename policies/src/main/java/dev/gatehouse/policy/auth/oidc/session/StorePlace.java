package dev.gatehouse.policy.auth.oidc.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.policy.auth.cookie.OwnCookie;
import dev.gatehouse.policy.auth.cookie.Seal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// In the store: the browser has the session's id and no more. The store has it under the hash of the id,
/// sealed with the id: who reads the store learns nothing, and can be nobody.
///
/// @param name of the authentication
record StorePlace(String name, OwnCookie cookie, StateRef<Store> store) implements SessionPlace {
    private static final int ID_LENGTH = 43;

    @Override
    public CompletionStage<@Nullable Session> find(Exchange exchange) {
        String id = cookie.value(exchange);
        if (id == null || id.length() != ID_LENGTH) {
            return CompletableFuture.completedFuture(null);
        }
        return exchange.state(store).get(key(id)).thenApply(kept -> {
            byte[] open = kept == null ? null : seal(id).open(kept, name);
            return open == null ? null : SessionText.read(open);
        });
    }

    @Override
    public CompletionStage<List<String>> keep(Exchange exchange, Session session, Duration left) {
        byte[] sealed = seal(session.id()).close(SessionText.write(session), name);
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

    private static Seal seal(String id) {
        return Seal.of("session in a store", List.of(id.getBytes(UTF_8)));
    }
}
