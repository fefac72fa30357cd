package dev.gatehouse.engine.tls;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.tls.ClientCertificateException.Reason;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/// The authorities' lists of certificates they have revoked (CRL, RFC 5280 §5), as they stand in one file.
/// What is in no list is not believed to be unrevoked: an authority without a list, or with one that is out
/// of date, vouches for nobody. Nothing is fetched. Immutable; for all threads.
final class RevocationLists {
    private static final int CRL_SIGN = 6;

    private final Map<X500Principal, List<X509CRL>> byIssuer;

    private RevocationLists(Map<X500Principal, List<X509CRL>> byIssuer) {
        this.byIssuer = byIssuer;
    }

    /// @param file PEM or DER, one list or several
    /// @param authorities those that are known; a list in the name of one of them that it has not signed is a
    ///     mistake
    /// @throws TlsRefused when there is no list in it, or one that would not be understood
    static RevocationLists of(FileContent file, Collection<X509Certificate> authorities) {
        Map<X500Principal, List<X509CRL>> byIssuer = new HashMap<>();
        for (X509CRL list : read(file)) {
            String whose = "the list of " + ClientTrust.name(list.getIssuerX500Principal());
            if (list.getNextUpdate() == null) {
                throw refused(file, whose + " does not say until when it holds");
            }
            if (list.getCriticalExtensionOIDs() != null
                    && !list.getCriticalExtensionOIDs().isEmpty()) {
                // Delta lists, indirect ones, and those of a part of the certificates (RFC 5280 §5.2.4, §5.2.5).
                throw refused(file, whose + " is not one of all that its authority has revoked");
            }
            List<X509Certificate> namesakes = authorities.stream()
                    .filter(each -> each.getSubjectX500Principal().equals(list.getIssuerX500Principal()))
                    .toList();
            if (!namesakes.isEmpty() && namesakes.stream().noneMatch(each -> isSignedBy(list, each))) {
                throw refused(file, whose + " is not signed by it");
            }
            byIssuer.computeIfAbsent(list.getIssuerX500Principal(), _ -> new ArrayList<>())
                    .add(list);
        }
        if (byIssuer.isEmpty()) {
            throw refused(file, "there is no list in it");
        }
        return new RevocationLists(byIssuer);
    }

    private static List<X509CRL> read(FileContent file) {
        try {
            Collection<? extends CRL> all =
                    CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(file.octets()));
            return all.stream().map(X509CRL.class::cast).toList();
        } catch (CertificateException | CRLException e) {
            throw refused(file, "is no list of revoked certificates in PEM or DER: " + e.getMessage());
        }
    }

    private static TlsRefused refused(FileContent file, String sentence) {
        return new TlsRefused("crl", file + ": " + sentence);
    }

    /// @param issuer who has issued the certificate: verified to have
    void check(X509Certificate certificate, X509Certificate issuer, Instant now) throws ClientCertificateException {
        boolean listed = false;
        boolean current = false;
        for (X509CRL list : byIssuer.getOrDefault(certificate.getIssuerX500Principal(), List.of())) {
            if (!isSignedBy(list, issuer)) {
                continue;
            }
            listed = true;
            if (list.isRevoked(certificate)) {
                throw new ClientCertificateException(
                        Reason.REVOKED,
                        ClientTrust.name(certificate) + " was revoked by "
                                + ClientTrust.name(certificate.getIssuerX500Principal()));
            }
            current |= !list.getThisUpdate().toInstant().isAfter(now)
                    && list.getNextUpdate().toInstant().isAfter(now);
        }
        if (!current) {
            String whose = ClientTrust.name(certificate.getIssuerX500Principal());
            throw listed
                    ? new ClientCertificateException(
                            Reason.LIST_OUTDATED, "the list of what " + whose + " has revoked is out of date")
                    : new ClientCertificateException(
                            Reason.NO_LIST, "there is no list of what " + whose + " has revoked");
        }
    }

    /// The list remembers whose signature it bears: only the first look is work.
    private static boolean isSignedBy(X509CRL list, X509Certificate authority) {
        boolean[] uses = authority.getKeyUsage();
        if (uses != null && !uses[CRL_SIGN]) {
            return false;
        }
        try {
            list.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
