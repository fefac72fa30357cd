package dev.gatehouse.engine.tls;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whose TLS is spoken. BoringSSL wherever its native library loads. The JDK's elsewhere: slower, it staples no OCSP
/// answers and keeps the keys of tickets to itself.
public enum TlsProvider {
    BORINGSSL,
    JDK;

    private static final Logger LOG = LoggerFactory.getLogger(TlsProvider.class);

    /// What tests say they want: `boringssl` or `jdk`.
    private static final String WISH = "gatehouse.tls.provider";

    /// The best of this machine, unless the system property `gatehouse.tls.provider` says `jdk`.
    public static TlsProvider best() {
        if (System.getProperty(WISH, "").equals("jdk")) {
            return JDK;
        }
        return Library.LOADS ? BORINGSSL : JDK;
    }

    /// Tried once, when somebody wants TLS: who reads the log is told once.
    private static final class Library {
        static final boolean LOADS = loads();

        private static boolean loads() {
            if (OpenSsl.isAvailable()) {
                return true;
            }
            LOG.warn(
                    "BoringSSL does not load here, the JDK's TLS is used: slower, without OCSP stapling, and tickets end"
                            + " with a reload ({})",
                    String.valueOf(OpenSsl.unavailabilityCause()));
            return false;
        }
    }

    SslProvider netty() {
        // Counted, not finalized: the contexts and engines of a busy listener are many.
        return this == BORINGSSL ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
    }
}
