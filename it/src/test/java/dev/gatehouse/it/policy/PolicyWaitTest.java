package dev.gatehouse.it.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Policies that cannot decide at once.
@LeavesNothingBehind
class PolicyWaitTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final HeaderName SEEN = HeaderName.of("X-Seen");

    @Test
    void the_next_policy_is_asked_when_the_one_that_waits_has_decided() {
        List<String> order = new CopyOnWriteArrayList<>();
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(waiting(exchange -> later(30).thenApply(_ -> {
                            order.add("first");
                            return Decision.CONTINUE;
                        })))
                        .policy(deciding(exchange -> {
                            order.add("second");
                            exchange.setRequestHeader(SEEN, "yes");
                            return Decision.CONTINUE;
                        }))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
            assertThat(order).containsExactly("first", "second");
            assertThat(service.awaitRequest().header("X-Seen")).isEqualTo("yes");
        }
    }

    @Test
    void the_body_waits_too_and_arrives_whole() {
        String body = "x".repeat(200_000);
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(waiting(exchange -> later(50).thenApply(_ -> Decision.CONTINUE)))
                        .start()) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 200000\r\n\r\n" + body);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(service.awaitRequest().text().equals(body)).isTrue();
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order_however_long_each_one_waits() {
        try (var service = FakeService.handling(request -> Answer.of(200, request.target()));
                var gateway = TestGateway.to(service)
                        .policy(waiting(
                                exchange -> later(exchange.request().path().equals("/1") ? 60 : 1)
                                        .thenApply(_ -> Decision.CONTINUE)))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().text()).isEqualTo("/1");
            assertThat(client.readAnswer().text()).isEqualTo("/2");
        }
    }

    @Test
    void who_does_not_decide_in_the_time_of_the_route_refuses_and_is_cancelled() {
        CompletableFuture<Decision> never = new CompletableFuture<>();
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .timeouts(new TimeoutConfig(ms(1000), ms(1000), ms(1000), ms(150)))
                        .policy(waiting(_ -> never))
                        .start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Gatehouse-Error")).isEqualTo("POLICY_UNDECIDED");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
            assertThat(never).isCancelled();
            service.assertNothingReceived();
        }
    }

    @Test
    void a_client_that_leaves_cancels_the_wait() {
        CompletableFuture<Decision> never = new CompletableFuture<>();
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(new Policy() {
                            @Override
                            public Decision onRequest(Exchange exchange) {
                                return new Decision.Await(never);
                            }

                            @Override
                            public void onEnd(Exchange exchange, Outcome outcome) {
                                outcomes.add(outcome);
                            }
                        })
                        .start()) {
            RawClient client = RawClient.connect(gateway.port()).send(GET);
            await().until(() -> gateway.gateway().counters().open() == 1);
            client.reset();

            await().until(() -> !outcomes.isEmpty());
            assertThat(outcomes.getFirst().failure()).isEqualTo(FailureKind.CLIENT_LEFT);
            assertThat(never).isCancelled();
        }
    }

    @Test
    void who_cannot_be_asked_refuses_with_503_and_a_bug_is_a_500() {
        CleanEnd.expectLog("failed on a request");
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(waiting(exchange -> later(5).thenApply(_ -> {
                            throw exchange.request().path().equals("/bug")
                                    ? new IllegalStateException("secret detail")
                                    : new CompletionException(new IOException("down"));
                        })))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), GET).header("Gatehouse-Error"))
                    .isEqualTo("POLICY_UNDECIDED");
            RawAnswer bug = RawClient.ask(gateway.port(), "GET /bug HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(bug.header("Gatehouse-Error")).isEqualTo("INTERNAL_ERROR");
            assertThat(bug.text()).doesNotContain("secret");
            service.assertNothingReceived();
        }
    }

    @Test
    void a_refusal_after_a_wait_climbs_through_those_before() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(answering((_, response) -> {
                            response.set(SEEN, "outer");
                            return Decision.CONTINUE;
                        }))
                        .policy(waiting(_ -> later(10)
                                .thenApply(_ -> new Decision.Reject(new Failure(FailureKind.FORBIDDEN, "No.")))))
                        .start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("X-Seen")).isEqualTo("outer");
        }
    }

    @Test
    void an_answer_is_held_until_its_policy_has_decided_and_loses_nothing_of_its_body() {
        byte[] body = new byte[300_000];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) ('a' + i % 26);
        }
        try (var service = FakeService.handling(request -> request.target().equals("/chunked")
                        ? Answer.of(200, body).chunked()
                        : Answer.of(200, body));
                var gateway = TestGateway.to(service)
                        .policy(answering((_, response) ->
                                new Decision.Await(later(60).thenApply(_ -> {
                                    response.set(SEEN, "late");
                                    return Decision.CONTINUE;
                                }))))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            for (String path : List.of("/plain", "/chunked")) {
                RawAnswer answer = client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                        .readAnswer();
                assertThat(answer.header("X-Seen")).isEqualTo("late");
                assertThat(answer.body()).isEqualTo(body);
            }
        }
    }

    @Test
    void an_answer_may_be_replaced_on_the_way_up_even_after_a_wait() {
        try (var service = FakeService.handling(_ -> Answer.of(200, "x".repeat(100_000)));
                var gateway = TestGateway.to(service)
                        .policy(answering((_, response) -> {
                            response.add(SEEN, "outer " + response.status());
                            return Decision.CONTINUE;
                        }))
                        .policy(answering((_, response) -> new Decision.Await(
                                later(20).thenApply(_ -> new Decision.Respond(Response.of(418, Body.of("teapot")))))))
                        .policy(answering((_, response) -> {
                            response.add(SEEN, "inner " + response.status());
                            return Decision.CONTINUE;
                        }))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 3; i++) {
                RawAnswer answer = client.send(GET).readAnswer();
                assertThat(answer.status()).isEqualTo(418);
                assertThat(answer.text()).isEqualTo("teapot");
                assertThat(answer.headers("X-Seen")).containsExactly("outer 418");
            }
        }
    }

    @Test
    void an_answer_may_be_refused_on_the_way_up() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(answering((_, response) -> response.status() == 200
                                ? new Decision.Reject(new Failure(FailureKind.SERVICE_BAD_RESPONSE, "Not fit."))
                                : Decision.CONTINUE))
                        .start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);
            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.header("Gatehouse-Error")).isEqualTo("SERVICE_BAD_RESPONSE");
        }
    }

    @Test
    void a_service_that_breaks_off_while_its_answer_is_held_is_a_502() {
        try (var service = FakeService.script(s -> s.awaitHead()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
                        .close());
                var gateway = TestGateway.to(service)
                        .policy(answering((_, response) -> response.status() == 200
                                ? new Decision.Await(later(200).thenApply(_ -> Decision.CONTINUE))
                                : Decision.CONTINUE))
                        .start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);
            assertThat(answer.status()).isEqualTo(502);
        }
    }

    @Test
    void a_policy_waits_for_time_and_calls_others() {
        List<Long> waited = new ArrayList<>();
        try (var service = FakeService.start();
                var judge = FakeService.handling(
                        request -> Answer.of(request.target().equals("/no") ? 403 : 200, "judged"));
                var gateway = TestGateway.to(service)
                        .policy(waiting(exchange -> {
                            long start = System.nanoTime();
                            return exchange.after(ms(40)).thenApply(_ -> {
                                waited.add(System.nanoTime() - start);
                                return Decision.CONTINUE;
                            });
                        }))
                        .policy(waiting(exchange -> exchange.call(
                                        HttpRequest.newBuilder(URI.create(judge.url()
                                                        + exchange.request().path()))
                                                .build(),
                                        1000)
                                .thenApply(answer -> answer.statusCode() == 200
                                        ? Decision.CONTINUE
                                        : new Decision.Reject(new Failure(FailureKind.FORBIDDEN, "Judged.")))))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
            assertThat(RawClient.ask(gateway.port(), "GET /no HTTP/1.1\r\nHost: a\r\n\r\n")
                            .status())
                    .isEqualTo(403);
            assertThat(waited).hasSize(2).allMatch(nanos -> nanos >= 39_000_000);
        }
    }

    @Test
    void a_call_nobody_answers_or_that_is_too_long_is_undecided() {
        int nobody = FakeService.refusing();
        try (var service = FakeService.start();
                var judge = FakeService.handling(_ -> Answer.of(200, "x".repeat(5000)));
                var gateway = TestGateway.to(service)
                        .policy(waiting(exchange -> exchange.call(
                                        HttpRequest.newBuilder(URI.create(
                                                        exchange.request()
                                                                        .path()
                                                                        .equals("/long")
                                                                ? judge.url()
                                                                : "http://127.0.0.1:" + nobody))
                                                .build(),
                                        1000)
                                .thenApply(_ -> Decision.CONTINUE)))
                        .start()) {
            for (String path : List.of("/nobody", "/long")) {
                RawAnswer answer = RawClient.ask(gateway.port(), "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(answer.header("Gatehouse-Error")).as(path).isEqualTo("POLICY_UNDECIDED");
            }
        }
    }

    @Test
    void a_shutdown_cuts_off_who_waits() {
        CompletableFuture<Decision> never = new CompletableFuture<>();
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .drain(ms(200))
                        .policy(waiting(_ -> never))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            await().until(() -> gateway.gateway().counters().open() == 1);
            gateway.close();
            assertThat(client.readAnswer().header("Gatehouse-Error")).isEqualTo("SHUTTING_DOWN");
            assertThat(never).isCancelled();
        }
    }

    // ── policies
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    private static CompletableFuture<Void> later(int millis) {
        return CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    private static Policy waiting(Function<Exchange, CompletionStage<? extends Decision>> rule) {
        return deciding(exchange -> new Decision.Await(rule.apply(exchange)));
    }

    private static Policy deciding(Function<Exchange, Decision> rule) {
        return new Policy() {
            @Override
            public Decision onRequest(Exchange exchange) {
                return rule.apply(exchange);
            }
        };
    }

    private static Policy answering(BiFunction<Exchange, Response, Decision> rule) {
        return new Policy() {
            @Override
            public Decision onResponse(Exchange exchange, Response response) {
                return rule.apply(exchange, response);
            }
        };
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
