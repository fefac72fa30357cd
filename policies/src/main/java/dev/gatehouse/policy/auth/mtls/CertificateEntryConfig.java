package dev.gatehouse.policy.auth.mtls;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whose certificates of a name are; in short, the name of the consumer.
@Settings(
        name = "authentication.mtls.certificate",
        value = "Whose certificates with this name are. In short: the name of the consumer.")
public record CertificateEntryConfig(
        @Setting("Name of the consumer, as under consumers.") @Nullable
        String consumer,

        @Setting("Roles that such a client has.") List<String> roles) {
    public CertificateEntryConfig {
        roles = List.copyOf(roles);
        if (consumer == null && roles.isEmpty()) {
            throw new IllegalArgumentException("says nothing (expected: 'consumer' or 'roles')");
        }
    }

    public static CertificateEntryConfig of(String consumer) {
        return new CertificateEntryConfig(consumer, List.of());
    }
}
