package dev.gatehouse.app.admin;

import dev.gatehouse.api.identity.Revocation.Kind;
import dev.gatehouse.engine.consumer.RevocationDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an operator wants revoked, read from the body of a request.
///
/// @param id the `jti` or the `sub`: no secret, and fit for a log
/// @param lasts how long it is kept
/// @param store the one to write into; null for all that are asked
record RevocationWish(
        Kind kind, String id, Duration lasts, @Nullable String store) {
    /// Of what does not say for how long it would be good.
    private static final Duration USUAL = Duration.ofHours(24);

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3650);

    /// An authenticator may forgive clocks so much, and clocks differ.
    private static final Duration AFTER_EXP = Duration.ofMinutes(10);

    private static final int MOST_CHARACTERS = 1000;

    /// @throws IllegalArgumentException when it makes no sense, with a sentence that repeats no token
    static RevocationWish of(String body, Instant now) {
        JsonMembers wanted = JsonMembers.of(body, "jti", "sub", "token", "for", "store");
        String jti = wanted.secret("jti");
        String sub = wanted.secret("sub");
        String token = wanted.secret("token");
        if (Stream.of(jti == null, sub == null, token == null)
                        .filter(missing -> !missing)
                        .count()
                != 1) {
            throw new IllegalArgumentException("Say what is revoked by one of: jti, sub, token.");
        }
        if (token != null) {
            return ofToken(token, wanted, now);
        }
        Duration lasts = wanted.time("for", USUAL);
        if (lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("for: '" + wanted.text("for") + "' (expected: 1s to 3650d)");
        }
        return jti == null
                ? new RevocationWish(Kind.SUBJECT, name("sub", sub), lasts, wanted.text("store"))
                : new RevocationWish(Kind.TOKEN, name("jti", jti), lasts, wanted.text("store"));
    }

    private static RevocationWish ofToken(String text, JsonMembers wanted, Instant now) {
        if (wanted.text("for") != null) {
            throw new IllegalArgumentException("for: the token says itself when it expires; send its jti to say so");
        }
        UnverifiedToken token = UnverifiedToken.of(text);
        Instant expires = token.expires();
        if (expires != null && expires.plus(AFTER_EXP).isBefore(now)) {
            throw new IllegalArgumentException("token: it expired " + expires + ", so nobody takes it any more");
        }
        Duration lasts = expires == null ? RevocationDesk.FOREVER : Duration.between(now, expires.plus(AFTER_EXP));
        Duration kept = lasts.compareTo(RevocationDesk.FOREVER) > 0 ? RevocationDesk.FOREVER : lasts;
        return new RevocationWish(
                Kind.TOKEN,
                name("jti", token.id()),
                kept.compareTo(SHORTEST) < 0 ? SHORTEST : kept,
                wanted.text("store"));
    }

    /// @throws IllegalArgumentException for what is none
    static String name(String key, @Nullable String id) {
        if (id == null || id.isEmpty()) {
            throw new IllegalArgumentException("'" + key + "' is missing");
        }
        if (UnverifiedToken.isLike(id)) {
            throw new IllegalArgumentException(
                    key + ": this looks like a whole token, which is a secret (expected: its " + key
                            + "; or send it as token)");
        }
        if (id.length() > MOST_CHARACTERS || id.codePoints().anyMatch(RevocationWish::isInvisible)) {
            throw new IllegalArgumentException(
                    key + ": up to " + MOST_CHARACTERS + " characters are expected, and none that cannot be seen");
        }
        return id;
    }

    /// It would forge a line of the log, or have two names look the same.
    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
