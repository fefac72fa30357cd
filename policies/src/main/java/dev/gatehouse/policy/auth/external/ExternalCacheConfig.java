package dev.gatehouse.policy.auth.external;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.List;

/// What the user writes under `cache` of an authenticator of type `external`.
@Settings(
        name = "authentication.external.cache",
        value = "How long an answer of the auth service holds, and for which requests.")
public record ExternalCacheConfig(
        @Setting(value = "Time an answer holds, refusals too.", min = "100ms", max = "1h")
        Duration ttl,

        @Setting(
                value = "Parts of a request that the answer depends on: header.Authorization, cookie.NAME, query.NAME,"
                        + " method, path, query, host, client_ip.",
                min = "1")
        List<String> key) {
    public ExternalCacheConfig {
        key = List.copyOf(key);
        try {
            key.forEach(RequestPart::of);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key: " + e.getMessage(), e);
        }
    }

    List<RequestPart> parts() {
        return key.stream().map(RequestPart::of).toList();
    }
}
