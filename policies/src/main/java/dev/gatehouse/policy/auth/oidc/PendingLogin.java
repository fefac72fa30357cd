package dev.gatehouse.policy.auth.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.policy.auth.oidc.session.Secrets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// A login that is under way, as the browser keeps it in a sealed cookie until it comes back: nothing of it is
/// kept here, so whoever begins many costs nothing.
///
/// @param state goes to the provider and comes back: binds the answer to this browser
/// @param nonce goes to the provider and comes back in the ID token
/// @param verifier of PKCE (RFC 7636 §4.1): goes to the provider with the code only
/// @param wanted path and query to go on to
record PendingLogin(String state, String nonce, String verifier, String wanted, Instant began) {
    /// How long somebody may take to log in.
    static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final int NAME_LENGTH = 8;

    static PendingLogin begin(String wanted, Instant now) {
        return new PendingLogin(Secrets.fresh(), Secrets.fresh(), Secrets.fresh(), wanted, now);
    }

    /// What tells its cookie from those of other logins, which other tabs of the browser may have begun.
    static @Nullable String cookieOf(String state) {
        return state.length() >= NAME_LENGTH && state.matches("[A-Za-z0-9_-]{1,64}")
                ? state.substring(0, NAME_LENGTH)
                : null;
    }

    /// RFC 7636 §4.2.
    String challenge() {
        try {
            return Secrets.text(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    boolean isOver(Instant now) {
        return !now.isBefore(began.plus(PATIENCE));
    }

    boolean hasState(String other) {
        return MessageDigest.isEqual(state.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    byte[] write() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("state", state);
        json.put("nonce", nonce);
        json.put("verifier", verifier);
        json.put("wanted", wanted);
        json.put("began", began.toEpochMilli());
        return JsonUtil.toJson(json).getBytes(UTF_8);
    }

    /// Null for what another version of the gateway wrote.
    static @Nullable PendingLogin read(byte[] octets) {
        Map<String, Object> json;
        try {
            json = JsonUtil.parseJson(new String(octets, UTF_8));
        } catch (JoseException e) {
            return null;
        }
        return json.get("state") instanceof String state
                        && json.get("nonce") instanceof String nonce
                        && json.get("verifier") instanceof String verifier
                        && json.get("wanted") instanceof String wanted
                        && json.get("began") instanceof Long began
                ? new PendingLogin(state, nonce, verifier, OwnAddress.local(wanted), Instant.ofEpochMilli(began))
                : null;
    }

    /// Never its secrets.
    @Override
    public String toString() {
        return "PendingLogin[wanted=" + wanted + ", began=" + began + "]";
    }
}
