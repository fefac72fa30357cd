package dev.gatehouse.engine.tls.acme;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the certificate of an `acme` section stands, at one moment.
///
/// @param hosts those the certificate is for, as they are written
/// @param directory the issuer
/// @param notAfter until when the certificate holds that is shown now; null while there is none
/// @param lastAttempt when the last order ended; null before the first of this process
/// @param problem why it failed, for people; null when it did not
/// @param next when the next order is due; null while one is under way
public record IssuerStatus(
        List<String> hosts,
        String directory,
        State state,
        @Nullable Instant notAfter,
        @Nullable Instant lastAttempt,
        @Nullable String problem,
        @Nullable Instant next) {
    /// What it is doing.
    public enum State {
        /// There is a certificate, and it is not due.
        VALID,
        /// An order is under way, here or in another gateway on the same storage.
        ORDERING,
        /// The last order failed; [#next] says when it is tried again. There may be a certificate yet.
        FAILING
    }

    public IssuerStatus {
        hosts = List.copyOf(hosts);
    }
}
