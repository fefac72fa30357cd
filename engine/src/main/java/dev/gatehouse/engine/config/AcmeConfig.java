package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.config.Word;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
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

        @Setting("The account at the issuer that the gateway's own is to belong to, where the issuer wants one.")
        @Nullable
        ExternalAccountConfig externalAccount,

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
        @Word("http-01")
        HTTP_01,
        /// RFC 8737.
        @Word("tls-alpn-01")
        TLS_ALPN_01
    }

    /// Kind of a certificate's key.
    public enum KeyType {
        ECDSA,
        RSA
    }

    private static final double LEAST_RENEW = 0.05;
    private static final double MOST_RENEW = 0.8;

    /// Names of DNS. What ends in digits only is an address, which has no place here.
    private static final Pattern HOST = Pattern.compile("([a-z0-9_][a-z0-9_-]{0,62}\\.)*(?!\\d+$)[a-z0-9-]{1,63}");

    public AcmeConfig {
        if (!agreeToTerms) {
            throw new IllegalArgumentException("agree_to_terms: must be true; read the terms of " + directory);
        }
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
        if (Set.copyOf(hosts).size() != hosts.size()) {
            throw new IllegalArgumentException("hosts: one is written twice");
        }
        for (String host : hosts) {
            if (host.contains("*")) {
                throw new IllegalArgumentException(
                        "hosts: '" + host + "' (a wildcard needs a DNS challenge, which this gateway cannot answer)");
            }
            if (host.length() > 253 || !HOST.matcher(host).matches()) {
                throw new IllegalArgumentException("hosts: '" + host + "' is no name an issuer can look up"
                        + " (expected: a whole name, like shop.example.com)");
            }
        }
        if (!isHttps(directory)) {
            throw new IllegalArgumentException(
                    "directory: '" + directory + "' (expected: a URL that begins with https://)");
        }
        if (email != null && (email.indexOf('@') < 1 || email.indexOf(',') >= 0)) {
            throw new IllegalArgumentException("email: '" + email + "' (expected: one address)");
        }
        if (storage.isBlank()) {
            throw new IllegalArgumentException("storage: is empty (expected: a folder)");
        }
        if (renewAt.share() < LEAST_RENEW || renewAt.share() > MOST_RENEW) {
            throw new IllegalArgumentException("renew_at: " + renewAt + " (expected: 5% to 80%)");
        }
    }

    private static boolean isHttps(String directory) {
        try {
            URI uri = URI.create(directory);
            return "https".equals(uri.getScheme()) && uri.getHost() != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
