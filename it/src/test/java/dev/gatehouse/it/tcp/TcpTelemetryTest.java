package dev.gatehouse.it.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily.Figure;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is told of connections that are passed on: figures while they are open, a line of the access log at their end.
@LeavesNothingBehind
class TcpTelemetryTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private TestGateway gateway(String instance, String accessLog) {
        return TestGateway.from("""
                listeners:
                  queue: { port: 0, type: tcp, service: rabbit }
                services:
                  rabbit: { instances: [ "%s" ] }
                telemetry:
                  access_log: { to: { file: "%s" }%s }
                """.formatted(instance, folder.resolve("access.log"), accessLog));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("access.log"));
    }

    @Test
    void a_connection_is_counted_while_it_is_open() {
        try (var service = FakeService.script(s -> s.mirror());
                var gateway = gateway(service.address(), "");
                var client = RawClient.connect(gateway.port())) {
            client.send("12345").readBytes(5);

            await().untilAsserted(() -> assertThat(figures(gateway))
                    .containsEntry("gatehouse_tcp_connections[queue, rabbit]", 1.0)
                    .containsEntry("gatehouse_tcp_connections_total[queue, rabbit]", 1.0)
                    .containsEntry("gatehouse_tcp_bytes_total[queue, rabbit, in]", 5.0)
                    .containsEntry("gatehouse_tcp_bytes_total[queue, rabbit, out]", 5.0)
                    .containsEntry("gatehouse_service_connections[rabbit]", 1.0));
            client.reset();
            await().untilAsserted(() -> assertThat(figures(gateway))
                    .containsEntry("gatehouse_tcp_connections[queue, rabbit]", 0.0)
                    .containsEntry("gatehouse_tcp_failures_total[queue, rabbit, client_reset]", 1.0)
                    .containsEntry("gatehouse_service_connections[rabbit]", 0.0));
        }
    }

    private static Map<String, Double> figures(TestGateway gateway) {
        return gateway.gateway().metrics().stream()
                .filter(family -> family.metric().name().contains("_tcp_")
                        || family.metric().name().equals("gatehouse_service_connections"))
                .flatMap(family -> family.rows().stream().map(row -> named(family, (Figure) row)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map.Entry<String, Double> named(MetricFamily family, Figure row) {
        return Map.entry(family.metric().name() + row.values(), row.value());
    }

    @Test
    void each_connection_gets_a_line_when_it_is_over() throws IOException {
        try (var service = FakeService.script(
                        s -> s.tunnel().awaitBytes(3).send("bye").close());
                var gateway = gateway(service.address(), "");
                var client = RawClient.connect(gateway.port())) {
            client.send("one").readToEnd();
            client.close();
            await().until(() -> gateway.gateway().clientConnections() == 0);
        }
        JsonNode line = JSON.readTree(lines().getFirst());
        assertThat(lines()).hasSize(1);
        assertThat(line.get("message").stringValue()).isEqualTo("TCP Connection");
        assertThat(line.get("route").stringValue()).isEqualTo("queue");
        assertThat(line.get("service").stringValue()).isEqualTo("rabbit");
        assertThat(line.get("client_ip").stringValue()).isEqualTo("127.0.0.1");
        assertThat(line.get("bytes_in").intValue()).isEqualTo(3);
        assertThat(line.get("bytes_out").intValue()).isEqualTo(3);
        assertThat(line.get("status_code").intValue()).isZero();
        assertThat(List.of("method", "path", "user_agent", "trace_id", "error_code"))
                .allSatisfy(name -> assertThat(line.get(name).isNull()).isTrue());
        assertThat(line.get("correlation_id").stringValue()).hasSize(36);
    }

    @Test
    void a_line_of_ones_own_has_what_a_connection_has_and_errors_are_taken_by_their_own_share() throws IOException {
        int nobody = FakeService.refusing();
        try (var gateway = gateway(
                "127.0.0.1:" + nobody,
                ", sample: 0%, format: \"{request.protocol} {route} {service} {instance} {error_code} {request.path}\"")) {
            // It is reset as soon as it is accepted: that may be before it knows that it is connected.
            try (var client = RawClient.connect(gateway.port())) {
                client.readToEnd();
            } catch (UncheckedIOException e) {
                assertThat(e.getCause()).hasMessageContaining("reset");
            }
            await().until(() -> gateway.gateway().clientConnections() == 0);
        }
        assertThat(lines()).containsExactly("TCP queue rabbit 127.0.0.1:" + nobody + " CONNECT_FAILED -");
    }
}
