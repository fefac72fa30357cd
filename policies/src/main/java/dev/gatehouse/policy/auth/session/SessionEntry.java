package dev.gatehouse.policy.auth.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.policy.auth.token.TokenClaims;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/// What stands in the store for a session: JSON, of which only `sub` has to be there.
///
/// ```json
/// { "sub": "u1", "roles": ["customer"], "scopes": ["orders:read"], "consumer": "acme",
///   "claims": { "email": "u1@example.com" }, "expires": 1798718400 }
/// ```
///
/// @param expires seconds since 1970 in JSON: void from then on, however often it is prolonged; null for never
record SessionEntry(
        String subject,
        Set<String> roles,
        Set<String> scopes,
        Map<String, Object> claims,
        @Nullable String consumer,
        @Nullable Instant expires) {
    /// 31 December 9999: later times are mistakes.
    private static final long LATEST = 253_402_300_799L;

    /// @throws IllegalArgumentException when it has another form, with a sentence that holds nothing of it
    static SessionEntry read(byte[] octets) {
        Map<String, Object> json;
        try {
            json = new TokenClaims(JsonUtil.parseJson(new String(octets, UTF_8))).all();
        } catch (JoseException e) {
            throw new IllegalArgumentException("a session in the store is no object of JSON", e);
        }
        if (!(json.get("sub") instanceof String subject) || subject.isEmpty()) {
            throw new IllegalArgumentException("a session in the store has no sub");
        }
        return new SessionEntry(
                subject, names(json, "roles"), names(json, "scopes"), claims(json), consumer(json), expires(json));
    }

    private static Set<String> names(Map<String, Object> json, String key) {
        Set<String> names = new LinkedHashSet<>();
        switch (json.get(key)) {
            case null -> {}
            case List<?> list -> {
                for (Object name : list) {
                    if (!(name instanceof String text)) {
                        throw new IllegalArgumentException("a session in the store has " + key + " that are no texts");
                    }
                    names.add(text);
                }
            }
            default -> throw new IllegalArgumentException("a session in the store has " + key + " that are no list");
        }
        return names;
    }

    @SuppressWarnings("unchecked") // what the parser makes of an object of JSON
    private static Map<String, Object> claims(Map<String, Object> json) {
        return switch (json.get("claims")) {
            case null -> Map.of();
            case Map<?, ?> claims -> (Map<String, Object>) claims;
            default -> throw new IllegalArgumentException("a session in the store has claims that are no object");
        };
    }

    private static @Nullable String consumer(Map<String, Object> json) {
        return switch (json.get("consumer")) {
            case null -> null;
            case String name -> name;
            default -> throw new IllegalArgumentException("a session in the store has a consumer that is no text");
        };
    }

    private static @Nullable Instant expires(Map<String, Object> json) {
        return switch (json.get("expires")) {
            case null -> null;
            case Long seconds when seconds >= 0 && seconds <= LATEST -> Instant.ofEpochSecond(seconds);
            default ->
                throw new IllegalArgumentException("a session in the store has expires that are no seconds since 1970");
        };
    }

    /// Who it is of.
    ///
    /// @param method the authenticator's name
    /// @param credential what people call the session
    Identity identity(String method, String credential) {
        return new Identity(method, subject, null, credential, roles, scopes, claims);
    }
}
