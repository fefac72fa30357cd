package dev.gatehouse.it.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of WebSockets: figures while they are open, a line when they are over.
@LeavesNothingBehind
class WebSocketTelemetryTest {
    @TempDir
    Path folder;

    private TestGateway gateway(EchoService service) {
        return TestGateway.from("""
                telemetry: { access_log: { to: { file: "%s" }, format: "{status} {route} {bytes_in} {bytes_out} {close_code} {error_code}" } }
                routes:
                  - { name: chat, path: /chat, service: "%s", websocket: { max_frame: 1KiB } }
                """.formatted(folder.resolve("access.log"), service.url()));
    }

    private static Map<List<String>, Double> figures(TestGateway gateway, String metric) {
        return gateway.gateway().metrics().stream()
                .filter(family -> family.metric().name().equals(metric))
                .flatMap(family -> family.rows().stream())
                .map(MetricFamily.Figure.class::cast)
                .collect(Collectors.toMap(MetricFamily.Figure::values, MetricFamily.Figure::value));
    }

    @Test
    void open_ones_are_counted_while_they_are_open() {
        try (var service = EchoService.start();
                var gateway = gateway(service);
                var first = Client.open(gateway.port());
                var second = Client.open(gateway.port())) {
            first.echo("hello");
            first.echo("world");

            assertThat(figures(gateway, "gatehouse_websockets_open")).containsEntry(List.of("chat"), 2.0);
            assertThat(figures(gateway, "gatehouse_websockets_opened_total")).containsEntry(List.of("chat"), 2.0);
            await().untilAsserted(() -> assertThat(figures(gateway, "gatehouse_websocket_frames_total"))
                    .containsEntry(List.of("chat", "in"), 2.0)
                    .containsEntry(List.of("chat", "out"), 2.0));
            assertThat(figures(gateway, "gatehouse_websocket_bytes_total"))
                    .containsEntry(List.of("chat", "in"), 22.0)
                    .containsEntry(List.of("chat", "out"), 14.0);

            first.send(Frame.close(4321)).readClose();
            second.send(new Frame(Frame.FIN | Frame.BINARY, true, new byte[1025]))
                    .readClose();
            try (var third = Client.open(gateway.port())) {
                third.echo("gone");
            }

            await().untilAsserted(() ->
                    assertThat(figures(gateway, "gatehouse_websockets_open")).containsEntry(List.of("chat"), 0.0));
            assertThat(figures(gateway, "gatehouse_websockets_closed_total"))
                    .containsOnly(
                            Map.entry(List.of("chat", "4xxx", "client"), 1.0),
                            Map.entry(List.of("chat", "1009", "gateway"), 1.0),
                            Map.entry(List.of("chat", "1006", "nobody"), 1.0));
        }
    }

    @Test
    void the_line_of_one_that_is_over_tells_its_octets_and_how_it_was_closed() throws IOException {
        try (var service = EchoService.start();
                var gateway = gateway(service)) {
            try (var client = Client.open(gateway.port())) {
                client.echo("hello");
                client.send(Frame.close(1000)).readClose();
            }
            try (var client = Client.open(gateway.port())) {
                client.echo("hi");
            }
        }
        // The client answers the service's Close frame with one more, which may come too late to be counted; and each
        // connection ends on a loop of its own.
        assertThat(Files.readAllLines(folder.resolve("access.log")))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).matches("101 chat (19|27) 11 1000 -"),
                        line -> assertThat(line).isEqualTo("101 chat 8 4 1006 -"));
    }
}
