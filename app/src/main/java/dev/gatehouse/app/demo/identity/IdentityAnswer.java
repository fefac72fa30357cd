package dev.gatehouse.app.demo.identity;

import dev.gatehouse.engine.config.source.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer of the provider.
///
/// @param body empty for none
record IdentityAnswer(int status, Map<String, String> headers, String body) {
    static IdentityAnswer json(int status, Map<String, Object> fields) {
        // A token belongs to nobody else (RFC 6749 §5.1).
        return new IdentityAnswer(
                status,
                Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
                Json.compact(fields) + "\n");
    }

    /// As the token endpoint refuses (RFC 6749 §5.2).
    static IdentityAnswer refusal(int status, String error, String description) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("error", error);
        fields.put("error_description", description);
        return json(status, fields);
    }

    static IdentityAnswer page(int status, String html) {
        return new IdentityAnswer(
                status,
                Map.of(
                        "Content-Type",
                        "text/html; charset=utf-8",
                        "Cache-Control",
                        "no-store",
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
                html);
    }

    static IdentityAnswer redirect(String location) {
        return new IdentityAnswer(302, Map.of("Location", location, "Cache-Control", "no-store"), "");
    }
}
