package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.engine.grpc.MalformedTextException;
import dev.gatehouse.engine.routing.RouteRequest;
import dev.gatehouse.engine.routing.RouteTable;
import dev.gatehouse.http1.HeadFault;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a client is told about a request that could not be read, that nobody answers, or that the gateway cannot
/// finish.
final class Faults {
    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private static final Map<String, Object> METHODS =
            Map.of("allow", List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"));

    /// Looking for the nearest routes compares with every one; with very many, that is more than a refusal may
    /// cost.
    private static final int COMPARED = 10_000;

    private static final int NEAREST = 3;
    private static final int RETRY_AFTER_SHUTDOWN = 1;

    private Faults() {}

    /// No route matches.
    ///
    /// @param full whether the client may be told which routes come closest
    static Failure noRoute(RouteTable<Route> routes, RouteRequest request, RequestHead head, boolean full) {
        List<String> nearest = !full || routes.size() > COMPARED
                ? List.of()
                : routes.nearest(request, NEAREST).stream()
                        .map(near -> routes.value(near.route()).label())
                        .toList();
        return noRoute(head.method(), head.path(), nearest);
    }

    /// No route matches.
    ///
    /// @param nearest the routes that come closest, as `GET /menus/{id}`; shown when errors are exposed in full
    static Failure noRoute(String method, String path, List<String> nearest) {
        String message = "No route matches " + method + " " + path + ".";
        return nearest.isEmpty()
                ? new Failure(FailureKind.NO_ROUTE, message)
                : new Failure(FailureKind.NO_ROUTE, message, Map.of("nearest", nearest));
    }

    /// A route matches all but the method (RFC 9110 §15.5.6).
    ///
    /// @param path that was asked for
    /// @param allow the methods it answers, in the order to show them
    static Failure methodNotAllowed(String method, String path, List<String> allow) {
        String answers = allow.size() < 2
                ? String.join("", allow)
                : String.join(", ", allow.subList(0, allow.size() - 1)) + " and " + allow.getLast();
        return new Failure(
                FailureKind.METHOD_NOT_ALLOWED,
                path + " answers " + answers + ", not " + method + ".",
                Map.of("allow", allow));
    }

    /// A CORS preflight that nobody answers never becomes a request of its route, which may not take OPTIONS.
    static Failure preflight() {
        return new Failure(FailureKind.FORBIDDEN, "Nobody here answers preflights.");
    }

    /// RFC 9110 §15.5.20.
    static Failure misdirected() {
        return new Failure(
                FailureKind.MISDIRECTED_REQUEST,
                "This connection was made to a host that asks for other client certificates. Please open one to the host"
                        + " of the request.");
    }

    static Failure bodyTooLarge(long limit) {
        return new Failure(
                FailureKind.BODY_TOO_LARGE,
                "The request body is larger than " + limit + " bytes.",
                Map.of("limit", limit));
    }

    /// @param part of the request: `head` or `body`
    static Failure late(String part) {
        return new Failure(FailureKind.REQUEST_TIMEOUT, "The request " + part + " did not arrive in time.");
    }

    /// What a policy, or the decoding for one, has thrown instead of changing a body.
    ///
    /// @param of `request` or `answer`
    static Failure broken(String of, RuntimeException thrown) {
        if (thrown instanceof MalformedTextException) {
            return new Failure(FailureKind.BAD_REQUEST, "The request body is not base64, as its media type says.");
        }
        LOG.error("a policy failed on the body of the {}", of, thrown);
        return new Failure(FailureKind.INTERNAL_ERROR, "Something went wrong in the gateway.");
    }

    static Failure shuttingDown() {
        return new Failure(
                FailureKind.SHUTTING_DOWN,
                "The gateway is shutting down. Please try again.",
                Map.of("retry_after", RETRY_AFTER_SHUTDOWN));
    }

    static Failure failure(HeadFault fault) {
        return switch (fault.status()) {
            case 405 -> new Failure(FailureKind.METHOD_NOT_ALLOWED, fault.sentence(), METHODS);
            case 414 -> new Failure(FailureKind.URI_TOO_LONG, fault.sentence());
            case 417 -> new Failure(FailureKind.EXPECTATION_FAILED, fault.sentence());
            case 431 -> new Failure(FailureKind.HEAD_TOO_LARGE, fault.sentence());
            case 501 -> new Failure(FailureKind.NOT_IMPLEMENTED, fault.sentence());
            case 505 -> new Failure(FailureKind.HTTP_VERSION_NOT_SUPPORTED, fault.sentence());
            default -> new Failure(FailureKind.BAD_REQUEST, fault.sentence());
        };
    }
}
