package dev.gatehouse.app.demo.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request to the provider.
///
/// @param fields of the query and of a form; the form's win
/// @param authorization the field, or null
record IdentityRequest(
        String method,
        String path,
        Map<String, String> fields,
        @Nullable String authorization) {
    static IdentityRequest of(
            String method, String path, @Nullable String query, String form, @Nullable String authorization) {
        Map<String, String> fields = new LinkedHashMap<>();
        read(query == null ? "" : query, fields);
        read(form, fields);
        return new IdentityRequest(method, path, fields, authorization);
    }

    private static void read(String text, Map<String, String> into) {
        for (String pair : text.split("&", -1)) {
            int is = pair.indexOf('=');
            if (is > 0) {
                into.put(decoded(pair.substring(0, is)), decoded(pair.substring(is + 1)));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            // What is not encoded well is what it is.
            return text;
        }
    }

    String field(String name) {
        return fields.getOrDefault(name, "");
    }
}
