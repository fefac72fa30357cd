package dev.gatehouse.acme;

import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.config.AcmeConfig.Challenge;
import dev.gatehouse.engine.config.AcmeConfig.KeyType;
import dev.gatehouse.engine.config.Portion;
import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import dev.gatehouse.testkit.tls.TestCertificate;
import java.nio.file.Path;
import java.util.List;

/// What tests write under `acme`.
final class AcmeSection {
    private AcmeSection() {}

    static AcmeConfig in(Path storage, String... hosts) {
        return of(storage, KeyType.ECDSA, hosts);
    }

    static AcmeConfig of(Path storage, KeyType key, String... hosts) {
        return new AcmeConfig(
                List.of(hosts),
                "https://issuer.test/directory",
                null,
                null,
                true,
                storage.toString(),
                Challenge.HTTP_01,
                key,
                new Portion(0.33),
                null);
    }

    static IssuedCertificate issued(TestCertificate made) {
        return new IssuedCertificate(made.key(), made.chain());
    }
}
