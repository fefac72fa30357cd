package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import org.jspecify.annotations.Nullable;

/// Where clients come in. A `max_body` ends up in the limits: readers look there.
@Settings(name = "listener", value = "Where clients come in.")
public record ListenerConfig(
        @Setting(value = "Address to listen on; 0.0.0.0 is all of this machine.", byDefault = "0.0.0.0")
        String bind,

        @Setting(value = "Port to listen on; 0 picks a free one.", byDefault = "8080", min = "0", max = "65535")
        int port,

        @Setting(
                value = "Answer /health, /health/live and /health/ready here too; the admin listener always does.",
                byDefault = "false")
        boolean health,

        @Setting("What one client, and all clients together, may ask.")
        LimitsConfig limits,

        @Setting("Who is believed about where a request came from, and what services are told about it.")
        ForwardingConfig forwarding,

        @Setting(value = "The same as limits.body.", min = "0B") @Nullable
        Long maxBody) {
    public static final ListenerConfig DEFAULT =
            new ListenerConfig("0.0.0.0", 8080, false, LimitsConfig.DEFAULT, ForwardingConfig.DEFAULT);

    public ListenerConfig {
        Check.between("port", port, 0, 65535);
        if (bind.isBlank()) {
            throw new IllegalArgumentException("bind: is empty (expected: an address such as 127.0.0.1)");
        }
        if (maxBody != null) {
            if (limits.body() != 0 && limits.body() != maxBody) {
                throw new IllegalArgumentException("max_body: contradicts limits.body; keep one of them");
            }
            limits = limits.withBody(maxBody);
            maxBody = null;
        }
    }

    public ListenerConfig(String bind, int port, boolean health, LimitsConfig limits, ForwardingConfig forwarding) {
        this(bind, port, health, limits, forwarding, null);
    }
}
