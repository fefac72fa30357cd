package dev.gatehouse.it.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.http2.FrameClient.Answer;
import dev.gatehouse.it.http2.FrameClient.Frame;
import dev.gatehouse.it.policy.TakerFactory;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// One request and its answer over HTTP/2, in front of a service that speaks HTTP/1.1.
@LeavesNothingBehind
class ExchangeTest {
    private static final int NO_ERROR = 0;
    private static final int INTERNAL_ERROR = 2;

    @Test
    void a_request_is_the_same_one_in_http_1() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.headers(
                    1,
                    true,
                    FrameClient.request(
                            "GET", "/a/../b?x=%20y", "cookie", "a=1", "x-a", "1", "cookie", "b=2", "x-a", "2"));
            Answer answer = client.answer(1);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("ok");
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.target()).isEqualTo("/b?x=%20y");
            assertThat(sent.version()).isEqualTo("HTTP/1.1");
            assertThat(sent.headers("Host")).containsExactly("shop.example");
            assertThat(sent.header("X-Forwarded-Host")).isEqualTo("shop.example");
            assertThat(sent.headers("Cookie")).containsExactly("a=1; b=2");
            assertThat(sent.headers("X-A")).containsExactly("1", "2");
            assertThat(sent.headers("Via")).containsExactly("2.0 gatehouse");
            assertThat(sent.headers("Transfer-Encoding")).isEmpty();
        }
    }

    @Test
    void what_a_policy_takes_out_was_asked_all_the_same() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = TestGateway.from("""
                        listeners: { main: { port: 8080, protocols: [ h2c ] } }
                        services: { shop: { instances: [ "%s" ] } }
                        routes:
                          - { path: "/**", service: shop, take: { header: X-Key } }
                        """.formatted(service.url()), TakerFactory.OPTIONS);
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.headers(
                    1,
                    true,
                    FrameClient.request(
                            "GET", "/?a=1&key=q1", "x-key", "k1", "cookie", "sid=s1", "cookie", "theme=dark"));
            assertThat(client.answer(1).head()).containsEntry("x-asked", TakerFactory.ALL);
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.target()).isEqualTo("/?a=1");
            assertThat(sent.headers("X-Key")).isEmpty();
            assertThat(sent.headers("Cookie")).containsExactly("theme=dark");
        }
    }

    @Test
    void an_answer_has_lower_case_names_and_nothing_of_http_1() {
        try (FakeService service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 Fine\r\nContent-Type: a/b\r\nKeep-Alive: timeout=5\r\n"
                                + "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + "2\r\nok\r\n0\r\n\r\n"));
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            Answer answer = client.get(1, "/").answer(1);
            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.head())
                    .containsEntry("content-type", "a/b")
                    .doesNotContainKeys("keep-alive", "connection", "x-hop", "transfer-encoding");
            assertThat(answer.head().keySet()).allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)));
        }
    }

    @Test
    void trailers_pass_both_ways() {
        try (FakeService service = FakeService.script(
                        s -> s.awaitRequest()
                                .send(
                                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\n\r\n"));
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.headers(1, false, FrameClient.request("POST", "/", "te", "trailers"));
            client.data(1, false, "hello");
            client.headers(1, true, "x-check", "5", "content-length", "9");
            Answer answer = client.answer(1);
            assertThat(answer.trailers()).containsOnlyKeys("x-sum").containsEntry("x-sum", "7");
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.text()).isEqualTo("hello");
            assertThat(sent.headers("TE")).containsExactly("trailers");
            assertThat(sent.trailers()).singleElement().hasToString("x-check: 5");
        }
    }

    @Test
    void the_end_of_an_answer_without_a_body_is_its_head() {
        try (FakeService service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 204 No Content\r\n\r\n")
                        .awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
                        .awaitRequest()
                        .send("HTTP/1.1 304 Not Modified\r\nContent-Length: 900\r\n\r\n"));
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            assertThat(client.get(1, "/").await(FrameClient.HEADERS, 1).ends()).isTrue();
            Frame head =
                    client.headers(3, true, FrameClient.request("HEAD", "/")).await(FrameClient.HEADERS, 3);
            assertThat(head.ends()).isTrue();
            assertThat(head.headers()).containsEntry("content-length", "900");
            Frame notModified = client.get(5, "/").await(FrameClient.HEADERS, 5);
            assertThat(notModified.ends()).isTrue();
            assertThat(notModified.headers()).containsEntry(":status", "304");
        }
    }

    @Test
    void interim_answers_come_before_the_final_one() {
        try (FakeService service = FakeService.script(s -> s.awaitHead()
                        .send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n")
                        .awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.headers(1, false, FrameClient.request("POST", "/", "expect", "100-continue"));
            assertThat(client.await(FrameClient.HEADERS, 1).headers())
                    .containsEntry(":status", "103")
                    .containsEntry("link", "</a.css>");
            Frame goOn = client.await(FrameClient.HEADERS, 1);
            assertThat(goOn.headers()).containsEntry(":status", "100");
            assertThat(goOn.ends()).isFalse();
            assertThat(client.data(1, true, "body").answer(1).body()).isEqualTo("ok");
            assertThat(service.awaitRequest().text()).isEqualTo("body");
        }
    }

    @Test
    void an_early_answer_is_whole_and_the_rest_of_the_request_is_declined() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service, "max_body: 10B");
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.headers(1, false, FrameClient.request("POST", "/", "content-length", "100000"));
            Frame head = client.await(FrameClient.HEADERS, 1);
            assertThat(head.headers()).containsEntry(":status", "413");
            while (!head.ends()) {
                head = client.await(FrameClient.DATA, 1);
            }
            assertThat(client.await(FrameClient.RST_STREAM, 1).error()).isEqualTo(NO_ERROR);
            // What was on its way is passed over, and the connection goes on.
            client.data(1, false, "more of it");
            assertThat(client.get(3, "/").answer(3).status()).isEqualTo(200);
        }
    }

    @Test
    void an_answer_that_breaks_off_is_reset_and_no_other() {
        try (FakeService service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf of it")
                        .close());
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            Answer broken = client.get(1, "/").answer(1);
            assertThat(broken.body()).isEqualTo("half of it");
            assertThat(broken.reset()).isEqualTo(INTERNAL_ERROR);
            assertThat(client.get(3, "/").answer(3).reset()).isEqualTo(INTERNAL_ERROR);
        }
    }

    @Test
    void a_reset_cancels_this_request_only() {
        try (FakeService service = FakeService.script(
                        s -> s.awaitRequest().silence(),
                        s -> s.awaitRequest()
                                .pause(Duration.ofMillis(300))
                                .send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.get(1, "/gone");
            service.awaitRequests(1);
            client.get(3, "/stays");
            service.awaitRequests(2);
            long before = System.nanoTime();
            client.reset(1);
            service.connections().getFirst().awaitEnding(Duration.ofSeconds(2));
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
            assertThat(client.answer(3).body()).isEqualTo("ok");
        }
    }

    @Test
    void a_head_that_does_not_end_is_cut_off_in_time() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service, "limits: { head_timeout: 300ms }");
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.send(FrameClient.HEADERS, 0, 1, FrameClient.block(FrameClient.request("GET", "/")));
            assertThat(client.goAway()).isEqualTo(1);
            service.assertNothingReceived();
        }
    }

    @Test
    void a_body_that_comes_too_slowly_is_answered_408() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service, "limits: { body_rate: 1KiB, body_rate_window: 300ms }");
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.headers(1, false, FrameClient.request("POST", "/")).data(1, false, "slow");
            assertThat(client.answer(1).status()).isEqualTo(408);
        }
    }

    @Test
    void an_unused_connection_is_told_and_closed() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service, "limits: { idle_timeout: 300ms }");
                FrameClient client = FrameClient.connect(gateway.port())) {
            assertThat(client.get(1, "/").answer(1).status()).isEqualTo(200);
            assertThat(client.goAway()).isEqualTo(NO_ERROR);
        }
    }

    @Test
    void both_versions_are_spoken_on_one_port() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service);
                RawClient first = RawClient.connect(gateway.port());
                FrameClient second = FrameClient.connect(gateway.port())) {
            first.send("P").send("OST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertThat(first.readAnswer().status()).isEqualTo(200);
            assertThat(second.get(1, "/").answer(1).status()).isEqualTo(200);
        }
    }

    @Test
    void a_port_of_http_1_only_answers_the_preface_with_400() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = TestGateway.to(service).start();
                RawClient client = RawClient.connect(gateway.port())) {
            client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(400);
        }
    }
}
