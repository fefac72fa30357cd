package dev.gatehouse.acme;

import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// When a certificate is renewed: while a share of its life is left. Chance moves that by up to a tenth, so that
/// what was ordered together is not renewed together.
///
/// @param share of the life that is left, from 0 to 1
record RenewalSchedule(double share) {
    private static final double SPREAD = 0.1;

    Instant renewal(IssuedCertificate certificate, RandomGenerator chance) {
        Duration life = Duration.between(certificate.notBefore(), certificate.notAfter());
        double left = share * chance.nextDouble(1 - SPREAD, 1 + SPREAD);
        return certificate.notAfter().minusMillis((long) (life.toMillis() * left));
    }
}
