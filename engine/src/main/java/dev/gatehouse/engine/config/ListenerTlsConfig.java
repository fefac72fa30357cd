package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a listener speaks TLS with its clients.
@Settings(name = "listener.tls", value = "How a listener speaks TLS with its clients.")
public record ListenerTlsConfig(
        @Setting("Certificates, chosen by the host a client names (SNI): exact names before wildcards, and of one name"
                + " the kind of key the client can use (RSA and ECDSA may stand side by side).")
        List<CertificateConfig> certificates,

        @Setting("Gets certificates from an issuer by itself, and renews them.") @Nullable
        AcmeConfig acme,

        @Setting(value = "Oldest version of TLS: \"1.2\" or \"1.3\".", byDefault = "1.2")
        TlsVersion minVersion,

        @Setting(value = "Newest version of TLS.", byDefault = "1.3")
        TlsVersion maxVersion,

        @Setting(
                value =
                        "Cipher suites of TLS 1.2, the best first, by their IANA names; only those with AEAD and forward"
                                + " secrecy. None is all of these. TLS 1.3 has its own.",
                byDefault = "none")
        List<TlsCipher> ciphers,

        @Setting("Whether clients show certificates, and which are believed.") @Nullable
        ClientCertificatesConfig clientCertificates,

        @Setting("What some hosts ask for that the listener does not.")
        List<TlsHostConfig> hosts,

        @Setting("Tickets by which a client comes back without a full handshake.")
        SessionTicketsConfig sessionTickets,

        @Setting(
                value =
                        "Ask the issuers' OCSP responders about the certificates and staple what they say; one with an ocsp"
                                + " file has it stapled anyway.",
                byDefault = "false")
        boolean ocspStapling,

        @Setting(value = "Time a client has for the handshake.", byDefault = "10s", min = "100ms", max = "5m")
        Duration handshakeTimeout,

        @Setting(
                value = "Size of the first message of a client; a larger one is refused.",
                byDefault = "16KiB",
                min = "1KiB",
                max = "64KiB")
        int maxClientHello) {
    public ListenerTlsConfig {
        if (!ciphers.isEmpty() && minVersion.equals(TlsVersion.TLS_1_3)) {
            throw new IllegalArgumentException("ciphers: are those of TLS 1.2, which min_version excludes");
        }
        if (certificates.isEmpty() && acme == null) {
            throw new IllegalArgumentException("tls needs 'certificates' or 'acme'");
        }
        if (minVersion.compareTo(maxVersion) > 0) {
            throw new IllegalArgumentException(
                    "min_version: " + minVersion + " is newer than max_version, " + maxVersion);
        }
        if (certificates.stream().filter(CertificateConfig::fallback).count() > 1) {
            throw new IllegalArgumentException("certificates: only one of them can be the fallback");
        }
        Check.between("handshake_timeout", handshakeTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
        Check.between("max_client_hello", maxClientHello, 1 << 10, 64 << 10);
    }
}
