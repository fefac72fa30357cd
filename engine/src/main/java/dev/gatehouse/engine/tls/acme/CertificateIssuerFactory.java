package dev.gatehouse.engine.tls.acme;

import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.telemetry.CounterSource;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes what talks to an issuer of certificates. A module of its own brings it, found by [ServiceLoader], because
/// the libraries behind it are heavy; a gateway without `acme` never loads it.
public interface CertificateIssuerFactory {
    /// Takes what is in the storage, and connects to nobody yet.
    ///
    /// @param challenges where it puts what the issuer is going to ask the gateway for
    /// @param issued told each certificate the gateway is to show from then on: the stored one before this returns,
    ///     later ones on another thread
    /// @param counters where it counts its orders
    CertificateIssuer open(
            AcmeConfig config, Challenges challenges, Consumer<IssuedCertificate> issued, CounterSource counters);

    /// The one there is; null when there is none.
    static @Nullable CertificateIssuerFactory found() {
        return ServiceLoader.load(CertificateIssuerFactory.class, CertificateIssuerFactory.class.getClassLoader())
                .findFirst()
                .orElse(null);
    }

    /// Whether there is one. Does not load it.
    static boolean isThere() {
        return ServiceLoader.load(CertificateIssuerFactory.class, CertificateIssuerFactory.class.getClassLoader())
                .stream()
                .findFirst()
                .isPresent();
    }
}
