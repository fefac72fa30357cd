package dev.gatehouse.policy.internaltoken;

import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.internaltoken.MintedTokens.Caller;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/// Signs who somebody is, once for as long as the token is good for a while. Used by all loops.
final class TokenMint {
    private final SigningKey key;
    private final String issuer;
    private final List<String> audience;
    private final List<String> claims;
    private final long ttl;
    private final TimeSource time;
    private final InternalTokenConfig config;

    TokenMint(InternalTokenConfig config, SigningKey key, TimeSource time) {
        this.config = config;
        this.key = key;
        this.issuer = config.issuer();
        this.audience = config.audience();
        this.claims = config.claims();
        this.ttl = config.ttl().toSeconds();
        this.time = time;
    }

    /// @throws IllegalStateException when the key, which was tried out, does not sign any more
    String token(Identity identity, MintedTokens minted) {
        Caller caller = caller(identity);
        long now = time.now().getEpochSecond();
        MintedTokens.Minted known = minted.find(caller);
        if (known != null && now < known.until() && known.by().equals(config)) {
            return known.token();
        }
        String token = signed(caller, now);
        minted.keep(caller, new MintedTokens.Minted(token, now + ttl - ttl / 4, config));
        return token;
    }

    private Caller caller(Identity identity) {
        Map<String, Object> taken = Map.of();
        if (!claims.isEmpty()) {
            taken = new TreeMap<>();
            for (String claim : claims) {
                Object value = identity.claim(claim);
                if (value != null) {
                    taken.put(claim, value);
                }
            }
        }
        return new Caller(
                identity.subject(),
                identity.consumer() == null ? null : identity.consumer().name(),
                identity.roles(),
                identity.scopes(),
                taken);
    }

    private String signed(Caller caller, long now) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("iss", issuer);
        if (!audience.isEmpty()) {
            payload.put("aud", audience.size() == 1 ? audience.getFirst() : audience);
        }
        String subject = caller.subject() == null ? caller.consumer() : caller.subject();
        if (subject != null) {
            payload.put("sub", subject);
        }
        if (caller.consumer() != null) {
            payload.put("consumer", caller.consumer());
        }
        payload.put("roles", List.copyOf(caller.roles()));
        if (!caller.scopes().isEmpty()) {
            payload.put("scope", String.join(" ", caller.scopes()));
        }
        payload.putAll(caller.claims());
        payload.put("iat", now);
        payload.put("exp", now + ttl);
        try {
            return key.sign(JsonUtil.toJson(payload));
        } catch (JoseException e) {
            throw new IllegalStateException("no token for a service could be signed", e);
        }
    }
}
