package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A cookie by which a client finds back to the instance that served it first.
@Settings(
        name = "service.load_balancer.sticky",
        value = "A cookie by which a client finds back to the instance that served it first.")
public record StickyConfig(
        @Setting("Name of the cookie; the gateway sets it, and its value tells nobody an address.")
        String cookie,

        @Setting(
                "Time the client keeps the cookie, at least 1s; left out, as long as the browser is open. The cookie is set"
                        + " again only when the instance changes.")
        @Nullable
        Duration ttl,

        @Setting("Key of the hash that names instances. Without it, whoever knows this program can guess addresses by"
                + " trying; gateways that share clients need the same one.")
        @Nullable
        String secret) {
    public StickyConfig {
        if (!isToken(cookie)) {
            throw new IllegalArgumentException("cookie: '" + cookie + "' (expected: a cookie name like gh_instance)");
        }
        if (ttl != null) {
            Check.atLeast("ttl", ttl, Duration.ofSeconds(1));
        }
        if (secret != null && secret.isEmpty()) {
            throw new IllegalArgumentException("secret: is empty (expected: some characters nobody can guess)");
        }
    }

    public static StickyConfig of(String cookie) {
        return new StickyConfig(cookie, null, null);
    }

    /// RFC 6265 §4.1.1: the name of a cookie is a token.
    private static boolean isToken(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> (c >= '0' && c <= '9')
                                || (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
    }

    @Override
    public String toString() {
        return "StickyConfig[cookie=" + cookie + ", ttl=" + ttl + ", secret=" + (secret == null ? "none" : "***") + "]";
    }
}
