package dev.gatehouse.api.identity;

import dev.gatehouse.api.state.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CompletionStage;

/// The list of tokens and subjects that are good no more: how it is written into a [Store], and read. Whoever shares
/// the store honours it, within the seconds their authenticators remember an answer.
///
/// ```
///   revoked/jti/<jti>   any value             this one token
///   revoked/sub/<sub>   seconds since 1970    every token of the subject that was issued until then
/// ```
///
/// A name that is long or has characters beyond plain ASCII is written as `sha256:` and the base64url of its hash.
public final class Revocation {
    /// How all keys of the list begin.
    public static final String PREFIX = "revoked/";

    private static final String OF_TOKENS = PREFIX + "jti/";
    private static final String OF_SUBJECTS = PREFIX + "sub/";
    private static final int LONGEST = 200;

    private Revocation() {}

    /// Makes one token void.
    ///
    /// @param id its `jti`
    /// @param lasts at least as long as the token would be good
    public static CompletionStage<Void> revokeToken(Store store, String id, Instant now, Duration lasts) {
        return store.put(tokenKey(id), value(now), lasts);
    }

    /// Makes every token void that was issued to a subject until a moment; those without `iat` too.
    ///
    /// @param subject its `sub`
    /// @param lasts at least as long as such tokens would be good
    public static CompletionStage<Void> revokeSubject(Store store, String subject, Instant until, Duration lasts) {
        return store.put(subjectKey(subject), value(until), lasts);
    }

    /// Under which key a token stands that was revoked.
    public static String tokenKey(String id) {
        return OF_TOKENS + name(id);
    }

    /// Under which key a subject stands whose tokens were revoked.
    public static String subjectKey(String subject) {
        return OF_SUBJECTS + name(subject);
    }

    private static byte[] value(Instant moment) {
        return Long.toString(moment.getEpochSecond()).getBytes(StandardCharsets.US_ASCII);
    }

    /// What stands under [#subjectKey]. A value nobody can read revokes all tokens there are.
    public static Instant moment(byte[] value) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(new String(value, StandardCharsets.US_ASCII)));
        } catch (NumberFormatException | java.time.DateTimeException e) {
            return Instant.MAX;
        }
    }

    private static String name(String text) {
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
