package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.service.Service;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client is told when its request came to nothing on the way to a service.
final class ServiceFailures {
    private static final int RETRY_AFTER = 30;

    private ServiceFailures() {}

    /// No instance could be reached.
    static Failure unavailable(Service service) {
        return new Failure(
                FailureKind.SERVICE_UNAVAILABLE,
                service.name() + " is temporarily down. Try again in a few minutes.",
                Map.of("retry_after", RETRY_AFTER));
    }

    /// It was sent the request, and said nothing in time, or stopped in the middle.
    static Failure timeout() {
        return new Failure(
                FailureKind.SERVICE_TIMEOUT, "Request took too long. Please try again.", Map.of("sent", true));
    }

    /// The time is over that its caller, or its route, has given a call.
    static Failure late() {
        return new Failure(
                FailureKind.DEADLINE_EXCEEDED, "The call was not over in the time it was given.", Map.of("sent", true));
    }

    /// @param detail a sentence about the answer
    static Failure broken(Service service, String detail) {
        return new Failure(
                FailureKind.SERVICE_BAD_RESPONSE,
                service.name() + " gave an answer that cannot be passed on. " + detail);
    }

    /// The rewritten path would be another one than the route says.
    static Failure leadsElsewhere() {
        return new Failure(
                FailureKind.BAD_REQUEST, "A value of this request would lead to another path than its route's.");
    }

    /// No TLS was agreed on with an instance: its certificate is not believed, most often.
    ///
    /// @param cause why, for operators only; it may name addresses
    static Failure tls(Service service, @Nullable String cause) {
        return new Failure(
                FailureKind.SERVICE_TLS_FAILED,
                service.name() + " could not be reached safely. Try again later.",
                cause == null ? Map.of() : Map.of(Failure.CAUSE, cause));
    }

    /// Every instance has sent the request back unread.
    static Failure notProcessed(Service service) {
        return new Failure(
                FailureKind.SERVICE_UNAVAILABLE,
                service.name() + " did not take the request. Try again.",
                Map.of("retry_after", 1, Failure.CAUSE, "it refused the stream or was closing the connection"));
    }

    /// The protocol the client asks for cannot be carried to it.
    static Failure noUpgrade(Service service) {
        return new Failure(
                FailureKind.SERVICE_BAD_RESPONSE,
                service.name() + " does not take this protocol.",
                Map.of(Failure.CAUSE, "it speaks HTTP/2 only, without extended CONNECT (RFC 8441)"));
    }
}
