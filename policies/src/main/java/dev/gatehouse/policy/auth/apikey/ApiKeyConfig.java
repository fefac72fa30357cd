package dev.gatehouse.policy.auth.apikey;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the user writes for an entry of type `api_key`.
@Settings(name = "authentication.api_key", value = "A key that belongs to a consumer.")
public record ApiKeyConfig(
        @Setting("Where clients send their key; the field X-API-Key, unless said otherwise.") @Nullable
        KeyPlaceConfig in,

        @Setting("Short for in.header: X-API-Key.") @Nullable
        String header,

        @Setting("Short for in.query.") @Nullable String query,

        @Setting("Short for in.cookie.") @Nullable String cookie,

        @Setting(value = "Whether services are sent the key as well.", byDefault = "false")
        boolean keep) {
    static final String USUAL_FIELD = "X-API-Key";

    public ApiKeyConfig {
        if (Stream.of(in, header, query, cookie).filter(Objects::nonNull).count() > 1) {
            throw new IllegalArgumentException("a key is in one place (expected: one of in, header, query, cookie)");
        }
        if (in == null && (header != null || query != null || cookie != null)) {
            in = new KeyPlaceConfig(header, null, query, cookie);
        }
    }

    KeyPlaceConfig place() {
        return in == null ? new KeyPlaceConfig(USUAL_FIELD, null, null, null) : in;
    }
}
