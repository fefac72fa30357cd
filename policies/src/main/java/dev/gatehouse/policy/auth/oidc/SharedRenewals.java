package dev.gatehouse.policy.auth.oidc;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.policy.auth.oidc.Renewals.Renewal;
import dev.gatehouse.policy.auth.oidc.session.SealedSession;
import dev.gatehouse.policy.auth.oidc.session.Secrets;
import dev.gatehouse.policy.auth.oidc.session.Session;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Has one of the gateways that share a store refresh a session, and the others take what came of it: a provider that
/// gives a new refresh token each time ends the whole session when the old one comes twice. A gateway by itself has
/// [Renewals] for that, which asks here once.
///
/// ```
///   oidc/<name>/refresh/<hash of id and token>    "asking", for as long as the provider may take
///                                                 then "over", or "new" and the session, sealed, for a minute
/// ```
///
/// On the loop of the exchange.
///
/// @param name of the authentication
/// @param patience the provider has for an answer
record SharedRenewals(String name, StateRef<Store> store, Duration patience) {
    private static final Duration REMEMBERED = Duration.ofSeconds(60);

    /// What the provider's metadata and keys may take beside its answer.
    private static final Duration BESIDE = Duration.ofSeconds(15);

    private static final Duration STEP = Duration.ofMillis(50);
    private static final byte[] ASKING = "asking".getBytes(US_ASCII);
    private static final byte[] OVER = "over".getBytes(US_ASCII);
    private static final byte[] NEW = "new ".getBytes(US_ASCII);

    /// Refreshes, or waits for whoever does. [Renewal.Later] while nobody knows more, and when the store cannot be
    /// reached: rather an old token for a moment than one that is used twice.
    ///
    /// @param refresh asks the provider, on the loop of the exchange; does not fail
    CompletableFuture<Renewal> renew(
            Exchange exchange, Session session, String token, Supplier<CompletableFuture<Renewal>> refresh) {
        String key = "oidc/" + name + "/refresh/" + Secrets.hash(session.id() + token);
        return turn(exchange, key, session, refresh, steps());
    }

    private long steps() {
        return Math.max(1, patience.dividedBy(STEP));
    }

    private CompletableFuture<Renewal> turn(
            Exchange exchange, String key, Session session, Supplier<CompletableFuture<Renewal>> refresh, long left) {
        Store where = exchange.state(store);
        return exchange.onLoop(where.putIfAbsent(key, ASKING, patience.plus(BESIDE)))
                .handle((mine, failure) -> failure != null
                        ? CompletableFuture.<Renewal>completedFuture(new Renewal.Later())
                        : mine
                                ? exchange.onLoop(refresh.get()).thenCompose(renewal -> told(where, key, renewal))
                                : waited(exchange, key, session, refresh, left))
                .thenCompose(renewal -> renewal);
    }

    /// Tells the others. What cannot be told is good here all the same.
    private CompletionStage<Renewal> told(Store where, String key, Renewal renewal) {
        CompletionStage<?> telling = switch (renewal) {
            case Renewal.Renewed(Session fresh) -> where.put(key, news(fresh), REMEMBERED);
            case Renewal.Over _ -> where.put(key, OVER, REMEMBERED);
            case Renewal.Later _ -> where.remove(key);
        };
        return telling.handle((_, _) -> renewal);
    }

    private byte[] news(Session fresh) {
        byte[] sealed = SealedSession.close(fresh, name);
        byte[] news = Arrays.copyOf(NEW, NEW.length + sealed.length);
        System.arraycopy(sealed, 0, news, NEW.length, sealed.length);
        return news;
    }

    private CompletableFuture<Renewal> waited(
            Exchange exchange, String key, Session session, Supplier<CompletableFuture<Renewal>> refresh, long left) {
        return exchange.onLoop(exchange.state(store).get(key))
                .handle((value, failure) -> failure != null || left == 0
                        ? CompletableFuture.<Renewal>completedFuture(new Renewal.Later())
                        : heard(exchange, key, session, refresh, value, left))
                .thenCompose(renewal -> renewal);
    }

    /// @param value null when whoever asked came to nothing: somebody else may try
    private CompletableFuture<Renewal> heard(
            Exchange exchange,
            String key,
            Session session,
            Supplier<CompletableFuture<Renewal>> refresh,
            byte @Nullable [] value,
            long left) {
        if (value == null) {
            return turn(exchange, key, session, refresh, left - 1);
        }
        if (Arrays.equals(value, ASKING)) {
            return exchange.after(STEP).thenCompose(_ -> waited(exchange, key, session, refresh, left - 1));
        }
        if (Arrays.equals(value, OVER)) {
            return CompletableFuture.completedFuture(new Renewal.Over());
        }
        byte[] sealed = Arrays.copyOfRange(value, Math.min(NEW.length, value.length), value.length);
        Session fresh = SealedSession.open(sealed, session.id(), name);
        return CompletableFuture.completedFuture(fresh == null ? new Renewal.Later() : new Renewal.Renewed(fresh));
    }
}
