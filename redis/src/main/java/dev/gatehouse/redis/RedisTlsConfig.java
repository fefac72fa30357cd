package dev.gatehouse.redis;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How TLS is spoken with servers that are `rediss://`.
@Settings(name = "stores.redis.tls", value = "How TLS is spoken with a Redis that is rediss://.")
public record RedisTlsConfig(
        @Setting(
                value = "What is verified of its certificate: true is all of it, chain leaves the name out, false is"
                        + " nothing.",
                byDefault = "true")
        Verification verify,

        @Setting("PEM file with the authorities that are believed; left out, those the Java runtime knows.") @Nullable
        FileContent ca,

        @Setting("PEM file with the gateway's own certificate, for a Redis that wants one.") @Nullable
        FileContent certificate,

        @Setting("PEM file with the key of that certificate, in PKCS#8.") @Nullable
        FileContent key) {
    static final RedisTlsConfig DEFAULT = new RedisTlsConfig(new Verification(Level.FULL), null, null, null);

    /// How much is verified.
    public enum Level {
        /// Authority, dates and name.
        FULL,
        /// Authority and dates.
        CHAIN,
        /// Nothing: whoever answers is believed.
        NONE
    }

    /// What is verified of a server's certificate, as it is written.
    public record Verification(Level level) {
        /// @throws IllegalArgumentException for another word
        public static Verification of(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "full" -> new Verification(Level.FULL);
                case "chain" -> new Verification(Level.CHAIN);
                case "false", "none" -> new Verification(Level.NONE);
                default -> throw new IllegalArgumentException("'" + text + "' (expected: true, chain or false)");
            };
        }

        @Override
        public String toString() {
            return switch (level) {
                case FULL -> "true";
                case CHAIN -> "chain";
                case NONE -> "false";
            };
        }
    }

    public RedisTlsConfig {
        if ((certificate == null) != (key == null)) {
            throw new IllegalArgumentException(
                    certificate == null
                            ? "certificate: is missing beside 'key'"
                            : "key: is missing beside 'certificate'");
        }
    }
}
