package dev.gatehouse.policy.cors;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the user writes in the slot `cors`.
@Settings(name = "cors", value = "Lets pages of other origins read answers in a browser.")
public record CorsConfig(
        @Setting(
                value =
                        "Whose pages may: https://shop.example, https://*.shop.example for all hosts below it,"
                                + " ~^https://pr-[0-9]+\\.shop\\.example$ for an expression that matches as a whole, or * for all.",
                min = "1")
        List<AllowedOrigin> origins,

        @Setting(
                value = "What they may use. Browsers ask first for all but GET, HEAD and POST.",
                byDefault = "GET, HEAD, POST")
        List<String> methods,

        @Setting("Fields they may send beyond those every page may; * for all but Authorization, without credentials.")
        List<String> headers,

        @Setting("Fields of answers they may read beyond those every page may; * for all, without credentials.")
        List<String> exposeHeaders,

        @Setting(
                value = "Browsers send cookies along, and let pages read the answers. Not together with *.",
                byDefault = "false")
        boolean credentials,

        @Setting(
                value = "How long a browser need not ask again; at most so long as browsers remember. Left out: 5s.",
                min = "0s",
                max = "24h")
        @Nullable
        Duration maxAge,

        @Setting(
                value =
                        "Pages of the internet may reach this gateway in a private network, where browsers ask for that.",
                byDefault = "false")
        boolean privateNetwork) {
    static final String ANY = "*";

    private static final Set<String> STANDARD =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE", "TRACK");

    /// A page can never use these (Fetch standard, "forbidden method").
    private static final Set<String> FORBIDDEN = Set.of("CONNECT", "TRACE", "TRACK");

    public CorsConfig {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposeHeaders = List.copyOf(exposeHeaders);
        methods.forEach(CorsConfig::checkMethod);
        checkFields("headers", headers);
        checkFields("expose_headers", exposeHeaders);
        if (credentials) {
            for (AllowedOrigin origin : origins) {
                if (origin.isAnybody()) {
                    throw new IllegalArgumentException("origins: '" + origin
                            + "' is everybody, and credentials would let every page act in its visitor's name; name the"
                            + " origins, or leave credentials out");
                }
            }
            refuseAny("headers", headers);
            refuseAny("expose_headers", exposeHeaders);
        }
    }

    private static void checkMethod(String method) {
        if (method.equals(ANY)) {
            throw new IllegalArgumentException("methods: '*' is not taken: name the methods that pages need");
        }
        String upper = method.toUpperCase(Locale.ROOT);
        if (FORBIDDEN.contains(upper)) {
            throw new IllegalArgumentException("methods: no browser lets a page use " + upper);
        }
        if (STANDARD.contains(upper) && !method.equals(upper)) {
            throw new IllegalArgumentException(
                    "methods: '" + method + "' is another method than " + upper + ": methods are written in capitals");
        }
        checkToken("methods", method);
    }

    private static void checkFields(String key, List<String> names) {
        names.forEach(name -> checkToken(key, name));
    }

    /// `*` is one too.
    private static void checkToken(String key, String token) {
        try {
            var _ = HeaderName.of(token);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    key + ": '" + token + "' never stands in a request (expected: letters, digits and '-')", e);
        }
    }

    private static void refuseAny(String key, List<String> names) {
        if (names.contains(ANY)) {
            throw new IllegalArgumentException(
                    key + ": with credentials a browser takes '*' for the name of a field; name the fields");
        }
    }
}
