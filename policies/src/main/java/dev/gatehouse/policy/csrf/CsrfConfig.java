package dev.gatehouse.policy.csrf;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;

/// What the user writes in the slot `csrf`.
@Settings(name = "csrf", value = "Refuses requests that other sites send with the cookie of their visitor.")
public record CsrfConfig(
        @Setting("Origins beside the gateway's own whose pages may send requests, such as https://shop.example.")
        List<String> trustedOrigins,

        @Setting(
                value = "Guards requests with any cookie, not only those whose credential the gateway found in one: for"
                        + " services that keep sessions of their own.",
                byDefault = "false")
        boolean always,

        @Setting(
                value =
                        "Where a client does not say from where a request comes, this cookie has to be repeated in header.",
                byDefault = "__Host-csrf")
        String cookie,

        @Setting(value = "The field in which a page repeats the value of cookie.", byDefault = "X-CSRF-Token")
        String header) {
    private static final String ORIGIN =
            "[a-z][a-z0-9+.-]*://(\\[[0-9a-f:.]+]|[a-z0-9_-]+(\\.[a-z0-9_-]+)*)(:[1-9][0-9]{0,4})?";

    public CsrfConfig {
        trustedOrigins = List.copyOf(trustedOrigins);
        for (String origin : trustedOrigins) {
            if (!origin.matches(ORIGIN)) {
                throw new IllegalArgumentException("trusted_origins: '" + origin
                        + "' is no origin as browsers send it (expected: https://host or https://host:port, in small"
                        + " letters)");
            }
        }
        checkName("cookie", cookie);
        checkName("header", header);
    }

    /// Names of cookies and of fields are tokens, both (RFC 6265 §4.1.1).
    private static void checkName(String key, String name) {
        try {
            var _ = HeaderName.of(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    key + ": '" + name + "' is no name (expected: letters, digits and '-')", e);
        }
    }
}
