package dev.gatehouse.api;

import java.io.IOException;

/// A body was longer than [Body#collect] was allowed to gather. A policy that lets it through has a request answered
/// with [FailureKind#BODY_TOO_LARGE], an answer replaced by [FailureKind#SERVICE_BAD_RESPONSE].
public final class BodyTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long limit;

    /// @param limit in octets
    public BodyTooLargeException(long limit) {
        super("the body is larger than " + limit + " bytes");
        this.limit = limit;
    }

    public long limit() {
        return limit;
    }
}
