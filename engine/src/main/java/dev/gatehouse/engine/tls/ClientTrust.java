package dev.gatehouse.engine.tls;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.ClientCertificatesConfig;
import dev.gatehouse.engine.tls.ClientCertificateException.Reason;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/// Which certificates of clients are believed within one [ClientBoundary]: those that lead to one of its
/// authorities (RFC 5280 §6), are made for clients, and are in no list of revoked ones. Nothing is fetched,
/// so that a handshake may ask on an event loop. Immutable; for all threads.
public final class ClientTrust extends X509ExtendedTrustManager {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_USE = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int LONGEST_NAME = 200;

    private final List<X509Certificate> authorities;
    private final Set<TrustAnchor> anchors;
    private final Set<X500Principal> names;
    private final @Nullable RevocationLists lists;
    private final int maxDepth;
    private final InstantSource clock;

    private ClientTrust(ClientCertificatesConfig config, InstantSource clock) {
        this.clock = clock;
        this.maxDepth = config.maxDepth();
        this.authorities = authorities(Objects.requireNonNull(config.ca(), "a boundary that asks has authorities"));
        this.anchors = authorities.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toUnmodifiableSet());
        this.names = authorities.stream()
                .map(X509Certificate::getSubjectX500Principal)
                .collect(Collectors.toCollection(HashSet::new));
        this.lists = config.crl() == null ? null : RevocationLists.of(config.crl(), authorities);
    }

    /// @param config one that asks for certificates
    /// @param clock what time it is when a certificate is shown
    /// @throws TlsRefused when its files cannot be used
    public static ClientTrust of(ClientCertificatesConfig config, InstantSource clock) {
        return new ClientTrust(config, clock);
    }

    private static List<X509Certificate> authorities(FileContent file) {
        List<X509Certificate> all;
        try {
            all =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(file.octets()))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
        } catch (CertificateException e) {
            throw new TlsRefused("ca", file + " holds no certificates in PEM: " + e.getMessage());
        }
        if (all.isEmpty()) {
            throw new TlsRefused("ca", file + " holds no certificate");
        }
        for (X509Certificate one : all) {
            if (one.getBasicConstraints() < 0) {
                throw new TlsRefused(
                        "ca", file + ": " + name(one) + " is no authority (its basic constraints do not say CA:TRUE)");
            }
        }
        return all;
    }

    /// Who is believed to be at the other end.
    ///
    /// @param shown as the client sent them, its own first; each has to have issued the one before (RFC 5246
    ///     §7.4.2)
    /// @return the client's own and those that lead to an authority, without the authority
    public List<X509Certificate> verify(List<X509Certificate> shown) throws ClientCertificateException {
        List<X509Certificate> path = path(shown);
        Instant now = clock.instant();
        checkUse(path);
        X509Certificate issuer = authority(path, now);
        if (now.isAfter(issuer.getNotAfter().toInstant())) {
            throw new ClientCertificateException(Reason.EXPIRED, name(issuer) + ", an authority, has expired");
        }
        if (lists != null) {
            for (X509Certificate each : path.reversed()) {
                lists.check(each, issuer, now);
                issuer = each;
            }
        }
        return path;
    }

    private List<X509Certificate> path(List<X509Certificate> shown) throws ClientCertificateException {
        if (shown.isEmpty()) {
            throw new ClientCertificateException(Reason.MISSING, "the client has shown no certificate");
        }
        for (int length = 1; length <= shown.size(); length++) {
            X509Certificate last = shown.get(length - 1);
            if (names.contains(last.getIssuerX500Principal())) {
                if (length - 1 > maxDepth) {
                    throw new ClientCertificateException(
                            Reason.CHAIN_TOO_LONG,
                            length - 1 + " certificates stand between " + name(shown.getFirst())
                                    + " and its authority (max_depth: " + maxDepth + ")");
                }
                return List.copyOf(shown.subList(0, length));
            }
        }
        throw new ClientCertificateException(
                Reason.UNKNOWN_AUTHORITY,
                name(shown.getFirst()) + " is issued by " + name(shown.getLast().getIssuerX500Principal())
                        + ", which is not known here");
    }

    private static void checkUse(List<X509Certificate> path) throws ClientCertificateException {
        X509Certificate own = path.getFirst();
        boolean[] uses = own.getKeyUsage();
        if (!extendedUse(own).contains(CLIENT_AUTH) || (uses != null && !uses[DIGITAL_SIGNATURE])) {
            throw new ClientCertificateException(
                    Reason.NOT_FOR_CLIENTS,
                    name(own) + " is no certificate of a client (extended key usage clientAuth)");
        }
        for (X509Certificate issuing : path.subList(1, path.size())) {
            List<String> may = extendedUse(issuing);
            if (!may.isEmpty() && !may.contains(CLIENT_AUTH) && !may.contains(ANY_USE)) {
                throw new ClientCertificateException(
                        Reason.NOT_FOR_CLIENTS, name(issuing) + " may not issue certificates of clients");
            }
        }
    }

    private static List<String> extendedUse(X509Certificate certificate) throws ClientCertificateException {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses == null ? List.of() : uses;
        } catch (CertificateException e) {
            throw new ClientCertificateException(
                    Reason.INVALID, name(certificate) + " has an extended key usage nobody understands", e);
        }
    }

    /// The authority that the path leads to.
    private X509Certificate authority(List<X509Certificate> path, Instant now) throws ClientCertificateException {
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            // The lists are asked below: that of the JDK would believe one for a while after its time.
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            PKIXCertPathValidatorResult result = (PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return result.getTrustAnchor().getTrustedCert();
        } catch (CertPathValidatorException e) {
            boolean late = e.getReason() == CertPathValidatorException.BasicReason.EXPIRED
                    || e.getReason() == CertPathValidatorException.BasicReason.NOT_YET_VALID;
            X509Certificate at = path.get(Math.max(e.getIndex(), 0));
            throw late
                    ? new ClientCertificateException(
                            Reason.EXPIRED,
                            name(at) + " is valid from " + at.getNotBefore().toInstant() + " to "
                                    + at.getNotAfter().toInstant(),
                            e)
                    : new ClientCertificateException(Reason.INVALID, name(at) + ": " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new ClientCertificateException(Reason.INVALID, name(path.getFirst()) + ": " + e.getMessage(), e);
        }
    }

    /// For messages.
    static String name(X509Certificate certificate) {
        return name(certificate.getSubjectX500Principal());
    }

    /// For messages. Anybody may put anything into a certificate that nobody has verified yet.
    static String name(X500Principal principal) {
        String name = principal.getName().replaceAll("\\p{Cntrl}", "?");
        return "'" + (name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name) + "'";
    }

    // ── asked in handshakes
    // ──────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        verify(List.of(chain));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        verify(List.of(chain));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        verify(List.of(chain));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw notAServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw notAServer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw notAServer();
    }

    private static CertificateException notAServer() {
        return new CertificateException("these authorities are asked about clients only");
    }

    /// Whom clients are told they may show certificates of.
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return authorities.toArray(X509Certificate[]::new);
    }
}
