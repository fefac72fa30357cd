package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.GrpcStatus;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.engine.grpc.Dialect;
import dev.gatehouse.engine.grpc.StatusMessage;
import dev.gatehouse.http1.Trailers;

/// What a caller of gRPC is told in the place of its service: a status, and a message that names the code and the
/// exchange. As an answer that is nothing but a head while nothing was sent, else as the trailers of what was.
///
/// @param status the number of `grpc-status`
/// @param message for `grpc-message`, escaped
record GrpcAnswer(GrpcStatus status, String message) {
    private static final HeaderName GRPC_STATUS = HeaderName.of("grpc-status");
    private static final HeaderName GRPC_MESSAGE = HeaderName.of("grpc-message");

    /// The call was not served.
    static GrpcAnswer of(Failure failure, String requestId) {
        return of(failure.kind().grpcStatus(), failure.kind().name() + ": " + failure.message(), requestId);
    }

    /// A service, or somebody before it, has answered by plain HTTP.
    static GrpcAnswer ofHttp(int status, String requestId) {
        String answered = (status + " " + Reasons.of(status)).strip();
        return of(GrpcStatus.ofHttp(status), "The service answered " + answered + ", and not by gRPC.", requestId);
    }

    private static GrpcAnswer of(GrpcStatus status, String text, String requestId) {
        return new GrpcAnswer(status, StatusMessage.encoded(text + " (request " + requestId + ")"));
    }

    Response head() {
        return Response.of(200, Body.EMPTY)
                .set(HeaderName.CONTENT_TYPE, Dialect.GRPC.mediaType())
                .set(GRPC_STATUS, Integer.toString(status.code()))
                .set(GRPC_MESSAGE, message);
    }

    Trailers trailers() {
        return Trailers.of("grpc-status: " + status.code() + "\r\ngrpc-message: " + message + "\r\n");
    }
}
