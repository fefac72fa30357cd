package dev.gatehouse.engine.grpc;

/// A body that says it is base64 and is not: its sender's mistake.
public final class MalformedTextException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedTextException() {
        super("not base64", null, false, false);
    }
}
