package dev.gatehouse.api.identity;

import dev.gatehouse.api.state.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The list of tokens and subjects that are good no more: how it is written into a [Store], and read. Whoever shares
/// the store honours it, within the seconds their authenticators remember an answer.
///
/// ```
///   revoked/jti/<jti>   any value                   this one token
///   revoked/sub/<sub>   seconds since 1970 [rest]   every token of the subject that was issued until then
/// ```
///
/// A name that is long or has characters beyond plain ASCII is written as `sha256:` and the base64url of its hash.
/// For operators who look at the list ([Note]) what is written here goes on, with a blank before each, with when it
/// ends, in seconds since 1970, and with the name.
public final class Revocation {
    /// How all keys of the list begin.
    public static final String PREFIX = "revoked/";

    private static final int LONGEST = 200;

    /// What is revoked.
    public enum Kind {
        /// One token, by its `jti`.
        TOKEN("jti/"),
        /// The tokens of a subject so far, by its `sub`.
        SUBJECT("sub/");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = PREFIX + prefix;
        }

        /// How its keys begin.
        public String prefix() {
            return prefix;
        }

        /// Under which key this one stands.
        public String key(String name) {
            return prefix + shortened(name);
        }
    }

    /// What an entry says of itself.
    ///
    /// @param moment when a token was revoked; until when a subject's tokens were issued that are void
    /// @param ends when the list forgets it; null when that is not said
    /// @param name whose it is; null when that is not said, and is the rest of the key then
    public record Note(
            Instant moment,
            @Nullable Instant ends,
            @Nullable String name) {}

    private Revocation() {}

    /// Makes one token void.
    ///
    /// @param id its `jti`
    /// @param lasts at least as long as the token would be good
    public static CompletionStage<Void> revokeToken(Store store, String id, Instant now, Duration lasts) {
        return store.put(tokenKey(id), value(id, now, now.plus(lasts)), lasts);
    }

    /// Makes every token void that was issued to a subject until a moment; those without `iat` too.
    ///
    /// @param subject its `sub`
    /// @param until now, as a rule
    /// @param lasts from then on; at least as long as such tokens would be good
    public static CompletionStage<Void> revokeSubject(Store store, String subject, Instant until, Duration lasts) {
        return store.put(subjectKey(subject), value(subject, until, until.plus(lasts)), lasts);
    }

    /// Under which key a token stands that was revoked.
    public static String tokenKey(String id) {
        return Kind.TOKEN.key(id);
    }

    /// Under which key a subject stands whose tokens were revoked.
    public static String subjectKey(String subject) {
        return Kind.SUBJECT.key(subject);
    }

    private static byte[] value(String name, Instant moment, Instant ends) {
        return (moment.getEpochSecond() + " " + ends.getEpochSecond() + " " + name).getBytes(StandardCharsets.UTF_8);
    }

    /// What stands under [#subjectKey]. A value nobody can read revokes all tokens there are.
    public static Instant moment(byte[] value) {
        return note(value).moment();
    }

    /// What stands under a key of the list; a part that nobody can read is as if it did not stand there.
    public static Note note(byte[] value) {
        String[] parts = new String(value, StandardCharsets.UTF_8).split(" ", 3);
        Instant moment = seconds(parts[0]);
        return new Note(
                moment == null ? Instant.MAX : moment,
                parts.length < 2 ? null : seconds(parts[1]),
                parts.length < 3 ? null : parts[2]);
    }

    private static @Nullable Instant seconds(String written) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(written));
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    private static String shortened(String text) {
        boolean plain = text.length() <= LONGEST
                && !text.startsWith("sha256:")
                && text.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (plain) {
            return text;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
