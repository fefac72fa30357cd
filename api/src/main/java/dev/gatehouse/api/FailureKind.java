package dev.gatehouse.api;

/// Why an exchange was not served: the one catalogue from which the status of HTTP and of gRPC, the error body, the
/// log field and the metric label come. The constant's name is the public code.
public enum FailureKind {
    BAD_REQUEST(Source.CLIENT, 400, GrpcStatus.INVALID_ARGUMENT, "Bad request"),
    /// No credential was shown where one is needed.
    UNAUTHENTICATED(Source.CLIENT, 401, GrpcStatus.UNAUTHENTICATED, "Missing authentication"),
    INVALID_TOKEN(Source.CLIENT, 401, GrpcStatus.UNAUTHENTICATED, "Invalid token"),
    TOKEN_EXPIRED(Source.CLIENT, 401, GrpcStatus.UNAUTHENTICATED, "Token expired"),
    API_KEY_INVALID(Source.CLIENT, 401, GrpcStatus.UNAUTHENTICATED, "API key not valid"),
    /// The route wants to know who calls by the certificate of the connection, and there is none. Not 401: there
    /// is no field a client could show it in.
    CLIENT_CERTIFICATE_REQUIRED(Source.CLIENT, 403, GrpcStatus.UNAUTHENTICATED, "A client certificate is needed"),
    FORBIDDEN(Source.CLIENT, 403, GrpcStatus.PERMISSION_DENIED, "Not allowed"),
    NO_ROUTE(Source.CLIENT, 404, GrpcStatus.UNIMPLEMENTED, "No route here"),
    REQUEST_TIMEOUT(Source.CLIENT, 408, GrpcStatus.DEADLINE_EXCEEDED, "The request did not arrive in time"),
    METHOD_NOT_ALLOWED(Source.CLIENT, 405, GrpcStatus.UNIMPLEMENTED, "Method not allowed"),
    BODY_TOO_LARGE(Source.CLIENT, 413, GrpcStatus.RESOURCE_EXHAUSTED, "The body is too large"),
    URI_TOO_LONG(Source.CLIENT, 414, GrpcStatus.INVALID_ARGUMENT, "The request line is too long"),
    EXPECTATION_FAILED(Source.CLIENT, 417, GrpcStatus.FAILED_PRECONDITION, "The expectation cannot be met"),
    UNSUPPORTED_MEDIA_TYPE(Source.CLIENT, 415, GrpcStatus.UNIMPLEMENTED, "This kind of body is not taken here"),
    /// The request is for a host that asks for other client certificates than the one the connection was made to
    /// (RFC 9110 §15.5.20).
    MISDIRECTED_REQUEST(Source.CLIENT, 421, GrpcStatus.UNAVAILABLE, "This connection is not for that host"),
    RATE_LIMIT_EXCEEDED(Source.CLIENT, 429, GrpcStatus.RESOURCE_EXHAUSTED, "Too many requests"),
    /// What was bought is used up: waiting a little does not help.
    QUOTA_EXCEEDED(Source.CLIENT, 429, GrpcStatus.RESOURCE_EXHAUSTED, "Quota used"),
    HEAD_TOO_LARGE(Source.CLIENT, 431, GrpcStatus.RESOURCE_EXHAUSTED, "The request head is too large"),
    NOT_IMPLEMENTED(Source.CLIENT, 501, GrpcStatus.UNIMPLEMENTED, "Not implemented"),
    HTTP_VERSION_NOT_SUPPORTED(Source.CLIENT, 505, GrpcStatus.UNIMPLEMENTED, "HTTP version not supported"),
    CLIENT_LEFT(Source.CLIENT, 499, GrpcStatus.CANCELLED, "The client left before the answer was complete"),
    INTERNAL_ERROR(Source.GATEWAY, 500, GrpcStatus.INTERNAL, "Internal error"),
    POLICY_UNDECIDED(Source.GATEWAY, 503, GrpcStatus.UNAVAILABLE, "A rule could not be decided"),
    TOO_MANY_CONNECTIONS(Source.GATEWAY, 503, GrpcStatus.UNAVAILABLE, "Too many connections"),
    SHUTTING_DOWN(Source.GATEWAY, 503, GrpcStatus.UNAVAILABLE, "Shutting down"),
    SERVICE_REFUSED(Source.SERVICE, 400, GrpcStatus.UNKNOWN, "The service refused the request"),
    SERVICE_ERROR(Source.SERVICE, 500, GrpcStatus.UNKNOWN, "The service failed"),
    SERVICE_BAD_RESPONSE(Source.SERVICE, 502, GrpcStatus.UNAVAILABLE, "The service's answer was broken"),
    SERVICE_TLS_FAILED(Source.SERVICE, 502, GrpcStatus.UNAVAILABLE, "No safe connection to the service"),
    SERVICE_UNAVAILABLE(Source.SERVICE, 503, GrpcStatus.UNAVAILABLE, "The service is not available"),
    SERVICE_TIMEOUT(Source.SERVICE, 504, GrpcStatus.DEADLINE_EXCEEDED, "The service did not answer in time"),
    DEADLINE_EXCEEDED(
            Source.SERVICE, 504, GrpcStatus.DEADLINE_EXCEEDED, "The call took longer than its caller allowed");

    /// Whose doing it is.
    public enum Source {
        CLIENT,
        GATEWAY,
        SERVICE
    }

    private final Source source;
    private final int status;
    private final GrpcStatus grpcStatus;
    private final String title;

    FailureKind(Source source, int status, GrpcStatus grpcStatus, String title) {
        this.source = source;
        this.status = status;
        this.grpcStatus = grpcStatus;
        this.title = title;
    }

    public Source source() {
        return source;
    }

    /// The status of the answer, if one can still be sent.
    public int status() {
        return status;
    }

    /// The same, for who asked by gRPC.
    public GrpcStatus grpcStatus() {
        return grpcStatus;
    }

    /// A few words, the same for every failure of this kind.
    public String title() {
        return title;
    }
}
