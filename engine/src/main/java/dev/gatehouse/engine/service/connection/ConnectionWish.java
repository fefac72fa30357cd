package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.config.ServiceProtocol;
import dev.gatehouse.engine.service.Instance;

/// Which connections a call can use.
public enum ConnectionWish {
    ANY,
    /// One that was never used, or is being opened.
    FRESH,
    /// One that speaks HTTP/1.1, where the service speaks it at all: to change to another protocol.
    HTTP_1_1;

    /// Whether a connection for it may carry other calls beside.
    ///
    /// @param protocol of the service
    boolean mayShare(ServiceProtocol protocol, Instance to) {
        return switch (protocol) {
            case H2, GRPC -> true;
            case AUTO -> to.isTls() && this != HTTP_1_1;
            case HTTP_1_1 -> false;
        };
    }
}
