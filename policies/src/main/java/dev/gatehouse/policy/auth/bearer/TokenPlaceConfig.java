package dev.gatehouse.policy.auth.bearer;

import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.policy.auth.place.Place;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where in a request a token is.
@Settings(
        name = "authentication.token_in",
        value = "Where in a request the token is: a header, a cookie or a parameter of the query.")
public record TokenPlaceConfig(
        @Setting("Name of the header; left out, as cookie and query are, it is Authorization.") @Nullable
        String header,

        @Setting("Word before the token in the header; left out, it is Bearer in Authorization and none elsewhere.")
        @Nullable
        String scheme,

        @Setting("Name of the cookie that holds the token. Mind that browsers send it without being asked: see csrf.")
        @Nullable
        String cookie,

        @Setting(
                "Parameter of the query that holds the token. Queries end in logs: only where nothing else is possible.")
        @Nullable
        String query) {
    public static final TokenPlaceConfig AUTHORIZATION = new TokenPlaceConfig(null, null, null, null);

    public TokenPlaceConfig {
        if (Stream.of(header, cookie, query).filter(Objects::nonNull).count() > 1) {
            throw new IllegalArgumentException("a token is in one place: 'header', 'cookie' or 'query'");
        }
        if (scheme != null && (cookie != null || query != null)) {
            throw new IllegalArgumentException("scheme: only a header has a word before the token");
        }
        checkToken("header", header);
        checkToken("scheme", scheme);
        checkToken("cookie", cookie);
        if (header != null) {
            try {
                FieldValues.editable(HeaderName.of(header));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("header: " + e.getMessage(), e);
            }
        }
        if (query != null && !query.matches("[A-Za-z0-9._~-]+")) {
            throw new IllegalArgumentException("query: '" + query + "' (expected: a name such as access_token)");
        }
    }

    /// Where that is.
    public Place place() {
        if (cookie != null) {
            return new Place.InCookie(cookie);
        }
        if (query != null) {
            return new Place.InQuery(query);
        }
        HeaderName name = header == null ? Place.InHeader.AUTHORIZATION : HeaderName.of(header);
        return new Place.InHeader(
                name, scheme == null && name.equals(Place.InHeader.AUTHORIZATION) ? "Bearer" : scheme);
    }

    /// A name of a header, of a scheme and of a cookie is a token (RFC 9110 §5.6.2, §11.1, RFC 6265 §4.1.1).
    private static void checkToken(String key, @Nullable String name) {
        if (name != null) {
            try {
                HeaderName.of(name);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        key + ": '" + name + "' is no name (expected: letters and digits)", e);
            }
        }
    }
}
