package dev.gatehouse.it.http2;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.TestGateway;

/// A gateway that speaks HTTP/2 without TLS in front of one service.
final class H2c {
    private H2c() {}

    static TestGateway to(FakeService service) {
        return to(service, "");
    }

    /// @param listener more settings of the listener
    static TestGateway to(FakeService service, String listener) {
        return TestGateway.from("""
                version: 1
                listeners:
                  main: { port: 8080, protocols: [h2c, http/1.1]%s }
                services:
                  shop: { instances: [ "%s" ] }
                routes:
                  - { path: "/**", service: shop }
                """.formatted(listener.isEmpty() ? "" : ", " + listener, service.url()));
    }
}
