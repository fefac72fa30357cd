package dev.gatehouse.policy.auth.mtls;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.api.identity.Identity;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose certificates are, by the settings. A certificate is read once, not for every request. Used by all loops.
final class Holders {
    /// A few KiB each, the certificate included.
    private static final int MOST_REMEMBERED = 10_000;

    private final String method;
    private final NameKind userFrom;
    private final @Nullable NameKind consumerFrom;
    private final Map<CertificateName, CertificateEntryConfig> known = new LinkedHashMap<>();
    private final Cache<X509Certificate, Holder> remembered = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .executor(Runnable::run)
            .build();

    /// @param method the authenticator's name
    Holders(String method, MtlsConfig config) {
        this.method = method;
        this.userFrom = config.userFrom();
        this.consumerFrom = config.consumerFrom();
        config.certificates().forEach((name, entry) -> known.put(CertificateName.written(name), entry));
    }

    /// Equal certificates are equal octets, so nobody is taken for somebody else.
    Holder of(X509Certificate certificate) {
        Holder found = remembered.getIfPresent(certificate);
        if (found == null) {
            found = read(certificate);
            remembered.put(certificate, found);
        }
        return found;
    }

    private Holder read(X509Certificate certificate) {
        CertificateNames names;
        try {
            names = CertificateNames.of(certificate);
        } catch (IllegalArgumentException e) {
            return Holder.refused(String.valueOf(e.getMessage()));
        }
        List<String> users = names.of(userFrom);
        if (users.size() != 1) {
            return Holder.refused("the certificate has " + (users.isEmpty() ? "no name" : "several names") + " of the kind '"
                    + userFrom.name().toLowerCase(Locale.ROOT) + "', which say who the user is");
        }
        List<CertificateEntryConfig> entries =
                names.all().stream().filter(known::containsKey).map(known::get).toList();
        if (entries.isEmpty() && !known.isEmpty()) {
            return Holder.refused("no name of the certificate is under 'certificates'");
        }
        Set<String> roles = new LinkedHashSet<>();
        Set<String> consumers = new LinkedHashSet<>();
        for (CertificateEntryConfig entry : entries) {
            roles.addAll(entry.roles());
            if (entry.consumer() != null) {
                consumers.add(entry.consumer());
            }
        }
        if (consumers.isEmpty() && consumerFrom != null) {
            consumers.addAll(names.of(consumerFrom));
        }
        Identity identity = new Identity(
                method,
                users.getFirst(),
                null,
                "sha256:" + names.fingerprint().substring(0, 16),
                roles,
                Set.of(),
                names.claims(certificate));
        return new Holder(identity, new ArrayList<>(consumers), null);
    }
}
