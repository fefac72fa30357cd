package dev.gatehouse.app.admin;

import dev.gatehouse.app.admin.view.ViewJson;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a signed token (RFC 7519, in the compact form) says of itself, whoever signed it. The token is a secret: no
/// refusal repeats a part of it.
///
/// @param id its `jti`
/// @param expires null when it never does
record UnverifiedToken(String id, @Nullable Instant expires) {
    private static final String FORM = "token: this is no signed JWT (expected: three parts with dots between, eyJ…)";

    /// Beyond the year 9999 nobody lives to see it.
    private static final long LAST_SECOND = 253_402_300_799L;

    /// @throws IllegalArgumentException when it cannot be read, or has no `jti`, with a sentence for the sender
    static UnverifiedToken of(String token) {
        String[] parts = token.strip().split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException(FORM);
        }
        JsonNode claims = claims(parts[1]);
        JsonNode id = claims.path("jti");
        if (!id.isString() || id.stringValue().isEmpty()) {
            throw new IllegalArgumentException(
                    "token: it has no jti, so it cannot be told from others: revoke all tokens of its sub");
        }
        return new UnverifiedToken(id.stringValue(), expires(claims.path("exp")));
    }

    /// Whether it may be a whole token where only a name belongs. Half of the world's names have dots.
    static boolean isLike(String text) {
        return text.startsWith("ey") && text.chars().filter(c -> c == '.').count() >= 2;
    }

    private static JsonNode claims(String part) {
        try {
            JsonNode claims = ViewJson.MAPPER.readTree(Base64.getUrlDecoder().decode(part));
            if (claims.isObject()) {
                return claims;
            }
        } catch (JacksonException | IllegalArgumentException e) {
            // Both say what they found, which is not to be repeated.
        }
        throw new IllegalArgumentException(FORM);
    }

    private static @Nullable Instant expires(JsonNode exp) {
        if (exp.isMissingNode()) {
            return null;
        }
        if (!exp.isNumber()) {
            throw new IllegalArgumentException("token: its exp is no number of seconds, so nobody takes it");
        }
        return Instant.ofEpochSecond((long) Math.clamp(exp.doubleValue(), 0, LAST_SECOND));
    }
}
