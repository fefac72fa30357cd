package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Certificates that the gateway gets by itself (ACME, RFC 8555).
@Settings(name = "listener.tls.acme", value = "Certificates that the gateway gets by itself, and renews (ACME).")
public record AcmeConfig(
        @Setting(value = "Hosts to get a certificate for; one certificate names them all.", min = "1", max = "100")
        List<String> hosts,

        @Setting(
                value = "The issuer: the URL of its directory.",
                byDefault = "https://acme-v02.api.letsencrypt.org/directory")
        String directory,

        @Setting("Where the issuer writes to when something is wrong.") @Nullable
        String email,

        @Setting("That you agree to the issuer's terms; without it, nothing is asked for.")
        boolean agreeToTerms,

        @Setting(
                value = "Folder for the account's key and the certificates, relative to where the gateway runs; it must"
                        + " outlive the process.",
                byDefault = "acme")
        String storage,

        @Setting(
                value =
                        "How the issuer finds out that a host is ours: http-01 asks port 80 of it, tls-alpn-01 port 443.",
                byDefault = "http-01")
        Challenge challenge,

        @Setting(value = "Kind of key: ecdsa or rsa.", byDefault = "ecdsa")
        KeyType key,

        @Setting(
                value = "Share of a certificate's life that is left when it is renewed; spread by chance by a tenth.",
                byDefault = "33%")
        Portion renewAt,

        @Setting("PEM file with the certificate of the issuer's own CA, for issuers of your own.") @Nullable
        FileContent ca) {
    /// How the issuer finds out that a host is ours.
    public enum Challenge {
        /// RFC 8555 §8.3.
        @dev.gatehouse.api.config.Word("http-01")
        HTTP_01,
        /// RFC 8737.
        @dev.gatehouse.api.config.Word("tls-alpn-01")
        TLS_ALPN_01
    }

    /// Kind of a certificate's key.
    public enum KeyType {
        ECDSA,
        RSA
    }

    public AcmeConfig {
        if (!agreeToTerms) {
            throw new IllegalArgumentException("agree_to_terms: must be true; read the terms of " + directory);
        }
        for (String host : hosts) {
            if (host.contains("*")) {
                throw new IllegalArgumentException(
                        "hosts: '" + host + "' (a wildcard needs a DNS challenge, which this gateway cannot answer)");
            }
        }
    }
}
