package dev.gatehouse.policy.auth.token;

import dev.gatehouse.api.identity.Identity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How claims become an identity.
///
/// @param method the authenticator's name
/// @param rolesFrom the claim with the roles, such as `realm_access.roles`
/// @param consumerFrom the claim that names a consumer; null when tokens are nobody's we sell to
public record IdentityMapping(
        String method, String rolesFrom, @Nullable String consumerFrom) {

    /// Who the claims speak of. Its consumer is not looked up yet: who that is may change while a token is valid.
    public Identity identity(Map<String, Object> claims) {
        Identity bare =
                new Identity(method, text(claims, "sub"), null, text(claims, "jti"), Set.of(), scopes(claims), claims);
        return new Identity(
                method,
                bare.subject(),
                null,
                bare.credential(),
                names(bare.claim(rolesFrom)),
                bare.scopes(),
                bare.claims());
    }

    /// The name of the consumer; null when the claims name none.
    public @Nullable String consumer(Identity identity) {
        return consumerFrom != null && identity.claim(consumerFrom) instanceof String name && !name.isEmpty()
                ? name
                : null;
    }

    private static @Nullable String text(Map<String, Object> claims, String name) {
        return claims.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }

    /// `scope` (RFC 8693 §4.2), and `scp` as some providers write it.
    private static Set<String> scopes(Map<String, Object> claims) {
        Set<String> scopes = names(claims.get("scope"));
        scopes.addAll(names(claims.get("scp")));
        return scopes;
    }

    /// A list of texts, or one text with spaces or commas between the names.
    private static Set<String> names(@Nullable Object claim) {
        Set<String> names = new LinkedHashSet<>();
        switch (claim) {
            case String text -> split(text, names);
            case List<?> list -> {
                for (Object entry : list) {
                    if (entry instanceof String name && !name.isEmpty()) {
                        names.add(name);
                    }
                }
            }
            case null, default -> {}
        }
        return names;
    }

    private static void split(String text, Set<String> into) {
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ' || text.charAt(i) == ',') {
                if (i > from) {
                    into.add(text.substring(from, i));
                }
                from = i + 1;
            }
        }
    }
}
