package dev.gatehouse.engine.tls;

import java.net.Socket;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Leaves it to the Java runtime whether a service's certificate is believed (RFC 5280 §6, RFC 9525), and says in
/// words why it is not.
final class ServiceTrust extends X509ExtendedTrustManager {
    private static final int NAMES_SHOWN = 5;
    private static final int DNS = 2;
    private static final int IP = 7;

    /// Why a certificate is not believed, as a sentence about it.
    static final class NotBelieved extends CertificateException {
        private static final long serialVersionUID = 1L;

        NotBelieved(String sentence, CertificateException cause) {
            super(sentence, cause);
        }
    }

    private final X509ExtendedTrustManager judge;

    ServiceTrust(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            judge.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw new NotBelieved(printable(reason(chain, authType, engine.getPeerHost(), e)), e);
        }
    }

    private String reason(X509Certificate[] chain, String authType, @Nullable String host, CertificateException e) {
        for (X509Certificate certificate : chain) {
            String outOfDate = outOfDate(certificate, certificate == chain[0]);
            if (outOfDate != null) {
                return outOfDate;
            }
        }
        if (leadsToAuthority(chain, authType)) {
            return "its certificate does not match '" + host + "': it has " + names(chain[0]);
        }
        if (!isWithoutPath(e)) {
            return "its certificate is not believed: " + e.getMessage();
        }
        X509Certificate last = chain[chain.length - 1];
        boolean alone = chain.length == 1 && last.getIssuerX500Principal().equals(last.getSubjectX500Principal());
        return alone
                ? "its certificate is signed by itself, and is none of the authorities that are believed"
                : "its certificate is from an unknown authority: "
                        + last.getIssuerX500Principal().getName();
    }

    private static @Nullable String outOfDate(X509Certificate certificate, boolean own) {
        String whose = own
                ? "its certificate"
                : "the certificate of its issuer "
                        + certificate.getSubjectX500Principal().getName();
        try {
            certificate.checkValidity();
            return null;
        } catch (CertificateExpiredException _) {
            return whose + " has expired: it was valid until " + time(certificate.getNotAfter());
        } catch (CertificateNotYetValidException _) {
            return whose + " is not valid before " + time(certificate.getNotBefore());
        }
    }

    private static String time(Date date) {
        return DateTimeFormatter.ISO_INSTANT.format(date.toInstant().atOffset(ZoneOffset.UTC));
    }

    /// Names aside.
    private boolean leadsToAuthority(X509Certificate[] chain, String authType) {
        try {
            judge.checkServerTrusted(chain, authType);
            return true;
        } catch (CertificateException _) {
            return false;
        }
    }

    private static boolean isWithoutPath(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }

    private static String names(X509Certificate certificate) {
        try {
            List<String> names =
                    Objects.requireNonNullElse(certificate.getSubjectAlternativeNames(), List.<List<?>>of()).stream()
                            .filter(name -> Objects.equals(name.get(0), DNS) || Objects.equals(name.get(0), IP))
                            .map(name -> String.valueOf(name.get(1)))
                            .toList();
            if (names.isEmpty()) {
                return "no name, but the subject "
                        + certificate.getSubjectX500Principal().getName();
            }
            String shown = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
            return names.size() > NAMES_SHOWN ? shown + " and " + (names.size() - NAMES_SHOWN) + " more" : shown;
        } catch (CertificateParsingException _) {
            return "names that cannot be read";
        }
    }

    /// The service wrote parts of it, and it ends up in logs.
    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().limit(500).forEach(c -> clean.append(Character.isISOControl(c) ? '?' : (char) c));
        return clean.toString();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }

    // ── never asked by engines of clients
    // ────────────────────────────────────────────────────────────────────────────

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw withoutEngine();
    }

    private static CertificateException withoutEngine() {
        return new CertificateException("only the certificates of services are looked at, within a handshake");
    }
}
