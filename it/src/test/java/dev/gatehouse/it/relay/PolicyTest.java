package dev.gatehouse.it.relay;

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
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a policy may do to an exchange, and what it is told.
@LeavesNothingBehind
class PolicyTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    // ── edits
    // ────────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_policy_changes_what_the_service_gets() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onRequest(exchange -> {
                            exchange.setRequestHeader(HeaderName.of("X-Set"), "new");
                            exchange.addRequestHeader(HeaderName.of("X-Added"), "two");
                            exchange.removeRequestHeader(HeaderName.of("X-Gone"));
                            return Decision.CONTINUE;
                        }))
                        .start()) {
            RawClient.ask(
                    gateway.port(),
                    "GET / HTTP/1.1\r\nHost: a\r\nx-set: old\r\nX-SET: older\r\nX-Added: one\r\nx-gone: 1\r\nX-Gone: 2\r\n\r\n");

            RecordedRequest received = service.awaitRequest();
            assertThat(received.headers("X-Set")).containsExactly("new");
            assertThat(received.headers("X-Added")).containsExactly("one", "two");
            assertThat(received.headers("X-Gone")).isEmpty();
        }
    }

    @Test
    void edits_of_one_request_do_not_reach_the_next() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onRequest(exchange -> {
                            if (exchange.request().path().equals("/first")) {
                                exchange.setRequestHeader(HeaderName.of("X-User"), "alice");
                            }
                            return Decision.CONTINUE;
                        }))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\nX-Mine: 1\r\n\r\n");
            client.readAnswer();
            client.readAnswer();

            List<RecordedRequest> received = service.awaitRequests(2);
            assertThat(received.get(0).header("X-User")).isEqualTo("alice");
            assertThat(received.get(1).header("X-User")).isNull();
        }
    }

    @Test
    void policies_see_the_request_in_order_and_the_answer_in_reverse() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (var service = FakeService.handling(request -> Answer.of(200, "ok").header("X-Order", "service"));
                var gateway = TestGateway.to(service)
                        .policy(recording("one", seen))
                        .policy(recording("two", seen))
                        .start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.headers("X-Order")).containsExactly("service", "two", "one");
            await().untilAsserted(() -> assertThat(seen)
                    .containsExactly(
                            "one request",
                            "two request",
                            "two response 200",
                            "one response 200",
                            "two end",
                            "one end"));
        }
    }

    @Test
    void a_policy_changes_what_the_client_gets() {
        try (var service = FakeService.handling(request ->
                        Answer.of(200, "ok").header("Server", "Apache/1.3").header("X-Kept", "1"));
                var gateway = TestGateway.to(service)
                        .policy(onResponse((exchange, response) -> {
                            assertThat(String.valueOf(response.header(HeaderName.SERVER)))
                                    .isEqualTo("Apache/1.3");
                            response.remove(HeaderName.SERVER)
                                    .set(HeaderName.CACHE_CONTROL, "no-store")
                                    .add(
                                            HeaderName.of("X-Path"),
                                            exchange.request().path());
                        }))
                        .start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.header("Server")).isNull();
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("X-Path")).isEqualTo("/");
            assertThat(answer.header("X-Kept")).isEqualTo("1");
        }
    }

    // ── answers of policies
    // ──────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void an_answer_of_a_policy_is_sent_instead_of_the_services_and_climbs_through_those_before_it() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(recording("outer", seen))
                        .policy(onRequest(exchange -> new Decision.Respond(
                                Response.of(401, Body.of("who are you?")).set(HeaderName.WWW_AUTHENTICATE, "Basic"))))
                        .policy(recording("inner", seen))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            RawAnswer answer = client.readAnswer();
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            RawAnswer toHead = client.readAnswerToHead();

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).isEqualTo("who are you?");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic");
            assertThat(answer.header("X-Order")).isEqualTo("outer");
            assertThat(toHead.header("Content-Length")).isEqualTo("12");
            assertThat(seen).noneMatch(line -> line.startsWith("inner"));
            assertThat(service.connectionCount()).isZero();
        }
    }

    @Test
    void a_refusal_of_a_policy_is_an_error_answer_of_the_catalogue() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onResponse((exchange, response) -> response.set(HeaderName.of("X-Seen"), "yes")))
                        .policy(onRequest(exchange -> new Decision.Reject(new Failure(
                                FailureKind.SERVICE_UNAVAILABLE, "Come back later.", Map.of("retry_after", 7)))))
                        .start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("7");
            assertThat(answer.header("X-Seen")).isEqualTo("yes");
            assertThat(answer.text()).contains("Come back later.", "SERVICE_UNAVAILABLE");
            assertThat(service.connectionCount()).isZero();
        }
    }

    // ── bugs of policies
    // ─────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_policy_that_throws_is_a_500_that_tells_nothing_and_a_line_in_the_log() {
        CleanEnd.expectLog("failed on a request");
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onRequest(exchange -> {
                            throw new IllegalStateException("secret detail");
                        }))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            RawAnswer answer = client.readAnswer();

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.header("Gatehouse-Error")).isEqualTo("INTERNAL_ERROR");
            assertThat(answer.text()).doesNotContain("secret", "Exception");
            assertThat(service.connectionCount()).isZero();
            client.send(GET);
            assertThat(client.readAnswer().status()).isEqualTo(500);
        }
    }

    @Test
    void a_policy_that_throws_on_the_way_up_refuses_the_answer_for_nobody_knows_what_it_would_have_taken_from_it() {
        CleanEnd.expectLog("failed on an answer");
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onResponse((exchange, response) -> {
                            throw new IllegalStateException("oops");
                        }))
                        .start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), GET);

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).doesNotContain("oops");
        }
    }

    @Test
    void a_policy_that_throws_at_the_end_does_not_keep_others_from_hearing_of_it() {
        CleanEnd.expectLog("failed at the end");
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onEnd(outcomes))
                        .policy(new Policy() {
                            @Override
                            public void onEnd(Exchange exchange, Outcome outcome) {
                                throw new IllegalStateException("oops");
                            }
                        })
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), GET).text()).isEqualTo("ok");
            await().until(() -> outcomes.size() == 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length", "transfer-encoding", "Connection", "Host", "Upgrade", "TE", "Keep-Alive"})
    void a_field_that_frames_or_addresses_a_message_cannot_be_edited(String name) {
        CleanEnd.expectLog("is written by the gateway and cannot be changed");
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onRequest(exchange -> {
                            exchange.setRequestHeader(HeaderName.of(name), "1");
                            return Decision.CONTINUE;
                        }))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(500);
            assertThat(service.connectionCount()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "a\u0000b", "\u20ac"})
    void a_value_that_could_end_its_field_cannot_be_set(String value) {
        CleanEnd.expectLog("is not allowed in a field value");
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onRequest(exchange -> {
                            exchange.addRequestHeader(HeaderName.of("X-A"), value);
                            return Decision.CONTINUE;
                        }))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(500);
            assertThat(service.connectionCount()).isZero();
        }
    }

    @Test
    void a_client_cannot_nominate_away_what_a_policy_sets_nor_pass_for_it() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onRequest(exchange -> {
                            exchange.setRequestHeader(HeaderName.of("X-User"), "alice");
                            return Decision.CONTINUE;
                        }))
                        .start()) {
            RawClient.ask(
                    gateway.port(),
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: X-User\r\nX-User: root\r\nx-user: root\r\nX_User: root\r\n\r\n");

            assertThat(service.awaitRequest().headers("X-User")).containsExactly("alice");
            assertThat(service.awaitRequest().head()).doesNotContain("root");
        }
    }

    // ── the end
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void the_end_is_told_exactly_once_when_the_service_answered() {
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        try (var service = FakeService.handling(request -> Answer.of(404, "nothing here"));
                var gateway = TestGateway.to(service).policy(onEnd(outcomes)).start()) {
            RawClient.ask(gateway.port(), GET);
        }
        assertThat(outcomes).containsExactly(new Outcome(404, null, true));
    }

    @Test
    void the_end_is_told_exactly_once_when_a_policy_refused() {
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onEnd(outcomes))
                        .policy(onRequest(
                                exchange -> new Decision.Reject(new Failure(FailureKind.METHOD_NOT_ALLOWED, "No."))))
                        .start()) {
            RawClient.ask(gateway.port(), GET);
        }
        assertThat(outcomes).containsExactly(new Outcome(405, FailureKind.METHOD_NOT_ALLOWED, true));
    }

    @Test
    void the_end_is_told_exactly_once_when_no_service_is_there() {
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        try (var gateway = TestGateway.toUrls("http://127.0.0.1:" + FakeService.refusing())
                .policy(onEnd(outcomes))
                .start()) {
            RawClient.ask(gateway.port(), GET);
        }
        assertThat(outcomes).containsExactly(new Outcome(503, FailureKind.SERVICE_UNAVAILABLE, true));
    }

    @Test
    void the_end_is_told_exactly_once_when_the_service_broke_off() {
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
                        .close());
                var gateway = TestGateway.to(service).policy(onEnd(outcomes)).start()) {
            RawClient.ask(gateway.port(), GET);
        }
        assertThat(outcomes).containsExactly(new Outcome(200, FailureKind.SERVICE_BAD_RESPONSE, false));
    }

    @Test
    void the_end_is_told_exactly_once_when_the_service_was_too_slow() {
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        try (var service = FakeService.script(s -> s.awaitRequest().silence());
                var gateway = TestGateway.to(service)
                        .policy(onEnd(outcomes))
                        .timeouts(new TimeoutConfig(ms(1000), ms(100), ms(1000), ms(1000)))
                        .start()) {
            RawClient.ask(gateway.port(), GET);
        }
        assertThat(outcomes).containsExactly(new Outcome(504, FailureKind.SERVICE_TIMEOUT, true));
    }

    @Test
    void the_end_is_told_exactly_once_when_the_client_left() {
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        try (var service = FakeService.script(s -> s.awaitRequest().silence());
                var gateway = TestGateway.to(service).policy(onEnd(outcomes)).start()) {
            try (var client = RawClient.connect(gateway.port())) {
                client.send(GET);
                service.awaitRequest();
            }
            await().until(() -> !outcomes.isEmpty());
        }
        assertThat(outcomes).containsExactly(new Outcome(0, FailureKind.CLIENT_LEFT, false));
    }

    @Test
    void the_end_is_told_exactly_once_when_a_tunnel_ended() {
        List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        try (var service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
                        .tunnel()
                        .silence());
                var gateway = TestGateway.to(service)
                        .upgrade("websocket")
                        .policy(onEnd(outcomes))
                        .start()) {
            try (var client = RawClient.connect(gateway.port())) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                client.readThrough("\r\n\r\n");
            }
            await().until(() -> !outcomes.isEmpty());
        }
        assertThat(outcomes).containsExactly(new Outcome(101, null, true));
    }

    @Test
    void a_request_that_is_refused_for_its_form_never_meets_a_policy() {
        List<String> seen = new CopyOnWriteArrayList<>();
        try (var service = FakeService.start();
                var gateway =
                        TestGateway.to(service).policy(recording("one", seen)).start()) {
            assertThat(RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\n\r\n").status())
                    .isEqualTo(400);
        }
        assertThat(seen).isEmpty();
    }

    // ── small policies
    // ───────────────────────────────────────────────────────────────────────────────────────────────

    private static Policy onRequest(Function<Exchange, Decision> rule) {
        return new Policy() {
            @Override
            public Decision onRequest(Exchange exchange) {
                return rule.apply(exchange);
            }
        };
    }

    private static Policy onResponse(BiConsumer<Exchange, Response> rule) {
        return new Policy() {
            @Override
            public Decision onResponse(Exchange exchange, Response response) {
                rule.accept(exchange, response);
                return Decision.CONTINUE;
            }
        };
    }

    private static Policy onEnd(List<Outcome> outcomes) {
        return new Policy() {
            @Override
            public void onEnd(Exchange exchange, Outcome outcome) {
                outcomes.add(outcome);
            }
        };
    }

    private static Policy recording(String name, List<String> seen) {
        return new Policy() {
            @Override
            public Decision onRequest(Exchange exchange) {
                seen.add(name + " request");
                return Decision.CONTINUE;
            }

            @Override
            public Decision onResponse(Exchange exchange, Response response) {
                seen.add(name + " response " + response.status());
                response.add(HeaderName.of("X-Order"), name);
                return Decision.CONTINUE;
            }

            @Override
            public void onEnd(Exchange exchange, Outcome outcome) {
                seen.add(name + " end");
            }
        };
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }
}
