package dev.gatehouse.policy.auth.apikey;

import dev.gatehouse.api.FieldValues;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.policy.auth.place.Place;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where clients send their key.
@Settings(name = "authentication.api_key.in", value = "Where clients send their key: one of header, query and cookie.")
public record KeyPlaceConfig(
        @Setting("The field it stands in, such as X-API-Key.") @Nullable
        String header,

        @Setting(
                "What stands before the key in the field: ApiKey for 'Authorization: ApiKey …', or Bearer. A field with"
                        + " another scheme is another credential.")
        @Nullable
        String scheme,

        @Setting("The parameter of the query it stands in. Queries are written to many logs: a field is safer.")
        @Nullable
        String query,

        @Setting("The cookie it stands in. Browsers send it by themselves, so add 'csrf' where that matters.") @Nullable
        String cookie) {
    public KeyPlaceConfig {
        if (Stream.of(header, query, cookie).filter(Objects::nonNull).count() != 1) {
            throw new IllegalArgumentException("a key is in exactly one place (expected: header, query or cookie)");
        }
        if (scheme != null && header == null) {
            throw new IllegalArgumentException("scheme: only a field has one");
        }
        if (scheme != null && !scheme.matches("[A-Za-z][A-Za-z0-9-]*")) {
            throw new IllegalArgumentException("scheme: '" + scheme + "' is none (expected: ApiKey, Bearer, …)");
        }
        if ("authorization".equalsIgnoreCase(header) && scheme == null) {
            throw new IllegalArgumentException(
                    "scheme: Authorization says first of what kind the credential is (expected: ApiKey, Bearer, …)");
        }
    }

    /// @throws IllegalArgumentException when only the gateway writes this field
    KeyPlace place() {
        if (header != null) {
            return new KeyPlace(new Place.InHeader(FieldValues.editable(HeaderName.of(header)), scheme));
        }
        return new KeyPlace(query != null ? new Place.InQuery(query) : new Place.InCookie(String.valueOf(cookie)));
    }
}
