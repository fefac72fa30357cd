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
///   oidc/<name>/ended/mark         another text after each of these was written
/// ```
///
/// As long as the mark is the same as when a session was last looked up, nothing ended since: so a request asks for
/// the mark and the revoked subject, and only after an ending, or for a session nobody knows yet, for the other three.
/// They are asked for when the mark was read, never before or with it: an ending between would be missed.
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
        byte[] moment = Long.toString(now.toEpochMilli()).getBytes(US_ASCII);
        byte[] mark = Secrets.fresh().getBytes(US_ASCII);
        return store.put(key(kind, whose), moment, lasts).thenCompose(_ -> store.put(mark(), mark, lasts));
    }

    /// The mark, and whether the session's subject was revoked since it began.
    record Glance(@Nullable String mark, boolean revoked) {}

    /// What every request asks. Fails with an [java.io.IOException] when the store cannot be reached.
    CompletionStage<Glance> glance(Store store, KnownSession known) {
        CompletionStage<@Nullable String> mark = store.get(mark())
                .thenApply((byte @Nullable [] value) -> value == null ? null : new String(value, US_ASCII));
        if (!(known.claims().get("sub") instanceof String sub)) {
            return mark.thenApply(text -> new Glance(text, false));
        }
        Instant began = Instant.ofEpochSecond(known.session().began().getEpochSecond());
        CompletableFuture<Boolean> revoked =
                asked(store, Revocation.subjectKey(sub), until -> !began.isAfter(Revocation.moment(until)));
        return mark.thenCombine(revoked, (text, is) -> new Glance(text, is));
    }

    /// Whether it ended. Fails with an [java.io.IOException] when the store cannot be reached.
    CompletionStage<Boolean> has(Store store, KnownSession known) {
        Session session = known.session();
        Map<String, Object> claims = known.claims();
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        answers.add(asked(store, key("id", session.id()), _ -> true));
        if (claims.get("sid") instanceof String sid) {
            answers.add(asked(store, key("sid", sid), _ -> true));
        }
        if (claims.get("sub") instanceof String sub) {
            answers.add(asked(store, key("sub", sub), until -> !session.began().isAfter(millis(until))));
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

    private String mark() {
        return "oidc/" + name + "/ended/mark";
    }

    private String key(String kind, String whose) {
        return "oidc/" + name + "/ended/" + kind + "/" + Secrets.hash(whose);
    }
}
