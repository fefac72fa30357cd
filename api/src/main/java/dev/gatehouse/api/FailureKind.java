package dev.gatehouse.api;

/// Why an exchange was not served: the one catalogue from which the status, the error body, the log field and the
/// metric label come. The constant's name is the public code.
public enum FailureKind {
    BAD_REQUEST(Source.CLIENT, 400, "Bad request"),
    FORBIDDEN(Source.CLIENT, 403, "Not allowed"),
    NO_ROUTE(Source.CLIENT, 404, "No route here"),
    REQUEST_TIMEOUT(Source.CLIENT, 408, "The request did not arrive in time"),
    METHOD_NOT_ALLOWED(Source.CLIENT, 405, "Method not allowed"),
    BODY_TOO_LARGE(Source.CLIENT, 413, "The body is too large"),
    URI_TOO_LONG(Source.CLIENT, 414, "The request line is too long"),
    EXPECTATION_FAILED(Source.CLIENT, 417, "The expectation cannot be met"),
    /// The request is for a host that asks for other client certificates than the one the connection was made to
    /// (RFC 9110 §15.5.20).
    MISDIRECTED_REQUEST(Source.CLIENT, 421, "This connection is not for that host"),
    HEAD_TOO_LARGE(Source.CLIENT, 431, "The request head is too large"),
    NOT_IMPLEMENTED(Source.CLIENT, 501, "Not implemented"),
    HTTP_VERSION_NOT_SUPPORTED(Source.CLIENT, 505, "HTTP version not supported"),
    CLIENT_LEFT(Source.CLIENT, 499, "The client left before the answer was complete"),
    INTERNAL_ERROR(Source.GATEWAY, 500, "Internal error"),
    POLICY_UNDECIDED(Source.GATEWAY, 503, "A rule could not be decided"),
    TOO_MANY_CONNECTIONS(Source.GATEWAY, 503, "Too many connections"),
    SHUTTING_DOWN(Source.GATEWAY, 503, "Shutting down"),
    SERVICE_REFUSED(Source.SERVICE, 400, "The service refused the request"),
    SERVICE_ERROR(Source.SERVICE, 500, "The service failed"),
    SERVICE_BAD_RESPONSE(Source.SERVICE, 502, "The service's answer was broken"),
    SERVICE_TLS_FAILED(Source.SERVICE, 502, "No safe connection to the service"),
    SERVICE_UNAVAILABLE(Source.SERVICE, 503, "The service is not available"),
    SERVICE_TIMEOUT(Source.SERVICE, 504, "The service did not answer in time");

    /// Whose doing it is.
    public enum Source {
        CLIENT,
        GATEWAY,
        SERVICE
    }

    private final Source source;
    private final int status;
    private final String title;

    FailureKind(Source source, int status, String title) {
        this.source = source;
        this.status = status;
        this.title = title;
    }

    public Source source() {
        return source;
    }

    /// The status of the answer, if one can still be sent.
    public int status() {
        return status;
    }

    /// A few words, the same for every failure of this kind.
    public String title() {
        return title;
    }
}
