package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.http1.HeadFault;
import java.util.Map;

/// What a client is told about a head or a body it got wrong.
final class Faults {
    private static final Map<String, Object> METHODS = Map.of("allow", "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS");

    private Faults() {}

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
