package dev.gatehouse.policy.auth;

import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.Map;

/// What the user writes under `security.identity_headers`. The word `none` in place of a field's name sets none.
@Settings(
        name = "security.identity_headers",
        value = "The fields by which services are told who calls. What clients send under these names is dropped.")
public record IdentityHeadersConfig(
        @Setting(value = "Field for the user: the subject of a token or a login; none sets none.", byDefault = "X-User-Id")
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
        check("user", user);
        check("roles", roles);
        check("consumer", consumer);
        claims.keySet().forEach(field -> check("claims", field));
    }

    private static void check(String key, String field) {
        try {
            FieldValues.editable(HeaderName.of(field));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }
}
