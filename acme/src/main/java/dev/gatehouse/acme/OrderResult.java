package dev.gatehouse.acme;

import dev.gatehouse.engine.tls.acme.IssuedCertificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What became of an order.
sealed interface OrderResult {
    /// There is a new certificate; nobody has stored it yet.
    record Issued(IssuedCertificate certificate) implements OrderResult {}

    /// There is none.
    ///
    /// @param why one sentence for the operator, without a full stop
    /// @param notBefore when the issuer wants to be asked again at the earliest; null when it did not say
    record Failed(String why, @Nullable Instant notBefore) implements OrderResult {}
}
