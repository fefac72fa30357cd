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

        @Setting(
                "Answers every request but those for health with 308 to the same host, path and query over https; no route and no"
                        + " policy is asked.")
        @Nullable
        RedirectTo redirectTo,

        @Setting(
                value = "Port of https in the addresses that redirect_to makes.",
                byDefault = "443",
                min = "1",
                max = "65535")
        int redirectPort,

        @Setting("What one client, and all clients together, may ask.")
        LimitsConfig limits,

        @Setting("Who is believed about where a request came from, and what services are told about it.")
        ForwardingConfig forwarding,

        @Setting(value = "The same as limits.body.", min = "0B") @Nullable
        Long maxBody) {
    private static final int HTTPS_PORT = 443;

    public static final ListenerConfig DEFAULT =
            new ListenerConfig("0.0.0.0", 8080, false, LimitsConfig.DEFAULT, ForwardingConfig.DEFAULT);

    public ListenerConfig {
        Check.between("port", port, 0, 65535);
        Check.between("redirect_port", redirectPort, 1, 65535);
        if (redirectTo == null && redirectPort != HTTPS_PORT) {
            throw new IllegalArgumentException("redirect_port: says nothing without redirect_to: https");
        }
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
        this(bind, port, health, null, HTTPS_PORT, limits, forwarding, null);
    }

    /// The same in another place.
    public ListenerConfig at(String address, int otherPort) {
        return new ListenerConfig(address, otherPort, health, redirectTo, redirectPort, limits, forwarding, maxBody);
    }

    /// Where a listener sends all its clients.
    public enum RedirectTo {
        /// The same address over https.
        HTTPS
    }
}
