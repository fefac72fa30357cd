package dev.gatehouse.it.reload;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.service.InstanceState;
import dev.gatehouse.engine.service.InstanceStatus.Word;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedConnection.Ending;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What a reload leaves as it was, and what it does not.
@LeavesNothingBehind
class CarryOverTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void an_unchanged_service_keeps_its_connections_whatever_happens_around_it() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(file(service, "timeout: 5s", ""));
                var client = RawClient.connect(gateway.port())) {
            ask(client);
            for (int i = 0; i < 20; i++) {
                gateway.reload(file(service, "timeout: 5s", "  - { path: /more" + i + ", respond: { body: x } }"));
                ask(client);
            }
            assertThat(service.connectionCount()).isEqualTo(1);
            assertThat(service.connections().getFirst().ending()).isEqualTo(Ending.OPEN);
        }
    }

    @Test
    void a_changed_service_gets_new_connections_and_the_old_ones_close() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(file(service, "timeout: 5s", ""));
                var client = RawClient.connect(gateway.port())) {
            ask(client);
            gateway.reload(file(service, "timeout: 6s", ""));
            assertThat(service.connections().getFirst().awaitEnding()).isEqualTo(Ending.END_OF_STREAM);
            ask(client);
            assertThat(service.connectionCount()).isEqualTo(2);
        }
    }

    @Test
    void a_download_finishes_on_the_snapshot_it_began_on_and_its_connection_closes_then() {
        CountDownLatch rest = new CountDownLatch(1);
        try (var old = FakeService.script(script -> script.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
                        .waitFor(rest)
                        .send("after"));
                var next = FakeService.handling(request -> Answer.of(200, "the new one"));
                var gateway = TestGateway.from(file(old, "timeout: 5s", ""));
                var slow = RawClient.connect(gateway.port());
                var other = RawClient.connect(gateway.port())) {
            slow.send(GET);
            slow.readThrough("\r\n\r\nfirst");

            gateway.reload(file(next, "timeout: 5s", ""));
            other.send(GET);
            assertThat(other.readAnswer().text()).isEqualTo("the new one");
            assertThat(old.connections().getFirst().ending()).isEqualTo(Ending.OPEN);

            rest.countDown();
            assertThat(new String(slow.readBytes(5), US_ASCII)).isEqualTo("after");
            assertThat(old.connections().getFirst().awaitEnding()).isEqualTo(Ending.END_OF_STREAM);
            slow.send(GET);
            assertThat(slow.readAnswer().text())
                    .as("the next request on the same connection")
                    .isEqualTo("the new one");
        }
    }

    @Test
    void a_gateway_that_stops_ends_what_is_still_on_an_old_snapshot() {
        try (var old = FakeService.script(script -> script.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
                        .silence());
                var next = FakeService.start();
                var gateway = TestGateway.from("runtime: { drain_timeout: 100ms }\n" + file(old, "timeout: 5s", ""));
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            client.readThrough("\r\n\r\nfirst");
            gateway.reload(file(next, "timeout: 5s", ""));
            gateway.close();
            assertThat(old.connections().getFirst().awaitEnding()).isNotEqualTo(Ending.OPEN);
            assertThat(client.readToEnd().text()).isEmpty();
        }
    }

    @Test
    void an_instance_that_an_operator_drained_stays_drained() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(file(service, "timeout: 5s", ""))) {
            state(gateway).drain(null, System.nanoTime());
            gateway.reload(file(service, "timeout: 6s", ""));
            assertThat(word(gateway)).isEqualTo(Word.DRAINED);
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(503);
            state(gateway).undrain();
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
        }
    }

    @Test
    void an_instance_that_is_down_stays_down_until_it_is_checked_well_again() {
        CleanEnd.allowLog("is down: ");
        AtomicBoolean well = new AtomicBoolean();
        String check = "health_check: { path: /health, interval: 100ms, unhealthy_after: 1, healthy_after: 2 }";
        try (var service = FakeService.handling(
                        request -> Answer.of(!request.target().equals("/health") || well.get() ? 200 : 500, "hi"));
                var gateway = TestGateway.from(file(service, check, ""))) {
            await().until(() -> word(gateway) == Word.DOWN);

            gateway.reload(file(service, check + ", timeout: 6s", ""));
            assertThat(word(gateway)).isEqualTo(Word.DOWN);
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(503);

            well.set(true);
            await().atMost(Duration.ofSeconds(5)).until(() -> word(gateway) == Word.UP);
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
        }
    }

    @Test
    void an_instance_that_was_left_out_stays_out_and_is_counted_on() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(file(service, "timeout: 5s", ""))) {
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
            long minute = Duration.ofMinutes(1).toNanos();
            state(gateway).eject("5×503", false, minute, System.nanoTime());

            gateway.reload(file(service, "timeout: 6s", ""));
            assertThat(word(gateway)).isEqualTo(Word.EJECTED);
            assertThat(state(gateway).attempts()).isEqualTo(1);
        }
    }

    private static void ask(RawClient client) {
        client.send(GET);
        RawAnswer answer = client.readAnswer();
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }

    private static InstanceState state(TestGateway gateway) {
        return gateway.service().instances().getFirst().state();
    }

    private static Word word(TestGateway gateway) {
        return gateway.service().status(System.nanoTime()).getFirst().state();
    }

    private static String file(FakeService service, String settings, String routes) {
        return """
                services:
                  s: { instances: [ "%s" ], display_name: The kitchen, %s }
                routes:
                  - { path: /**, service: s }
                %s
                """.formatted(service.url(), settings, routes);
    }
}
