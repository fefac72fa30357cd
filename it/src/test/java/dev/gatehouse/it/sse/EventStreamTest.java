package dev.gatehouse.it.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.api.ChunkTransform;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.it.sse.EventService.Asked;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer.Ending;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.TestGateway;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Server-sent events and long polls: nothing waits in the gateway, a stream lives as long as something moves, and who
/// leaves is gone for both sides.
@LeavesNothingBehind
class EventStreamTest {
    private static final int EVENTS = 20;
    private static final long AT_ONCE_MILLIS = 100;
    private static final String GET = "GET /events HTTP/1.1\r\nHost: a\r\nAccept: text/event-stream\r\n\r\n";

    private static String yaml(String service, String listener, String timeouts, int revision) {
        return """
                runtime: { drain_timeout: 5s }
                listeners:
                  public: { port: 0%s }
                services:
                  events: { instances: [ "%s" ], timeout: { %s } }
                routes:
                  - { path: /**, service: events }
                  - { path: /r%d, respond: { status: 204 } }
                """.formatted(listener, service, timeouts, revision);
    }

    private static String yaml(String service) {
        return yaml(service, "", "idle: 30s", 0);
    }

    // ── at once
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void each_event_arrives_at_once_through_policies_that_look_at_heads() {
        try (var service = new EventService();
                var gateway = TestGateway.toUrls(service.url())
                        .policy(new HeadsOnly())
                        .policy(new HeadsOnly())
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            Asked asked = service.next().stream();
            assertThat(client.readThrough("\r\n\r\n")).contains("X-Seen: 1");

            assertAtOnce(millis(asked, client, "data: %s\n\n"));
        }
    }

    @Test
    void each_event_arrives_at_once_through_policies_that_change_the_body_as_it_passes() {
        try (var service = new EventService();
                var gateway = TestGateway.toUrls(service.url())
                        .policy(new UpperCase())
                        .policy(new HeadsOnly())
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            Asked asked = service.next().stream();
            client.readThrough("\r\n\r\n");

            assertAtOnce(millis(asked, client, "DATA: %s\n\n"));
        }
    }

