package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `errors.from_services: standard`: a service's error in the standard form. Status and fields stay the service's;
/// only the body and what is said about it are replaced.
///
/// Replaced is every 5xx, whose body tells strangers more of the house than it helps them, and a 4xx with nothing to
/// say. A 4xx with a body stays: it tells the client what to do better.
final class ServiceErrors {
    /// Fields about the body that is thrown away (RFC 9110 §8), beside those of framing and connection.
    private static final Set<String> OF_THE_BODY = Set.of(
            "accept-ranges",
            "age",
            "content-digest",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-length",
            "content-location",
            "content-md5",
            "content-range",
            "content-type",
            "digest",
            "etag",
            "expires",
            "last-modified",
            "repr-digest",
            "trailer");

    private final ErrorBody bodies;

    ServiceErrors(ErrorBody bodies) {
        this.bodies = bodies;
    }

    /// Whether this answer is to be replaced. The answer to HEAD is judged as that to GET would be.
    static boolean replaces(ParsedResponse head) {
        int status = head.status();
        return status >= 500 || (status >= 400 && head.contentLength() == 0);
    }

    /// The answer in its place.
    Response standard(ParsedResponse head, @Nullable Text accept, String requestId) {
        int status = head.status();
        Failure failure = status >= 500
                ? new Failure(
                        FailureKind.SERVICE_ERROR,
                        "The service could not answer this request because of an error of its own.",
                        Map.of("status", status))
                : new Failure(
                        FailureKind.SERVICE_REFUSED,
                        "The service refused this request: " + (status + " " + Reasons.of(status)).strip() + ".",
                        Map.of("status", status));
        Response answer = bodies.standard(status, failure, accept, requestId);
        for (int i = 0, n = head.count(); i < n; i++) {
            if (!head.dropped(i) && isKept(head, i)) {
                answer.add(HeaderName.of(head.name(i)), head.value(i));
            }
        }
        return answer;
    }

    private static boolean isKept(ParsedResponse head, int field) {
        KnownField known = head.known(field);
        return (known == null
                        || (known.role() != KnownField.Role.HOP_BY_HOP && known.role() != KnownField.Role.GATEWAY))
                && known != KnownField.HOST
                && !OF_THE_BODY.contains(head.name(field).toLowerCase(Locale.ROOT));
    }
}
