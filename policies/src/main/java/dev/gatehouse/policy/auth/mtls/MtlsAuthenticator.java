package dev.gatehouse.policy.auth.mtls;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.time.TimeSource;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;

/// Identifies clients by the certificate of their connection. There is nothing to take out of a request: the
/// certificate is no part of it.
final class MtlsAuthenticator implements Authenticator {
    private final Holders holders;
    private final Consumers consumers;
    private final TimeSource time;

    MtlsAuthenticator(Holders holders, Consumers consumers, TimeSource time) {
        this.holders = holders;
        this.consumers = consumers;
        this.time = time;
    }

    @Override
    public Authentication authenticate(Exchange exchange) {
        X509Certificate certificate = exchange.request().clientCertificate();
        if (certificate == null) {
            return Authentication.ABSENT;
        }
        exchange.set(Identity.AMBIENT, true);
        // Verified when the connection was made, which may be long ago.
        Instant now = time.now();
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return refused(
                    FailureKind.CLIENT_CERTIFICATE_REQUIRED,
                    "The client certificate of this connection has expired. Connect again with a new one.",
                    "the certificate expired at " + certificate.getNotAfter().toInstant());
        }
        Holder holder = holders.of(certificate);
        Identity identity = holder.identity();
        if (identity == null) {
            return unknown(String.valueOf(holder.why()));
        }
        Consumer meant = null;
        for (String name : holder.consumers()) {
            Consumer consumer = consumers.consumer(name);
            if (consumer != null && meant != null) {
                return unknown("the certificate is of several consumers: " + meant.name() + ", " + consumer.name());
            }
            meant = consumer == null ? meant : consumer;
        }
        return new Authentication.Identified(meant == null ? identity : identity.as(meant));
    }

    private static Authentication unknown(String why) {
        return refused(FailureKind.FORBIDDEN, "Your client certificate is not known here.", why);
    }

    private static Authentication refused(FailureKind kind, String message, String why) {
        return new Authentication.Refused(new Failure(kind, message, Map.of(Failure.CAUSE, why)));
    }

    @Override
    public Failure missing(Exchange exchange) {
        return new Failure(
                FailureKind.CLIENT_CERTIFICATE_REQUIRED, "Connect with a client certificate that is trusted here.");
    }
}
