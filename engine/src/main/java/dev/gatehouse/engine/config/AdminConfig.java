package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where operators come in. Never reachable through a listener.
@Settings(
        name = "admin",
        value = "The admin API and the gateway's own health, for operators; never reached through a listener.")
public record AdminConfig(
        @Setting(value = "Whether there is one; admin: none is the same as false.", byDefault = "true")
        boolean enabled,

        @Setting(value = "Port to listen on; 0 picks a free one.", byDefault = "9000", min = "0", max = "65535")
        int port,

        @Setting(value = "Address to listen on; beyond loopback every call needs the token.", byDefault = "127.0.0.1")
        String bind,

        @Setting(value = "Answer /health, /health/live and /health/ready here, without a token.", byDefault = "true")
        boolean health,

        @Setting(
                "The token calls have to show. Left out: none is needed on loopback, and one is made and printed at the start"
                        + " elsewhere.")
        @Nullable
        String token,

        @Setting("Tokens that may do some things only, by names that the log calls them by. With one of them, calls on"
                + " loopback need a token too, and none is made at the start.")
        Map<String, AdminTokenConfig> tokens) {
    public static final AdminConfig DEFAULT = new AdminConfig(true, 9000, "127.0.0.1", true, null, Map.of());

    private static final Pattern TOKEN = Pattern.compile("gha_[A-Za-z0-9_-]{22,}");

    public AdminConfig {
        Check.between("port", port, 0, 65535);
        if (token != null && !TOKEN.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "token: has another form (expected: gha_ and at least 22 letters, digits, -"
                            + " or _; such as gha_$(openssl rand -hex 32))");
        }
        tokens = Collections.unmodifiableMap(new LinkedHashMap<>(tokens));
        Map<String, String> names = new HashMap<>();
        tokens.forEach((name, one) -> {
            if (!AdminTokenConfig.NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "tokens: '" + name + "' is no name (expected: up to 64 letters, digits, . _ and -)");
            }
            String first = names.putIfAbsent(one.sha256(), name);
            if (first != null) {
                throw new IllegalArgumentException(
                        "tokens: '" + first + "' and '" + name + "' are the same token (expected: one for each)");
            }
        });
    }

    /// `admin: none`
    public static AdminConfig of(String word) {
        if (!word.equals("none")) {
            throw new IllegalArgumentException("admin: '" + word + "' (expected: none, or port, bind, …)");
        }
        return new AdminConfig(false, DEFAULT.port, DEFAULT.bind, false, null, Map.of());
    }

    /// What holds from the start to the end; tokens come and go with a reload.
    public AdminConfig withoutTokens() {
        return new AdminConfig(enabled, port, bind, health, token, Map.of());
    }

    @Override
    public String toString() {
        return "AdminConfig[enabled=" + enabled + ", port=" + port + ", bind=" + bind + ", health=" + health
                + ", token=" + (token == null ? "none" : "***") + ", tokens=" + tokens.keySet() + "]";
    }
}
