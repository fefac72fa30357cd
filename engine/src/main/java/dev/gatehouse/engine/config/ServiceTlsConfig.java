package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How TLS is spoken with a service whose instances are `https://`.
@Settings(name = "service.tls", value = "How TLS is spoken with a service whose instances are https://.")
public record ServiceTlsConfig(
        @Setting(
                value =
                        "What is verified of its certificate: true is all of it, chain leaves the name out, false is nothing.",
                byDefault = "true")
        Verification verify,

        @Setting("PEM file with the authorities that are believed; left out, those the Java runtime knows.") @Nullable
        FileContent ca,

        @Setting(
                "Name the service is asked for (SNI) and its certificate must have; left out, the host of the instance.")
        @Nullable
        String serverName,

        @Setting("The gateway's own certificate, for services that want one.") @Nullable
        CertificateConfig certificate,

        @Setting(value = "Oldest version of TLS: \"1.2\" or \"1.3\".", byDefault = "1.2")
        TlsVersion minVersion,

        @Setting(value = "Newest version of TLS.", byDefault = "1.3")
        TlsVersion maxVersion) {
    /// Everything verified, by the authorities the Java runtime knows.
    public static final ServiceTlsConfig DEFAULT =
            new ServiceTlsConfig(Verification.FULL, null, null, null, TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);

    /// What is verified of a service's certificate.
    ///
    /// @param level as it is called here
    public record Verification(Level level) {
        public static final Verification FULL = new Verification(Level.FULL);

        public enum Level {
            /// Authority, dates and name.
            FULL,
            /// Authority and dates.
            CHAIN,
            /// Nothing: whoever answers is believed.
            NONE
        }

        /// @throws IllegalArgumentException for another word
        public static Verification of(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true", "full" -> FULL;
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

    public ServiceTlsConfig {
        if (serverName != null && !serverName.matches("[A-Za-z0-9_.:-]{1,253}")) {
            throw new IllegalArgumentException(
                    "server_name: '" + serverName + "' is neither a name nor an address (expected: orders.internal)");
        }
        if (certificate != null && (certificate.ocsp() != null || certificate.fallback())) {
            throw new IllegalArgumentException(
                    "certificate: 'ocsp' and 'fallback' mean something for listeners only; remove them");
        }
        if (minVersion.compareTo(maxVersion) > 0) {
            throw new IllegalArgumentException(
                    "min_version: " + minVersion + " is newer than max_version, " + maxVersion);
        }
    }
}
