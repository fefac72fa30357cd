package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Tickets by which a client comes back without a full handshake (RFC 5077, RFC 8446 §2.2).
@Settings(
        name = "listener.tls.session_tickets",
        value = "Tickets by which a client comes back without a full handshake.")
public record SessionTicketsConfig(
        @Setting(value = "Whether there are any.", byDefault = "true")
        boolean enabled,

        @Setting(
                value = "Time after which new tickets get a new key; the one before is still understood for as long.",
                byDefault = "1h",
                min = "1m",
                max = "24h")
        Duration rotate,

        @Setting("File with keys of 48 bytes, the newest first, for gateways that share their clients; the file is"
                + " rotated by you, and 'rotate' does nothing.")
        @Nullable
        FileContent keys) {
    private static final int KEY = 48;

    public SessionTicketsConfig {
        Check.between("rotate", rotate, Duration.ofMinutes(1), Duration.ofHours(24));
        if (keys != null && (keys.octets().length == 0 || keys.octets().length % KEY != 0)) {
            throw new IllegalArgumentException("keys: " + keys + " has " + keys.octets().length
                    + " bytes (expected: keys of 48 bytes, as `openssl rand 48` makes one)");
        }
    }
}
