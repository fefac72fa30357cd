package dev.gatehouse.policy.auth.oidc.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.identity.Revocation;
import dev.gatehouse.api.state.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The list of sessions that ended before their time: by logout here, or because the provider said so.
/// Whoever shares the store honours it at once; so it does the list of revoked subjects ([Revocation]).
///
/// ```
///   oidc/<name>/ended/id/<hash>    one session of ours
///   oidc/<name>/ended/sid/<hash>   all that came of one login at the provider
///   oidc/<name>/ended/sub/<hash>   all of a user that began until then: milliseconds since 1970
/// ```
///
/// @param name of the authentication
/// @param lasts at least as long as a session may
public record EndedSessions(String name, Duration lasts) {
    /// This one, by logout.
    public CompletionStage<Void> end(Store store, Session session, Instant now) {
        return put(store, "id", session.id(), now);
    }

    /// All of one login at the provider.
    public CompletionStage<Void> endLogin(Store store, String sid, Instant now) {
        return put(store, "sid", sid, now);
    }

    /// All of a user so far.
    public CompletionStage<Void> endUser(Store store, String subject, Instant now) {
        return put(store, "sub", subject, now);
    }

    private CompletionStage<Void> put(Store store, String kind, String whose, Instant now) {
        return store.put(key(kind, whose), Long.toString(now.toEpochMilli()).getBytes(US_ASCII), lasts);
    }

    /// Whether it ended. Fails with an [java.io.IOException] when the store cannot be reached.
    CompletionStage<Boolean> has(Store store, Session session) {
        Map<String, Object> claims = session.claims();
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        answers.add(asked(store, key("id", session.id()), _ -> true));
        if (claims.get("sid") instanceof String sid) {
            answers.add(asked(store, key("sid", sid), _ -> true));
        }
        if (claims.get("sub") instanceof String sub) {
            answers.add(asked(store, key("sub", sub), until -> !session.began().isAfter(millis(until))));
            Instant began = Instant.ofEpochSecond(session.began().getEpochSecond());
            answers.add(asked(store, Revocation.subjectKey(sub), until -> !began.isAfter(Revocation.moment(until))));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(_ -> answers.stream().anyMatch(CompletableFuture::resultNow));
    }

    private interface Says {
        boolean ended(byte[] value);
    }

    private static CompletableFuture<Boolean> asked(Store store, String key, Says says) {
        return store.get(key)
                .thenApply((byte @Nullable [] value) -> value != null && says.ended(value))
                .toCompletableFuture();
    }

    /// A value nobody can read ends all sessions there are.
    private static Instant millis(byte[] value) {
        try {
            return Instant.ofEpochMilli(Long.parseLong(new String(value, US_ASCII)));
        } catch (NumberFormatException e) {
            return Instant.MAX;
        }
    }

    private String key(String kind, String whose) {
        return "oidc/" + name + "/ended/" + kind + "/" + Secrets.hash(whose);
    }
}
