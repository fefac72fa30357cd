package dev.gatehouse.it.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.http2.FrameClient.Frame;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// The gateway goes away: clients are told in two steps, and what has begun is served (RFC 9113 §6.8).
@LeavesNothingBehind
class DrainTest {
    @Test
    void a_request_that_is_on_its_way_is_served_before_the_end() {
        CountDownLatch answers = new CountDownLatch(1);
        try (FakeService service = FakeService.script(
                        s -> s.awaitRequest().waitFor(answers).send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
                FrameClient client = closing(service, answers)) {
            assertThat(client.read()).isNull();
        }
    }

    private static FrameClient closing(FakeService service, CountDownLatch answers) {
        TestGateway gateway = H2c.to(service);
        FrameClient client = FrameClient.connect(gateway.port());
        client.get(1, "/");
        service.awaitRequests(1);
        CompletableFuture<Void> closed = CompletableFuture.runAsync(gateway::close);
        Frame first = client.await(FrameClient.GOAWAY, 0);
        assertThat(last(first)).isEqualTo(Integer.MAX_VALUE);
        // Sent before we knew: it is served.
        client.get(3, "/");
        Frame ping = client.await(FrameClient.PING, 0);
        client.send(FrameClient.PING, FrameClient.ACK, 0, ping.payload());
        Frame second = client.await(FrameClient.GOAWAY, 0);
        assertThat(last(second)).isEqualTo(3);
        // Sent although we knew: it is not.
        client.get(5, "/");
        assertThat(client.await(FrameClient.RST_STREAM, 5).error()).isEqualTo(7);
        answers.countDown();
        assertThat(statuses(client)).containsOnly(Map.entry(1, "200"), Map.entry(3, "200"));
        assertThat(client.goAway()).isEqualTo(-1);
        closed.join();
        return client;
    }

    /// By stream, of the first two answers, whichever comes first.
    private static Map<Integer, String> statuses(FrameClient client) {
        Map<Integer, String> statuses = new HashMap<>();
        for (Frame frame = client.read(); frame != null; frame = client.read()) {
            if (frame.type() == FrameClient.HEADERS) {
                statuses.put(frame.stream(), String.valueOf(frame.headers().get(":status")));
                if (statuses.size() == 2) {
                    break;
                }
            }
        }
        return statuses;
    }

    private static int last(Frame goAway) {
        return ByteBuffer.wrap(goAway.payload()).getInt();
    }
}
