package dev.gatehouse.it.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.net.Transport;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.BigBody;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedConnection;
import dev.gatehouse.testkit.TestGateway;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The same on every transport: what reads and writes sockets must not show.
@LeavesNothingBehind
@ParameterizedClass
@EnumSource(Transport.class)
class TransportTest {
    private final String transport;

    TransportTest(Transport transport) {
        this.transport = transport.toString();
    }

    @BeforeEach
    void is_there() {
        Assumptions.assumeTrue(
                Transport.valueOf(transport.toUpperCase(Locale.ROOT)).isAvailable());
    }

    @Test
    void serves_requests_on_one_connection() {
        try (var service = FakeService.handling(request -> Answer.of(200, request.target() + request.text()));
                var gateway = TestGateway.to(service).transport(transport).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("GET /get HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().text()).isEqualTo("/get");
            client.send("POST /post HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            assertThat(client.readAnswer().text()).isEqualTo("/posthello");
            assertThat(gateway.gateway().transport().toString()).isEqualTo(transport);
        }
    }

    @Test
    void passes_a_megabyte_both_ways() {
        byte[] body = BigBody.first(1_000_000);
        try (var service = FakeService.handling(request -> Answer.of(200, request.body()));
                var gateway = TestGateway.to(service).transport(transport).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
            client.sendBytes(body);

            assertThat(Arrays.equals(client.readAnswer().body(), body)).isTrue();
        }
    }

    @Test
    void answers_pipelined_requests_in_order() {
        try (var service = FakeService.handling(request -> Answer.of(200, request.target()));
                var gateway = TestGateway.to(service).transport(transport).start();
                var client = RawClient.connect(gateway.port())) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 30; i++) {
                all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            client.send(all.toString());

            for (int i = 0; i < 30; i++) {
                assertThat(client.readAnswer().text()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void holds_a_client_back_whose_service_does_not_read() throws Exception {
        var release = new CountDownLatch(1);
        try (var service = FakeService.with()
                        .receiveBuffer(8 << 10)
                        .script(s -> s.awaitHead()
                                .stopReading()
                                .waitFor(release)
                                .resumeReading()
                                .awaitRequest()
                                .answer(Answer.of(200, "ok")));
                var gateway = TestGateway.to(service).transport(transport).start();
                var client = RawClient.connect(gateway.port())) {
            long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40000000\r\n\r\n");
            service.awaitConnections(1);
            client.sendBigInBackground(40_000_000);
            Thread.sleep(500);

            assertThat(PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() - before)
                    .isLessThan(2 << 20);
            release.countDown();
            assertThat(client.readAnswer().text()).isEqualTo("ok");
            assertThat(service.awaitRequest().bodyLength()).isEqualTo(40_000_000);
        }
    }

    @Test
    void notices_a_client_that_leaves() {
        try (var service = FakeService.script(s -> s.awaitRequest().silence());
                var gateway = TestGateway.to(service).transport(transport).start()) {
            try (var client = RawClient.connect(gateway.port())) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                service.awaitRequest();
                client.reset();
            }

            assertThat(service.connections().getFirst().awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
            await().until(() -> gateway.gateway().counters().open() == 0);
        }
    }

    @Test
    void cuts_an_answer_off_that_the_service_cut_off() {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\n\r\nhello")
                        .pause(Duration.ofMillis(50))
                        .reset());
                var gateway = TestGateway.to(service).transport(transport).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET / HTTP/1.0\r\n\r\n");

            assertThat(answer.text()).isEqualTo("hello");
            assertThat(answer.ending()).isEqualTo(RawAnswer.Ending.RESET);
        }
    }

    @Test
    void delivers_an_early_413_to_a_client_that_still_sends() throws Exception {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .transport(transport)
                        .limits(LimitsConfig.DEFAULT.withBody(1000))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
            var sent = client.sendBigInBackground(10_000_000);

            assertThat(client.readAnswer().status()).isEqualTo(413);
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            client.close();
            sent.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void delivers_the_early_answer_of_a_service_that_then_resets() throws Exception {
        try (var service = FakeService.script(s ->
                        s.awaitHead().answer(Answer.of(401, "who are you?")).close());
                var gateway = TestGateway.to(service).transport(transport).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
            var sent = client.sendBigInBackground(5_000_000);

            assertThat(client.readAnswer().text()).isEqualTo("who are you?");
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            client.close();
            sent.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void tunnels_after_an_upgrade() {
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send(
                                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhi ")
                        .mirror());
                var gateway = TestGateway.to(service)
                        .transport(transport)
                        .upgrade("websocket")
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nthere");
            client.readThrough("\r\n\r\n");

            assertThat(client.readBytes(8)).asString().isEqualTo("hi there");
        }
    }
}
