package dev.gatehouse.it.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// gRPC's interoperability tests, with grpc-java on both sides: through the gateway they come to the same as without
/// it. A case that fails directly is no business of the gateway's, but has to fail through it as well.
@LeavesNothingBehind
class InteropTest {
    @BeforeEach
    void there() {
        Interop.assumeThere();
    }

    @Test
    void all_cases_come_to_the_same_over_h2c() {
        try (var server = Interop.Server.start(false);
                var gateway = TestGateway.from("""
                        listeners: { public: { protocols: [h2c] } }
                        services: { test: { protocol: grpc, instances: [ "127.0.0.1:%d" ] } }
                        routes:
                          - { grpc: grpc.testing.TestService/*, service: test }
                          - { path: /**, service: test }
                        """.formatted(server.port()))) {
            same(Interop.run(server.port(), false), Interop.run(gateway.port(), false));
        }
    }

    @Test
    void all_cases_come_to_the_same_over_tls(@TempDir Path folder) throws IOException {
        Path certificate = Interop.certificate("server1.pem", folder);
        Path key = Interop.certificate("server1.key", folder);
        Path authority = Interop.certificate("ca.pem", folder);
        try (var server = Interop.Server.start(true);
                var gateway = TestGateway.from("""
                        listeners:
                          public:
                            port: 8443
                            protocols: [h2]
                            tls: { certificates: [ { cert: %s, key: %s } ] }
                        services:
                          test:
                            protocol: grpc
                            instances: [ "https://127.0.0.1:%d" ]
                            tls: { ca: %s, server_name: foo.test.google.fr }
                        routes:
                          - { grpc: grpc.testing.TestService/*, service: test }
                          - { path: /**, service: test }
                        """.formatted(certificate, key, server.port(), authority))) {
            same(Interop.run(server.port(), true), Interop.run(gateway.port(), true));
        }
    }

    private static void same(Map<String, String> direct, Map<String, String> through) {
        System.out.println("direct  " + direct);
        System.out.println("through " + through);
        assertThat(direct.values()).filteredOn("passed"::equals).hasSizeGreaterThanOrEqualTo(15);
        assertThat(through).isEqualTo(direct).hasSize(Interop.CASES.size());
    }
}
