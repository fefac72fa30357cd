package dev.gatehouse.policy.auth.revocation;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.Revocation;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.revocation.RevocationWatch.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Asks the store whether a token was revoked, at most once in [RevocationConfig#cache] for a token that is
/// remembered. Used by all loops.
public final class RevocationCheck {
    /// While one asks anew, the others go by what was last heard; no longer than that.
    private static final long WHILE_ASKING = Duration.ofSeconds(1).toNanos();

    private final StateRef<Store> store;
    private final long cache;
    private final boolean open;
    private final TimeSource time;

    /// @throws IllegalArgumentException when there is no such store
    public RevocationCheck(RevocationConfig config, AuthenticatorContext context) {
        try {
            this.store = context.revocations(config.store());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("revocation: " + e.getMessage(), e);
        }
        this.cache = config.cache().toNanos();
        this.open = config.onStoreDown() == RevocationConfig.WhenDown.OPEN;
        this.time = context.time();
    }

    /// Null for no settings: nothing is revoked.
    public static @Nullable RevocationCheck of(@Nullable RevocationConfig config, AuthenticatorContext context) {
        return config == null ? null : new RevocationCheck(config, context);
    }

    /// The store, as this exchange may use it: had on its loop, used on any.
    public Store store(Exchange exchange) {
        return exchange.state(store);
    }

    /// What is known without asking; null when the store has to be asked.
    public @Nullable Boolean known(RevocationWatch watch) {
        Answer last = watch.last();
        if (last == null) {
            return null;
        }
        long now = time.nanos();
        if (now - last.until() < 0) {
            return last.revoked();
        }
        watch.heard(new Answer(last.revoked(), now + WHILE_ASKING));
        return null;
    }

    /// Asks. Fails with an [IOException] when the store cannot be reached, unless that is to be taken for a no.
    public CompletionStage<Boolean> ask(Store from, RevocationWatch watch) {
        String token = watch.token();
        String subject = watch.subject();
        CompletionStage<byte @Nullable []> ofToken =
                token == null ? CompletableFuture.completedFuture(null) : from.get(Revocation.tokenKey(token));
        CompletionStage<byte @Nullable []> ofSubject =
                subject == null ? CompletableFuture.completedFuture(null) : from.get(Revocation.subjectKey(subject));
        return ofToken.thenCombine(
                        ofSubject,
                        (byId, bySubject) -> byId != null
                                || (bySubject != null && watch.isIssuedUntil(Revocation.moment(bySubject))))
                .handle((revoked, failure) -> heard(watch, revoked, failure));
    }

    private Boolean heard(RevocationWatch watch, @Nullable Boolean revoked, @Nullable Throwable failure) {
        if (failure == null || open) {
            boolean is = revoked != null && revoked;
            watch.heard(new Answer(is, time.nanos() + cache));
            return is;
        }
        watch.heard(null);
        Throwable why = failure instanceof CompletionException e && e.getCause() != null ? e.getCause() : failure;
        throw new CompletionException(
                why instanceof IOException e ? e : new IOException("the list of revoked tokens", why));
    }
}
