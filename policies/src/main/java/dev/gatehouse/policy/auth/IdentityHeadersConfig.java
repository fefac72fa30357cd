package dev.gatehouse.policy.auth;

import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What the user writes under `security.identity_headers`. The word `none` in place of a field's name sets none.
@Settings(
        name = "security.identity_headers",
        value = "The fields by which services are told who calls. What clients send under these names is dropped.")
public record IdentityHeadersConfig(
        @Setting(
                value = "Field for the user: the subject of a token or a login; none sets none.",
                byDefault = "X-User-Id")
        String user,

        @Setting(value = "Field for roles, with commas between them; none sets none.", byDefault = "X-User-Roles")
        String roles,

        @Setting(value = "Field for the consumer's name; none sets none.", byDefault = "X-Consumer")
        String consumer,

        @Setting("Further fields, each with the claim it carries: X-Tenant: tenant.id")
        Map<String, String> claims) {
    static final String NONE = "none";

    static final IdentityHeadersConfig DEFAULT =
            new IdentityHeadersConfig("X-User-Id", "X-User-Roles", "X-Consumer", Map.of());

    public IdentityHeadersConfig {
        claims = Map.copyOf(claims);
        Set<HeaderName> named = new HashSet<>();
        check("user", user, named);
        check("roles", roles, named);
        check("consumer", consumer, named);
        for (Map.Entry<String, String> claim : claims.entrySet()) {
            if (claim.getKey().equals(NONE) || claim.getValue().isBlank()) {
                throw new IllegalArgumentException("claims: '" + claim.getKey() + "' needs a field and its claim");
            }
            check("claims", claim.getKey(), named);
        }
    }

    /// @param named fields that carry something already
    private static void check(String key, String field, Set<HeaderName> named) {
        if (field.equals(NONE)) {
            return;
        }
        try {
            if (!named.add(FieldValues.editable(HeaderName.of(field)))) {
                throw new IllegalArgumentException("'" + field + "' carries something else already");
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }
}
