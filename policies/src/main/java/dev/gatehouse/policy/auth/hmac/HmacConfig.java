package dev.gatehouse.policy.auth.hmac;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the user writes under `security.authentication` with `type: hmac`.
@Settings(
        name = "authentication.hmac",
        value = "Requests signed with a shared secret: HTTP Message Signatures (RFC 9421), hmac-sha256.")
public record HmacConfig(
        @Setting(value = "Keys, by their keyid.", min = "1") Map<String, HmacKeyConfig> keys,

        @Setting(
                value = "What a signature has to cover; @target-uri stands for @authority, @path and @query,"
                        + " @request-target for the last two.",
                byDefault = "@method, @authority, @path, @query")
        List<String> required,

        @Setting(
                value = "Time between created and now that is forgiven, before and after.",
                byDefault = "1m",
                min = "1s",
                max = "1h")
        Duration maxSkew,

        @Setting(
                value =
                        "Whether a body has to be covered too, by content-digest (RFC 9530). It is gathered and checked.",
                byDefault = "true")
        boolean signBody,

        @Setting(
                value = "Longest body that is gathered to be checked; a longer one is refused (413).",
                byDefault = "1MiB",
                min = "0B",
                max = "64MiB")
        long maxBody,

        @Setting("What the parameter tag of a signature has to be. Left out, it is not looked at.") @Nullable
        String tag,

        @Setting("Store in which signatures are remembered that were seen; left out, the first of stores, or memory.")
        @Nullable
        String store,

        @Setting(value = "Whether the service is sent the signature too.", byDefault = "false")
        boolean keep) {
    public HmacConfig {
        keys = Map.copyOf(keys);
        required = List.copyOf(required);
        for (String component : required) {
            if (component.startsWith("@")) {
                if (!Required.DERIVED.contains(component)) {
                    throw new IllegalArgumentException("required: '" + component + "' (expected: one of "
                            + String.join(", ", Required.DERIVED) + ", or a field)");
                }
            } else {
                try {
                    HeaderName.of(component);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("required: '" + component + "' is no field", e);
                }
            }
        }
    }
}
