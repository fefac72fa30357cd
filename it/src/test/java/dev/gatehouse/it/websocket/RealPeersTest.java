package dev.gatehouse.it.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The gateway between WebSocket libraries other people wrote: `ws` of Node.js and `websockets` of Python, each in front
/// and behind, with compressed messages, pings, subprotocols and codes.
@LeavesNothingBehind
class RealPeersTest {
    private static final String BYTES = "{ subprotocols: [ticker] }";
    private static final String FRAMES = "{ subprotocols: [ticker], max_frame: 1MiB, max_message: 1MiB, max_rate: 1000 }";

    @TempDir
    static Path folder;

    private static Peer service(String library) {
        return library.equals("ws")
                ? Peer.node(folder, "websocket-service.mjs")
                : Peer.python("websocket_service.py");
    }

    private static Peer client(String library, int port, String then) {
        String url = "ws://127.0.0.1:" + port + "/chat";
        return library.equals("ws")
                ? Peer.node(folder, "websocket-client.mjs", url, then)
                : Peer.python("websocket_client.py", url, then);
    }

    private static String file(String service, String websocket) {
        return """
                runtime: { drain_timeout: 4s }
                routes:
                  - { path: /**, service: "%s", websocket: %s }
                """.formatted(service, websocket);
    }

    @ParameterizedTest
    @CsvSource({
        "ws, ws, true", "ws, websockets, true", "websockets, ws, true", "websockets, websockets, true", "ws, ws, false",
        "websockets, websockets, false"
    })
    void they_talk_and_close_as_if_there_were_no_gateway(String front, String behind, boolean inspected) {
        try (var service = service(behind);
                var gateway = TestGateway.from(file(service.url(), inspected ? FRAMES : BYTES));
                var client = client(front, gateway.port(), "close")) {
            assertThat(client.await("closed ")).isEqualTo("1000 enough");
            assertThat(client.await("open ")).startsWith("ticker").contains("permessage-deflate");
            assertThat(client.said()).contains("echoed", "pong");
            assertThat(service.await("closed ")).isEqualTo("1000 enough");
        }
    }

    @ParameterizedTest
    @CsvSource({"ws, websockets", "websockets, ws"})
    void the_end_of_the_gateway_is_a_goodbye_they_understand(String front, String behind) {
        try (var service = service(behind);
                var gateway = TestGateway.from(file(service.url(), FRAMES));
                var client = client(front, gateway.port(), "wait")) {
            client.await("pong");

            gateway.close();

            assertThat(client.await("closed ")).isEqualTo("1001 the gateway is shutting down");
            assertThat(service.await("closed ")).isEqualTo("1001 the gateway is shutting down");
        }
    }

    @Test
    void a_message_past_the_limit_is_a_goodbye_they_understand() {
        try (var service = service("ws");
                var gateway = TestGateway.from(file(service.url(), "{ max_message: 64KiB }"));
                var client = client("ws", gateway.port(), "wait")) {
            assertThat(client.await("closed ")).isEqualTo("1009 message too large");
            assertThat(service.await("closed ")).isEqualTo("1009 message too large");
        }
    }
}