    /// One event is sent when the one before has arrived: whatever waited for more would wait forever.
    private static List<Long> millis(Asked asked, RawClient client, String expected) {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            long start = System.nanoTime();
            asked.event("event" + i);
            String data = expected.startsWith("D") ? "EVENT" + i : "event" + i;
            client.readThrough(expected.formatted(data));
            millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        }
        return millis;
    }

    /// All but one: a machine that is busy with something else may be late once.
    private static void assertAtOnce(List<Long> millis) {
        assertThat(millis.stream().sorted().limit(EVENTS - 1))
                .allSatisfy(one -> assertThat(one).isLessThan(AT_ONCE_MILLIS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2-prior-knowledge"})
    void curl_shows_each_event_at_once_over_both_versions(String version) throws Exception {
        String curl = Servers.require("curl").toString();
        try (var service = new EventService();
                var gateway = TestGateway.from(yaml(service.url(), ", protocols: [ h2c, http/1.1 ]", "idle: 30s", 0))) {
            Process client = new ProcessBuilder(curl, "-sN", version, gateway.url() + "/events").start();
            try (BufferedReader out = new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8))) {
                Asked asked = service.next().stream();
                List<Long> millis = new ArrayList<>();
                for (int i = 0; i < EVENTS; i++) {
                    long start = System.nanoTime();
                    asked.event("tick " + i);
                    assertThat(out.readLine()).isEqualTo("data: tick " + i);
                    assertThat(out.readLine()).isEmpty();
                    millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                }
                assertAtOnce(millis);

                client.destroy();
                client.waitFor();
                assertThat(asked.awaitEnd()).isLessThan(AT_ONCE_MILLIS);
            } finally {
                client.destroyForcibly().waitFor();
            }
        }
    }

    // ── how long
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_stream_outlives_the_request_timeout_as_long_as_something_moves() throws Exception {
        try (var service = new EventService();
                var gateway =
                        TestGateway.from(yaml(service.url(), "", "first_byte: 500ms, request: 600ms, idle: 500ms", 0));
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            Asked asked = service.next().stream();
            for (int i = 0; i < 10; i++) {
                Thread.sleep(200);
                asked.event("" + i);
                client.readThrough("data: " + i + "\n\n");
            }
            long start = System.nanoTime();

            // Then it is silent.
            assertThat(client.readToEnd().ending()).isEqualTo(Ending.RESET);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(400), Duration.ofMillis(1500));
            assertThat(asked.awaitEnd()).isLessThan(AT_ONCE_MILLIS);
        }
    }

    @Test
    void a_long_poll_is_answered_within_its_own_time_and_cut_after_it() throws Exception {
        try (var service = new EventService();
                var gateway = TestGateway.from(yaml(service.url(), "", "first_byte: 2s, request: 2s, idle: 300ms", 0));
                var client = RawClient.connect(gateway.port())) {
            client.send("GET /poll HTTP/1.1\r\nHost: a\r\n\r\n");
            Asked asked = service.next();
            Thread.sleep(1200); // far beyond idle, which is about bodies
            asked.answer("text/plain", "news");
            assertThat(client.readAnswer().text()).isEqualTo("news");

            client.send("GET /poll HTTP/1.1\r\nHost: a\r\n\r\n");
            Asked late = service.next();
            assertThat(client.readAnswer().status()).isEqualTo(504);
            assertThat(late.awaitEnd()).isLessThan(AT_ONCE_MILLIS);
        }
    }

    // ── changes and ends
    // ─────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_stream_and_an_upload_survive_twenty_reloads() {
        int piece = 50_000;
        try (var service = new EventService();
                var gateway = TestGateway.from(yaml(service.url()));
                var reader = RawClient.connect(gateway.port());
                var uploader = RawClient.connect(gateway.port())) {
            reader.send(GET);
            Asked events = service.next().stream();
            uploader.send("POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: " + 21 * piece + "\r\n\r\n");
            uploader.send("x".repeat(piece));
            Asked upload = service.next();
            upload.read(piece);
            for (int i = 1; i <= 20; i++) {
                // Every other one changes the service itself: its connections are another generation's then.
                gateway.reload(yaml(service.url(), "", "idle: " + (30 + i / 2) + "s", i));
                events.event("r" + i);
                reader.readThrough("data: r" + i + "\n\n");
                uploader.send("x".repeat(piece));
                upload.read(piece);
            }
            upload.answer("text/plain", "all of it");
            assertThat(uploader.readAnswer().text()).isEqualTo("all of it");
            events.endStream();
            reader.readThrough("0\r\n\r\n");
        }
    }

    @Test
    void at_shutdown_a_long_poll_is_still_answered_and_a_stream_has_the_drain_time() throws Exception {
        try (var service = new EventService()) {
            var gateway = TestGateway.from(yaml(service.url()).replace("drain_timeout: 5s", "drain_timeout: 1500ms"));
            try (var poller = RawClient.connect(gateway.port());
                    var reader = RawClient.connect(gateway.port())) {
                poller.send("GET /poll HTTP/1.1\r\nHost: a\r\n\r\n");
                Asked poll = service.next();
                reader.send(GET);
                Asked events = service.next().stream();
                Thread stop = Thread.ofVirtual().start(gateway::close);
                await().until(() -> !gateway.gateway().isReady());
                Thread.sleep(500);
                events.event("still here");
                reader.readThrough("data: still here\n\n");
                poll.answer("text/plain", "in time");

                var answer = poller.readAnswer();
                assertThat(answer.text()).isEqualTo("in time");
                assertThat(answer.header("Connection")).isEqualTo("close");
                assertThat(reader.readToEnd().ending()).isEqualTo(Ending.RESET);
                assertThat(events.awaitEnd()).isLessThan(AT_ONCE_MILLIS);
                stop.join(TimeUnit.SECONDS.toMillis(5));
            }
        }
    }

    @Test
    void a_client_that_leaves_ends_the_services_side_at_once() {
        try (var service = new EventService();
                var gateway = TestGateway.from(yaml(service.url()))) {
            var streaming = RawClient.connect(gateway.port());
            streaming.send(GET);
            Asked asked = service.next().stream();
            streaming.readThrough("\r\n\r\n");
            streaming.close();
            assertThat(asked.awaitEnd()).isLessThan(AT_ONCE_MILLIS);

            var polling = RawClient.connect(gateway.port());
            polling.send("GET /poll HTTP/1.1\r\nHost: a\r\n\r\n");
            Asked poll = service.next();
            polling.close();
            assertThat(poll.awaitEnd()).isLessThan(AT_ONCE_MILLIS);
        }
    }

    // ── policies
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    private static final class HeadsOnly implements Policy {
        private static final HeaderName SEEN = HeaderName.of("X-Seen");

        @Override
        public Decision onRequest(Exchange exchange) {
            return Decision.CONTINUE;
        }

        @Override
        public Decision onResponse(Exchange exchange, Response response) {
            response.set(SEEN, "1");
            return Decision.CONTINUE;
        }
    }

    private static final class UpperCase implements Policy {
        @Override
        public Decision onResponse(Exchange exchange, Response response) {
            response.body().map(new Upper());
            return Decision.CONTINUE;
        }
    }

    private static final class Upper implements ChunkTransform {
        @Override
        public void onChunk(ByteBuffer chunk, Sink out) {
            out.write(UTF_8.decode(chunk).toString().toUpperCase(Locale.ROOT).getBytes(UTF_8));
        }
    }
}
