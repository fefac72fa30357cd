package dev.gatehouse.acme;

import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.telemetry.CounterSource;
import dev.gatehouse.engine.tls.acme.CertificateIssuer;
import dev.gatehouse.engine.tls.acme.CertificateIssuerFactory;
import dev.gatehouse.engine.tls.acme.Challenges;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Makes issuers that speak ACME. Found by ServiceLoader.
public final class AcmeIssuerFactory implements CertificateIssuerFactory {
    private final IssuerClock clock;

    public AcmeIssuerFactory() {
        this(IssuerClock.SYSTEM);
    }

    /// @param clock by which renewals are due; issuers are asked by the real one
    public AcmeIssuerFactory(IssuerClock clock) {
        this.clock = clock;
    }

    @Override
    public CertificateIssuer open(
            AcmeConfig config, Challenges challenges, Consumer<IssuedCertificate> issued, CounterSource counters) {
        return new AcmeIssuer(
                config,
                new CertificateOrder(config, challenges, IssuerClock.SYSTEM),
                clock,
                RandomGenerator.of("L64X128MixRandom"),
                issued,
                counters);
    }
}
