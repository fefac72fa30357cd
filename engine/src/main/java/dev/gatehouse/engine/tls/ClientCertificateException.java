package dev.gatehouse.engine.tls;

import java.io.Serial;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;

/// A client's certificate that is not believed, or that is missing. It ends the handshake, or the connection
/// of a client that came back.
public final class ClientCertificateException extends CertificateException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /// Why; a label of metrics.
    public enum Reason {
        /// One is required, and the client has shown none.
        MISSING,
        /// It is not yet valid, or no longer, or one of its issuers is not.
        EXPIRED,
        /// No authority that is known here has issued it.
        UNKNOWN_AUTHORITY,
        /// More certificates stand between it and the authority than are allowed.
        CHAIN_TOO_LONG,
        /// It is not one for clients: its extended key usage does not say clientAuth (RFC 5280 §4.2.1.12).
        NOT_FOR_CLIENTS,
        REVOKED,
        /// Whether it was revoked is not known: its issuer has no list here.
        NO_LIST,
        /// Whether it was revoked is not known: the list of its issuer is out of date.
        LIST_OUTDATED,
        /// A signature, a constraint or an algorithm is not as it has to be (RFC 5280 §6).
        INVALID
    }

    ClientCertificateException(Reason reason, String sentence) {
        this(reason, sentence, null);
    }

    ClientCertificateException(Reason reason, String sentence, @Nullable Throwable cause) {
        super(sentence, cause == null ? told(reason, sentence) : cause);
        this.reason = reason;
    }

    /// What TLS makes the alert of that the client is sent.
    private static @Nullable Throwable told(Reason reason, String sentence) {
        CertPathValidatorException.BasicReason basic = switch (reason) {
            case EXPIRED -> CertPathValidatorException.BasicReason.EXPIRED;
            case REVOKED -> CertPathValidatorException.BasicReason.REVOKED;
            case NO_LIST, LIST_OUTDATED -> CertPathValidatorException.BasicReason.UNDETERMINED_REVOCATION_STATUS;
            case MISSING, UNKNOWN_AUTHORITY, CHAIN_TOO_LONG, NOT_FOR_CLIENTS, INVALID -> null;
        };
        return basic == null ? null : new CertPathValidatorException(sentence, null, null, -1, basic);
    }

    public Reason reason() {
        return reason;
    }

    /// Why a handshake failed, if it was for the client's certificate.
    ///
    /// @param failure what the handshake ended with
    /// @return null when it failed for something else
    public static @Nullable Reason reasonOf(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 8; depth++) {
            if (at instanceof ClientCertificateException refused) {
                return refused.reason;
            }
            String message = String.valueOf(at.getMessage());
            if (message.contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")
                    || message.contains("Empty client certificate chain")) {
                return Reason.MISSING;
            }
            at = at.getCause();
        }
        return null;
    }

    /// The sentence that goes with [#reasonOf].
    static String sentenceOf(Throwable failure) {
        Throwable at = failure;
        for (int depth = 0; at != null && depth < 8; depth++) {
            if (at instanceof ClientCertificateException refused) {
                return String.valueOf(refused.getMessage());
            }
            at = at.getCause();
        }
        return "the client has shown no certificate";
    }
}
