package dev.gatehouse.policy.auth.oidc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of a query or a form, each of which may stand there once (RFC 6749 §3.1).
record Parameters(Map<String, String> all) {
    private static final int MOST = 50;

    /// Null for what cannot be read, has one twice, or far too many.
    static @Nullable Parameters read(@Nullable String text) {
        Map<String, String> all = new HashMap<>();
        if (text != null) {
            for (String one : text.split("&", MOST + 1)) {
                int is = one.indexOf('=');
                try {
                    String name = URLDecoder.decode(is < 0 ? one : one.substring(0, is), StandardCharsets.UTF_8);
                    String value = is < 0 ? "" : URLDecoder.decode(one.substring(is + 1), StandardCharsets.UTF_8);
                    if (all.put(name, value) != null || all.size() > MOST) {
                        return null;
                    }
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }
        }
        return new Parameters(all);
    }

    /// Null when it is not there, or empty.
    @Nullable
    String get(String name) {
        String value = all.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /// They may be secrets.
    @Override
    public String toString() {
        return "Parameters" + all.keySet();
    }
}
