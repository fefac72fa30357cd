package dev.gatehouse.policy.auth.oidc.session;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the user writes in `session` of an `oidc` authentication.
@Settings(
        name = "authentication.oidc.session",
        value = "Where the session of a browser is kept after a login, and how long it lasts.")
public record SessionConfig(
        @Setting(
                value =
                        "cookie: all of it, sealed, in the browser. store: in the store, and only its secret in the browser.",
                byDefault = "cookie")
        Keeping in,

        @Setting(
                "Store for sessions, codes already used and logouts: a name under stores, or memory; left out, the first.")
        @Nullable
        String store,

        @Setting("Secret that seals cookies, at least 32 octets, the same on all gateways; write ${env:NAME} or"
                + " ${file:path}. Left out, it is derived from client_secret.")
        @Nullable
        String secret,

        @Setting("Secrets that were used before: what they sealed still opens.")
        List<String> previousSecrets,

        @Setting(
                "Name of the cookie; left out, gatehouse- and the name of the authentication. Over HTTPS __Host- leads.")
        @Nullable
        String cookie,

        @Setting(
                value = "Time without a request after which a session ends.",
                byDefault = "1h",
                min = "1m",
                max = "30d")
        Duration idle,

        @Setting(
                value = "Time after which a session ends, however busy: then comes another login.",
                byDefault = "12h",
                min = "1m",
                max = "90d")
        Duration lasts,

        @Setting(
                value = "Memory for sessions that were opened, so that each is opened once; 0B opens them every time.",
                byDefault = "16MiB",
                max = "1GiB")
        long remember,

        @Setting(
                value = "Time a gateway takes a session for good without asking the store; 0s asks at every request.",
                byDefault = "0s",
                max = "1m")
        Duration cache) {
    private static final int LEAST_SECRET = 32;

    /// Characters: of 32 hexadecimal ones that chance made, fewer than that are never different.
    private static final int LEAST_DIFFERENT = 8;

    /// Where a session is kept.
    public enum Keeping {
        COOKIE,
        STORE
    }

    public SessionConfig {
        previousSecrets = List.copyOf(previousSecrets);
        check("secret", secret);
        previousSecrets.forEach(one -> check("previous_secrets", one));
        if (secret == null && !previousSecrets.isEmpty()) {
            throw new IllegalArgumentException("previous_secrets: only where there is a 'secret' now");
        }
        if (cookie != null && !cookie.matches("[A-Za-z0-9_.-]{1,64}")) {
            throw new IllegalArgumentException("cookie: '" + cookie + "' (expected: a name of letters and digits)");
        }
        if (cookie != null && cookie.startsWith("__")) {
            throw new IllegalArgumentException(
                    "cookie: is written without a prefix; over HTTPS __Host- is put in front");
        }
        if (idle.compareTo(lasts) > 0) {
            throw new IllegalArgumentException("idle: is longer than 'lasts', after which a session ends anyway");
        }
    }

    /// Whether nobody finds it by trying: as long as a secret of its own has to be, and not of a few characters
    /// over and over.
    public static boolean isStrong(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8).length >= LEAST_SECRET
                && secret.chars().distinct().count() >= LEAST_DIFFERENT;
    }

    private static void check(String key, @Nullable String secret) {
        if (secret != null && secret.getBytes(StandardCharsets.UTF_8).length < LEAST_SECRET) {
            throw new IllegalArgumentException(
                    key + ": needs at least " + LEAST_SECRET + " octets (such as 'openssl rand -base64 32' makes)");
        }
    }

    /// Without the secrets.
    @Override
    public String toString() {
        return "SessionConfig[in=" + in + ", store=" + store + ", idle=" + idle + ", lasts=" + lasts + "]";
    }
}
