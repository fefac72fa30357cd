package dev.gatehouse.policy.securityheaders;

import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;

/// What the user writes in the slot `security_headers`: for each field its value, or [#NONE].
@Settings(
        name = "security_headers",
        value = "Adds the fields by which browsers defend their users; each may be changed, or none.")
public record SecurityHeadersConfig(
        @Setting(value = "X-Content-Type-Options: browsers do not guess types. nosniff or none.", byDefault = "nosniff")
        String contentTypeOptions,

        @Setting(value = "X-Frame-Options: who may show it in a frame. DENY, SAMEORIGIN or none.", byDefault = "DENY")
        String frameOptions,

        @Setting(
                value = "Referrer-Policy: what links tell about where they stood, such as no-referrer; or none.",
                byDefault = "strict-origin-when-cross-origin")
        String referrerPolicy,

        @Setting(
                value =
                        "Strict-Transport-Security: only https from now on, for so many seconds; add includeSubDomains where"
                                + " that holds for them too. Sent to clients that came by https; or none.",
                byDefault = "max-age=31536000")
        String strictTransportSecurity,

        @Setting(
                value = "Cross-Origin-Opener-Policy: windows of other sites cannot reach in. same-origin,"
                        + " same-origin-allow-popups, noopener-allow-popups, unsafe-none or none.",
                byDefault = "same-origin")
        String crossOriginOpenerPolicy,

        @Setting(value = "Content-Security-Policy: what a page may load and do; or none.", byDefault = "none")
        String contentSecurityPolicy,

        @Setting(value = "Permissions-Policy: which features of a browser a page may use; or none.", byDefault = "none")
        String permissionsPolicy,

        @Setting(value = "Takes away Server and X-Powered-By, which tell attackers what runs.", byDefault = "false")
        boolean hideServer,

        @Setting(
                value = "Replaces what the service says by these; else the service's word counts.",
                byDefault = "false")
        boolean override) {
    static final String NONE = "none";

    private static final String MAX_AGE = "(?i)(.*;)?\\s*max-age\\s*=\\s*(\"[0-9]+\"|[0-9]+)\\s*(;.*)?";

    private static final List<String> REFERRERS = List.of(
            "no-referrer",
            "no-referrer-when-downgrade",
            "origin",
            "origin-when-cross-origin",
            "same-origin",
            "strict-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url");

    private static final List<String> OPENERS =
            List.of("same-origin", "same-origin-allow-popups", "noopener-allow-popups", "unsafe-none");

    public SecurityHeadersConfig {
        oneOf("content_type_options", contentTypeOptions, List.of("nosniff"));
        oneOf("frame_options", frameOptions, List.of("DENY", "SAMEORIGIN"));
        oneOf("referrer_policy", referrerPolicy, REFERRERS);
        oneOf("cross_origin_opener_policy", crossOriginOpenerPolicy, OPENERS);
        text("strict_transport_security", strictTransportSecurity);
        text("content_security_policy", contentSecurityPolicy);
        text("permissions_policy", permissionsPolicy);
        if (!strictTransportSecurity.equals(NONE) && !strictTransportSecurity.matches(MAX_AGE)) {
            throw new IllegalArgumentException("strict_transport_security: '" + strictTransportSecurity
                    + "' (expected: max-age=SECONDS, which may be followed by ; includeSubDomains)");
        }
    }

    private static void oneOf(String key, String value, List<String> known) {
        if (!value.equals(NONE) && !known.contains(value)) {
            throw new IllegalArgumentException(
                    key + ": '" + value + "' (expected: " + String.join(", ", known) + " or none)");
        }
    }

    private static void text(String key, String value) {
        try {
            FieldValues.checked(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
        if (value.isBlank()) {
            throw new IllegalArgumentException(key + ": a value is missing; write none to leave the field out");
        }
    }
}
