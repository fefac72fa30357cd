package dev.gatehouse.it.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedConnection;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections to services: used again, waited for, replaced, given up; and when a request may be sent once more.
@LeavesNothingBehind
class RetryAndPoolTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    // ── used again
    // ───────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_connection_is_used_again_by_other_clients() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            for (int i = 0; i < 20; i++) {
                assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
            }

            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void the_connection_used_last_is_used_next() throws Exception {
        var first = new CountDownLatch(1);
        var second = new CountDownLatch(1);
        try (var service = FakeService.handling(request -> {
                    switch (request.target()) {
                        case "/first" -> waitFor(first);
                        case "/second" -> waitFor(second);
                        default -> {}
                    }
                    return Answer.of(200, "ok");
                });
                var gateway = TestGateway.to(service).start();
                var one = RawClient.connect(gateway.port());
                var two = RawClient.connect(gateway.port())) {
            one.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n");
            service.awaitRequests(1);
            two.send("GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
            service.awaitRequests(2);
            second.countDown();
            assertThat(two.readAnswer().status()).isEqualTo(200);
            first.countDown();
            assertThat(one.readAnswer().status()).isEqualTo(200);

            for (int i = 0; i < 5; i++) {
                two.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(two.readAnswer().status()).isEqualTo(200);
            }

            assertThat(service.connectionCount()).isEqualTo(2);
            int usedLast = service.requests().stream()
                    .filter(request -> request.target().equals("/first"))
                    .findFirst()
                    .orElseThrow()
                    .connection();
            assertThat(service.requests())
                    .filteredOn(request -> request.target().equals("/next"))
                    .extracting(RecordedRequest::connection)
                    .containsOnly(usedLast);
        }
    }

    @Test
    void an_unused_connection_is_closed_after_its_time() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .idleConnections(Duration.ofMillis(200))
                        .start()) {
            RawClient.ask(gateway.port(), GET);

            RecordedConnection connection = service.connections().getFirst();
            assertThat(connection.ending()).isEqualTo(RecordedConnection.Ending.OPEN);
            assertThat(connection.awaitEnding(Duration.ofSeconds(2)))
                    .isEqualTo(RecordedConnection.Ending.END_OF_STREAM);
            assertThat(gateway.service().budget().open()).isZero();
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
        }
    }

    @Test
    void RFC_2068_19_7_1_a_service_that_announces_when_it_closes_is_forestalled() {
        try (var service = FakeService.handling(
                        request -> Answer.of(200, "ok").header("Keep-Alive", "timeout=2, max=100"));
                var gateway = TestGateway.to(service).start()) {
            long start = System.nanoTime();
            RawClient.ask(gateway.port(), GET);

            assertThat(service.connections().getFirst().awaitEnding(Duration.ofSeconds(3)))
                    .isEqualTo(RecordedConnection.Ending.END_OF_STREAM);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(900), Duration.ofMillis(1900));
        }
    }

    // ── addresses that refuse
    // ────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_request_goes_to_another_address_when_the_first_refuses() {
        CleanEnd.expectLog("is left out for");
        try (var service = FakeService.start();
                var gateway = TestGateway.toUrls("http://127.0.0.1:" + FakeService.refusing(), service.url())
                        .start()) {
            for (int i = 0; i < 10; i++) {
                RawAnswer answer =
                        RawClient.ask(gateway.port(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
                assertThat(answer.status()).isEqualTo(200);
            }

            assertThat(service.requests())
                    .hasSize(10)
                    .allSatisfy(request -> assertThat(request.text()).isEqualTo("hello"));
        }
    }

    @Test
    void requests_are_spread_over_the_addresses() {
        try (var one = FakeService.start();
                var two = FakeService.start();
                var gateway = TestGateway.to(one, two).start()) {
            for (int i = 0; i < 10; i++) {
                assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
            }

            assertThat(one.requests()).hasSize(5);
            assertThat(two.requests()).hasSize(5);
        }
    }

    @Test
    void a_service_none_of_whose_addresses_answers_is_a_503_with_a_friendly_sentence() {
        try (var gateway = TestGateway.toUrls(
                                "http://127.0.0.1:" + FakeService.refusing(),
                                "http://127.0.0.1:" + FakeService.refusing())
                        .name("order-service")
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" + GET);

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("30");
            assertThat(answer.header("Gatehouse-Error")).isEqualTo("SERVICE_UNAVAILABLE");
            assertThat(answer.text())
                    .contains("order-service is temporarily down. Try again in a few minutes.")
                    .doesNotContain("127.0.0.1");
            // The body was there already: the connection lives on.
            assertThat(client.readAnswer().status()).isEqualTo(503);
        }
    }

    // ── stale connections
    // ────────────────────────────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "DELETE", "PUT"})
    void an_idempotent_request_without_a_body_is_sent_once_more_when_its_used_connection_ends_unanswered(
            String method) {
        try (var service = FakeService.script(
                        s -> s.awaitRequest()
                                .answer(Answer.of(200, "first"))
                                .awaitRequest()
                                .close(),
                        s -> s.awaitRequest().answer(Answer.of(200, "fresh")));
                var gateway = TestGateway.to(service).start()) {
            assertThat(RawClient.ask(gateway.port(), GET).text()).isEqualTo("first");

            RawAnswer answer = RawClient.ask(gateway.port(), method + " /again HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer.status()).isEqualTo(200);
            List<RecordedRequest> sent = service.requests().stream()
                    .filter(request -> request.target().equals("/again"))
                    .toList();
            assertThat(sent).extracting(RecordedRequest::connection).containsExactly(0, 1);
            // The very same request: one id, one chain of addresses.
            assertThat(sent.get(1).head()).isEqualTo(sent.get(0).head());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
                "POST / HTTP/1.1\r\nHost: a\r\n\r\n",
                "PATCH / HTTP/1.1\r\nHost: a\r\n\r\n",
                "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
                "PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            })
    void a_request_that_is_not_idempotent_or_has_a_body_is_never_sent_twice(String request) {
        try (var service = FakeService.script(
                        s -> s.awaitRequest()
                                .answer(Answer.of(200, "first"))
                                .awaitRequest()
                                .close(),
                        s -> s.awaitRequest().answer(Answer.of(200, "fresh")));
                var gateway = TestGateway.to(service).start()) {
            assertThat(RawClient.ask(gateway.port(), GET).text()).isEqualTo("first");

            RawAnswer answer = RawClient.ask(gateway.port(), request);

            assertThat(answer.status()).isEqualTo(502);
            assertThat(service.requests()).hasSize(2);
        }
    }

    @Test
    void a_request_is_sent_once_more_only_once() {
        try (var service = FakeService.script(
                        s -> s.awaitRequest()
                                .answer(Answer.of(200, "first"))
                                .awaitRequest()
                                .close(),
                        s -> s.awaitRequest().close());
                var gateway = TestGateway.to(service).start()) {
            assertThat(RawClient.ask(gateway.port(), GET).text()).isEqualTo("first");

            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(502);
            assertThat(service.requests()).hasSize(3);
        }
    }

    @Test
    void a_request_is_not_sent_once_more_when_a_byte_of_the_answer_came() {
        try (var service = FakeService.script(
                        s -> s.awaitRequest()
                                .answer(Answer.of(200, "first"))
                                .awaitRequest()
                                .send("H")
                                .close(),
                        s -> s.awaitRequest().answer(Answer.of(200, "fresh")));
                var gateway = TestGateway.to(service).start()) {
            assertThat(RawClient.ask(gateway.port(), GET).text()).isEqualTo("first");

            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(502);
            assertThat(service.requests()).hasSize(2);
        }
    }

    @Test
    void a_request_on_a_fresh_connection_is_never_sent_twice() {
        try (var service = FakeService.script(
                        s -> s.awaitRequest().close(), s -> s.awaitRequest().answer(Answer.of(200, "second")));
                var gateway = TestGateway.to(service).start()) {
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(502);
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void a_connection_the_service_closed_while_it_was_unused_is_not_used() {
        try (var service = FakeService.script(
                        s -> s.awaitRequest().answer(Answer.of(200, "first")).close(),
                        s -> s.awaitRequest().answer(Answer.of(200, "fresh")));
                var gateway = TestGateway.to(service).start()) {
            assertThat(RawClient.ask(gateway.port(), GET).text()).isEqualTo("first");
            await().until(() -> gateway.service().budget().open() == 0);

            RawAnswer answer =
                    RawClient.ask(gateway.port(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");

            assertThat(answer.text()).isEqualTo("fresh");
        }
    }

    // ── limits and the queue
    // ─────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void with_one_connection_and_a_queue_of_one_the_second_request_waits_and_the_third_is_a_503() {
        var release = new CountDownLatch(1);
        try (var service = FakeService.handling(request -> {
                    waitFor(release);
                    return Answer.of(200, request.target());
                });
                var gateway = TestGateway.to(service).connections(1, 1).start();
                var first = RawClient.connect(gateway.port());
                var second = RawClient.connect(gateway.port());
                var third = RawClient.connect(gateway.port())) {
            first.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n");
            service.awaitRequests(1);
            second.send("GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> gateway.service().budget().waiting() == 1);
            third.send("GET /third HTTP/1.1\r\nHost: a\r\n\r\n");

            RawAnswer refused = third.readAnswer();
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isNotNull();
            release.countDown();
            assertThat(first.readAnswer().text()).isEqualTo("/first");
            assertThat(second.readAnswer().text()).isEqualTo("/second");
            assertThat(service.connectionCount()).isEqualTo(1);
            assertThat(gateway.service().budget().waiting()).isZero();
        }
    }

    @Test
    void a_client_that_leaves_the_queue_gives_its_place_back() {
        var release = new CountDownLatch(1);
        try (var service = FakeService.handling(request -> {
                    waitFor(release);
                    return Answer.of(200, request.target());
                });
                var gateway = TestGateway.to(service).connections(1, 1).start();
                var first = RawClient.connect(gateway.port());
                var third = RawClient.connect(gateway.port())) {
            first.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n");
            service.awaitRequests(1);
            try (var second = RawClient.connect(gateway.port())) {
                second.send("GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
                await().until(() -> gateway.service().budget().waiting() == 1);
            }
            await().until(() -> gateway.service().budget().waiting() == 0);
            third.send("GET /third HTTP/1.1\r\nHost: a\r\n\r\n");
            await().until(() -> gateway.service().budget().waiting() == 1);
            release.countDown();

            assertThat(first.readAnswer().text()).isEqualTo("/first");
            assertThat(third.readAnswer().text()).isEqualTo("/third");
            assertThat(service.requests()).extracting(RecordedRequest::target).containsExactly("/first", "/third");
        }
    }

    @Test
    void one_who_waits_gets_a_new_connection_in_the_place_of_one_that_broke() {
        var release = new CountDownLatch(1);
        try (var service = FakeService.script(
                        s -> s.awaitRequest().waitFor(release).close(),
                        s -> s.awaitRequest().answer(Answer.of(200, "fresh")));
                var gateway = TestGateway.to(service).connections(1, 1).start();
                var first = RawClient.connect(gateway.port());
                var second = RawClient.connect(gateway.port())) {
            first.send(GET);
            service.awaitRequests(1);
            second.send(GET);
            await().until(() -> gateway.service().budget().waiting() == 1);
            release.countDown();

            assertThat(first.readAnswer().status()).isEqualTo(502);
            assertThat(second.readAnswer().text()).isEqualTo("fresh");
        }
    }

    @Test
    void one_who_waits_for_another_address_gets_the_place_of_an_unused_connection() {
        try (var one = FakeService.start();
                var two = FakeService.start();
                var gateway = TestGateway.to(one, two).connections(1, 10).start()) {
            for (int i = 0; i < 6; i++) {
                assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
            }

            assertThat(one.requests()).hasSize(3);
            assertThat(two.requests()).hasSize(3);
            await().untilAsserted(() ->
                    assertThat(one.openConnections() + two.openConnections()).isLessThanOrEqualTo(1));
        }
    }

    @Test
    void a_loop_that_waits_gets_the_place_of_a_connection_another_loop_does_not_use() {
        try (var service = FakeService.start();
                var gateway =
                        TestGateway.to(service).loops(2).connections(1, 10).start()) {
            // The kernel spreads connections over the loops: of 30, both have some.
            for (int i = 0; i < 30; i++) {
                assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
                assertThat(gateway.service().budget().open()).isLessThanOrEqualTo(1);
            }

            assertThat(service.connectionCount()).isGreaterThan(1);
        }
    }

    @Test
    void many_clients_on_two_loops_share_one_connection_and_all_are_served() throws Exception {
        try (var service = FakeService.start();
                var gateway =
                        TestGateway.to(service).loops(2).connections(1, 100).start();
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                answers.add(clients.submit(() -> {
                    int served = 0;
                    try (var client = RawClient.connect(gateway.port())) {
                        for (int n = 0; n < 10; n++) {
                            client.send(GET);
                            served += client.readAnswer().status() == 200 ? 1 : 0;
                        }
                    }
                    return served;
                }));
            }

            for (Future<Integer> served : answers) {
                assertThat(served.get()).isEqualTo(10);
            }
            assertThat(gateway.service().budget().waiting()).isZero();
        }
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
