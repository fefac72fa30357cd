package dev.gatehouse.api;

import org.jspecify.annotations.Nullable;

/// How a gRPC call ended: the codes of `grpc-status`, in the order of their numbers.
public enum GrpcStatus {
    OK,
    CANCELLED,
    UNKNOWN,
    INVALID_ARGUMENT,
    DEADLINE_EXCEEDED,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    OUT_OF_RANGE,
    UNIMPLEMENTED,
    INTERNAL,
    UNAVAILABLE,
    DATA_LOSS,
    UNAUTHENTICATED;

    private static final GrpcStatus[] BY_CODE = values();

    /// The number on the wire.
    @SuppressWarnings("EnumOrdinal") // Their order is the protocol's, and complete.
    public int code() {
        return ordinal();
    }

    /// Null for a number that means nothing.
    public static @Nullable GrpcStatus of(int code) {
        return code < 0 || code >= BY_CODE.length ? null : BY_CODE[code];
    }

    /// What a call has come to that was answered by plain HTTP: by somebody on its way who does not speak gRPC.
    ///
    /// @param status of that answer
    public static GrpcStatus ofHttp(int status) {
        return switch (status) {
            case 400 -> INTERNAL;
            case 401 -> UNAUTHENTICATED;
            case 403 -> PERMISSION_DENIED;
            case 404 -> UNIMPLEMENTED;
            case 429, 502, 503, 504 -> UNAVAILABLE;
            default -> UNKNOWN;
        };
    }
}
