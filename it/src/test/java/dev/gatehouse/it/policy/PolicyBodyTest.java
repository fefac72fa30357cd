package dev.gatehouse.it.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.ChunkTransform;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Policies that look at bodies, and change them.
@LeavesNothingBehind
class PolicyBodyTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String HELLO = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
    private static final String HELLO_UNTOLD =
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n";
    private static final String HELLO_IN_CHUNKS = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
            + "Trailer: X-Sum\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\nX-Sum: 1\r\n\r\n";

    // ── requests
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @ValueSource(strings = {HELLO, HELLO_IN_CHUNKS})
    void a_request_is_changed_as_it_passes_and_goes_out_in_chunks(String request) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onRequest(exchange -> {
                            exchange.requestBody().map(new Upper());
                            return Decision.CONTINUE;
                        }))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), request).status()).isEqualTo(200);

            RecordedRequest received = service.awaitRequest();
            assertThat(received.text()).isEqualTo("HELLO!");
            assertThat(received.header("Transfer-Encoding")).isEqualTo("chunked");
            assertThat(received.header("Content-Length")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HELLO, HELLO_UNTOLD})
    void a_request_is_gathered_looked_at_and_passed_on_with_its_length(String request) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(gathering(
                                100,
                                octets -> new String(octets, UTF_8).equals("hello")
                                        ? Decision.CONTINUE
                                        : new Decision.Reject(new Failure(FailureKind.FORBIDDEN, "No."))))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), request).status()).isEqualTo(200);

            RecordedRequest received = service.awaitRequest();
            assertThat(received.text()).isEqualTo("hello");
            assertThat(received.headers("Content-Length")).containsExactly("5");
            assertThat(received.header("Transfer-Encoding")).isNull();
        }
    }

    @Test
    void a_megabyte_is_gathered_and_arrives_as_it_was() {
        byte[] body = octets(1 << 20);
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(gathering(2 << 20, octets -> Decision.CONTINUE))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .sendBytes(body);
            assertThat(client.readAnswer().status()).isEqualTo(200);
            assertThat(service.awaitRequest().body()).isEqualTo(body);
            assertThat(client.send(HELLO).readAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void policies_change_what_those_before_have_left() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onRequest(exchange -> {
                            exchange.requestBody().map(new Upper());
                            return Decision.CONTINUE;
                        }))
                        .policy(onRequest(exchange -> new Decision.Await(exchange.requestBody()
                                .collect(100)
                                .thenApply(octets -> {
                                    exchange.requestBody()
                                            .replace((new String(octets, UTF_8) + "-seen").getBytes(UTF_8));
                                    return Decision.CONTINUE;
                                }))))
                        .policy(onRequest(exchange -> {
                            exchange.requestBody().map(new Upper());
                            return Decision.CONTINUE;
                        }))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), HELLO).status()).isEqualTo(200);
            RecordedRequest received = service.awaitRequest();
            assertThat(received.text()).isEqualTo("HELLO!-SEEN!");
            assertThat(received.headers("Content-Length")).containsExactly("12");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {HELLO, HELLO_IN_CHUNKS})
    void more_than_a_policy_would_gather_is_413_and_reaches_nobody(String request) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(gathering(4, octets -> Decision.CONTINUE))
                        .start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), request);
            assertThat(answer.header("Gatehouse-Error")).isEqualTo("BODY_TOO_LARGE");
            service.assertNothingReceived();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 100})
    void what_is_too_long_to_be_gathered_arrives_whole_when_the_policy_lets_it(int limit) {
        byte[] big = octets(100_000);
        try (var service = FakeService.handling(_ -> Answer.of(200, big).chunked());
                var gateway = TestGateway.to(service)
                        .policy(new Policy() {
                            @Override
                            public Decision onRequest(Exchange exchange) {
                                exchange.requestBody().map(new Upper());
                                return new Decision.Await(letting(exchange.requestBody(), limit));
                            }

                            @Override
                            public Decision onResponse(Exchange exchange, Response response) {
                                return new Decision.Await(letting(response.body(), limit));
                            }
                        })
                        .policy(new Policy() {
                            @Override
                            public Decision onRequest(Exchange exchange) {
                                exchange.requestBody().map(new Upper());
                                return Decision.CONTINUE;
                            }
                        })
                        .start();
                var client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 2; i++) {
                RawAnswer answer = client.send(HELLO_IN_CHUNKS).readAnswer();
                assertThat(answer.body()).isEqualTo(big);
            }
            assertThat(service.awaitRequests(2))
                    .extracting(RecordedRequest::text)
                    .containsOnly("HELLO!!");
            String slowly = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n" + "y".repeat(300_000);
            assertThat(client.send(slowly).readAnswer().body()).isEqualTo(big);
            assertThat(service.awaitRequests(3).get(2).text()).isEqualTo("Y".repeat(300_000) + "!!");
        }
    }

    private static CompletionStage<Decision> letting(Body body, int limit) {
        return body.collect(limit).handle((_, _) -> Decision.CONTINUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {HELLO, HELLO_IN_CHUNKS})
    void a_policy_lowers_the_limit_of_a_body(String request) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onRequest(exchange -> {
                            exchange.requestBody().limit(4);
                            return Decision.CONTINUE;
                        }))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), request).header("Gatehouse-Error"))
                    .isEqualTo("BODY_TOO_LARGE");
            service.assertNoCompleteRequest();
        }
    }

    @Test
    void a_client_that_waits_for_100_is_told_to_send_what_a_policy_wants_to_see() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(gathering(100, octets -> Decision.CONTINUE))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.readInterim().status()).isEqualTo(100);
            assertThat(client.send("hello").readAnswer().status()).isEqualTo(200);
            assertThat(service.awaitRequest().header("Expect")).isNull();
            assertThat(service.awaitRequest().text()).isEqualTo("hello");
        }
    }

    @Test
    void a_request_without_a_body_has_an_empty_one_and_may_get_one() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onRequest(exchange -> new Decision.Await(exchange.requestBody()
                                .collect(0)
                                .thenApply(octets -> {
                                    assertThat(octets).isEmpty();
                                    exchange.requestBody().replace("made".getBytes(UTF_8));
                                    return Decision.CONTINUE;
                                }))))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            RecordedRequest received = service.awaitRequest();
            assertThat(received.text()).isEqualTo("made");
            assertThat(received.headers("Content-Length")).containsExactly("4");
        }
    }

    @Test
    void a_body_gathered_without_waiting_for_it_still_arrives() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onRequest(exchange -> {
                            exchange.requestBody().collect(100);
                            return Decision.CONTINUE;
                        }))
                        .policy(onResponse((_, response) -> {
                            response.body().collect(100);
                            return Decision.CONTINUE;
                        }))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), HELLO_IN_CHUNKS).text()).isEqualTo("ok");
            assertThat(service.awaitRequest().text()).isEqualTo("hello");
        }
    }

    @Test
    void a_change_that_fails_is_a_500() {
        CleanEnd.expectLog("failed on the body of the request");
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onRequest(exchange -> {
                            exchange.requestBody().map(new Broken());
                            return Decision.CONTINUE;
                        }))
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), HELLO).status()).isEqualTo(500);
            service.assertNoCompleteRequest();
        }
    }

    // ── answers
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void an_answer_is_changed_as_it_passes() {
        try (var service = FakeService.handling(request -> request.target().equals("/chunked")
                        ? Answer.of(200, "answer").chunked()
                        : Answer.of(200, "answer"));
                var gateway = TestGateway.to(service)
                        .policy(onResponse((_, response) -> {
                            response.body().map(new Upper());
                            return Decision.CONTINUE;
                        }))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            for (String path : List.of("/", "/chunked", "/")) {
                RawAnswer answer = client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                        .readAnswer();
                assertThat(answer.text()).isEqualTo("ANSWER!");
                assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
                assertThat(answer.header("Content-Length")).isNull();
            }
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswerToHead().status()).isEqualTo(200);
            RawAnswer old = RawClient.ask(gateway.port(), "GET / HTTP/1.0\r\nHost: a\r\n\r\n");
            assertThat(old.text()).isEqualTo("ANSWER!");
            assertThat(old.header("Transfer-Encoding")).isNull();
        }
    }

    @Test
    void an_answer_is_gathered_and_replaced() {
        byte[] big = octets(300_000);
        try (var service = FakeService.handling(request -> switch (request.target()) {
                    case "/big" -> Answer.of(200, big);
                    case "/chunked" -> Answer.of(200, "answer").chunked();
                    default -> Answer.of(200, "");
                });
                var gateway = TestGateway.to(service)
                        .policy(onResponse((_, response) -> new Decision.Await(response.body()
                                .collect(1 << 20)
                                .thenApply(octets -> {
                                    response.body().replace(("(" + octets.length + ")").getBytes(UTF_8));
                                    return Decision.CONTINUE;
                                }))))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            assertThat(get(client, "/big").text()).isEqualTo("(300000)");
            assertThat(get(client, "/chunked").text()).isEqualTo("(6)");
            RawAnswer empty = get(client, "/empty");
            assertThat(empty.text()).isEqualTo("(0)");
            assertThat(empty.headers("Content-Length")).containsExactly("3");
        }
    }

    @Test
    void an_answer_that_is_too_long_to_be_gathered_is_a_502() {
        try (var service = FakeService.handling(
                        _ -> Answer.of(200, octets(100_000)).chunked());
                var gateway = TestGateway.to(service)
                        .policy(onResponse((_, response) ->
                                new Decision.Await(response.body().collect(1000).thenApply(_ -> Decision.CONTINUE))))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.send(GET).readAnswer().header("Gatehouse-Error")).isEqualTo("SERVICE_BAD_RESPONSE");
            assertThat(client.send(GET).readAnswer().status()).isEqualTo(502);
        }
    }

    @Test
    void a_change_of_an_answer_that_fails_never_looks_like_a_whole_answer() {
        CleanEnd.expectLog("failed on the body of the answer");
        try (var service = FakeService.handling(_ -> Answer.of(200, octets(100_000)));
                var gateway = TestGateway.to(service)
                        .policy(onResponse((_, response) -> {
                            response.body().map(new Broken());
                            return Decision.CONTINUE;
                        }))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            String all = client.readToEnd().text();
            assertThat(all).doesNotContain("\r\n0\r\n\r\n");
        }
    }

    @Test
    void an_answer_of_the_gateway_itself_is_changed_like_any_other() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .policy(onResponse((_, response) ->
                                new Decision.Await(response.body().collect(100).thenApply(octets -> {
                                    response.body().map(new Upper());
                                    return Decision.CONTINUE;
                                }))))
                        .policy(onRequest(_ -> new Decision.Respond(Response.of(200, Body.of("made here")))))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            RawAnswer answer = client.send(GET).readAnswer();
            assertThat(answer.text()).isEqualTo("MADE HERE!");
            assertThat(answer.headers("Content-Length")).containsExactly("10");
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswerToHead().headers("Content-Length")).containsExactly("10");
        }
    }

    // ── policies
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Writes in capitals, and an exclamation mark behind the end.
    private static final class Upper implements ChunkTransform {
        @Override
        public void onChunk(ByteBuffer chunk, Sink out) {
            out.write(UTF_8.decode(chunk).toString().toUpperCase(Locale.ROOT).getBytes(UTF_8));
        }

        @Override
        public void onEnd(Sink out) {
            out.write("!".getBytes(UTF_8));
        }
    }

    private static final class Broken implements ChunkTransform {
        @Override
        public void onChunk(ByteBuffer chunk, Sink out) {
            throw new IllegalStateException("oops");
        }
    }

    private static RawAnswer get(RawClient client, String path) {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer();
    }

    private static byte[] octets(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) ('a' + i % 26);
        }
        return octets;
    }

    private static Policy gathering(int limit, Function<byte[], Decision> rule) {
        return onRequest(exchange ->
                new Decision.Await(exchange.requestBody().collect(limit).thenApply(rule)));
    }

    private static Policy onRequest(Function<Exchange, Decision> rule) {
        return new Policy() {
            @Override
            public Decision onRequest(Exchange exchange) {
                return rule.apply(exchange);
            }
        };
    }

    private static Policy onResponse(BiFunction<Exchange, Response, Decision> rule) {
        return new Policy() {
            @Override
            public Decision onResponse(Exchange exchange, Response response) {
                return rule.apply(exchange, response);
            }
        };
    }
}
