package dev.gatehouse.policy.auth.oauth2;

import dev.gatehouse.policy.auth.bearer.TokenFault;
import dev.gatehouse.policy.auth.token.IdentityMapping;
import dev.gatehouse.policy.auth.token.TokenClaims;
import dev.gatehouse.policy.auth.token.TokenRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/// Reads what a server says of a token (RFC 7662 §2.2). Only `"active": true` is a yes, and then what else is said
/// must fit, as it must in a signed token.
final class IntrospectionAnswer {
    private final TokenRules rules;
    private final IdentityMapping mapping;
    private final long cache;

    /// @param cache nanoseconds an answer holds
    IntrospectionAnswer(TokenRules rules, IdentityMapping mapping, long cache) {
        this.rules = rules;
        this.mapping = mapping;
        this.cache = cache;
    }

    /// @param nanos as [dev.gatehouse.api.time.TimeSource#nanos]
    /// @throws IOException for an answer that is none
    Introspected read(int status, byte[] body, Instant now, long nanos) throws IOException {
        if (status != 200) {
            throw new IOException("the authorization server answered " + status + " to a question about a token");
        }
        Map<String, Object> said;
        try {
            said = JsonUtil.parseJson(new String(body, StandardCharsets.UTF_8));
        } catch (JoseException e) {
            throw new IOException(
                    "the authorization server answered a question about a token with something else than" + " JSON", e);
        }
        if (!(said.get("active") instanceof Boolean active)) {
            throw new IOException("the authorization server did not say whether a token is active");
        }
        TokenClaims claims = new TokenClaims(said);
        TokenFault fault = active
                ? claims.fault(rules, now)
                : new TokenFault(TokenFault.Kind.INACTIVE, "the authorization server says it is not active");
        Instant expires = fault == null ? claims.expires() : null;
        long until = nanos + cache;
        if (expires != null) {
            long left = expires.getEpochSecond() + rules.leeway() - now.getEpochSecond();
            until = Math.min(until, nanos + Math.min(left, Integer.MAX_VALUE) * 1_000_000_000L);
        }
        if (fault != null) {
            return new Introspected(null, fault, null, expires, until);
        }
        var identity = mapping.identity(claims.all());
        return new Introspected(identity, null, mapping.consumer(identity), expires, until);
    }
}
