package dev.gatehouse.engine.telemetry.metrics;

/// Service, method and status of an exchange in one number, to count by.
final class RequestKey {
    private static final int STATUS_BITS = 10;
    private static final int METHOD_BITS = 4;

    private RequestKey() {}

    /// @param service its number, below 2^16
    /// @param method its number
    /// @param status 0 when the client was sent none
    static int of(int service, int method, int status) {
        return (service << METHOD_BITS | method) << STATUS_BITS | Math.clamp(status, 0, (1 << STATUS_BITS) - 1);
    }

    static int service(int key) {
        return key >>> STATUS_BITS + METHOD_BITS;
    }

    static int method(int key) {
        return key >>> STATUS_BITS & (1 << METHOD_BITS) - 1;
    }

    static int status(int key) {
        return key & (1 << STATUS_BITS) - 1;
    }
}
