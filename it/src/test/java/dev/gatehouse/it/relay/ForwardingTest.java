package dev.gatehouse.it.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a service is told, what it is not told, and whom the gateway believes about where a request came from.
@LeavesNothingBehind
class ForwardingTest {
    private static final Pattern UUID_7 =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final Pattern TRACEPARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-01");

    // ── what goes through, and what ends here
    // ────────────────────────────────────────────────────────────────────────

    @Test
    void fields_go_through_as_they_came_both_ways() {
        try (var service = FakeService.handling(request -> Answer.of(200, "ok")
                        .header("x-LOWER", "Value  with   spaces")
                        .header("Set-Cookie", "a=1")
                        .header("Set-Cookie", "b=2"));
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(),
                    "GET /a?b=c HTTP/1.1\r\nHost: shop.example:81\r\nx-MiXeD:Some   Value\r\nCookie: a=1\r\n"
                            + "Cookie: b=2\r\nX-Umlaut: \u00e4\r\n\r\n");

            RecordedRequest received = service.awaitRequest();
            assertThat(received.target()).isEqualTo("/a?b=c");
            assertThat(received.headerLines())
                    .contains("Host: shop.example:81", "x-MiXeD:Some   Value", "X-Umlaut: \u00e4");
            assertThat(received.headers("Cookie")).containsExactly("a=1", "b=2");
            assertThat(answer.header("X-Lower")).isEqualTo("Value  with   spaces");
            assertThat(answer.headers("Set-Cookie")).containsExactly("a=1", "b=2");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: keep-alive",
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "Proxy-Authorization: Basic YTpi",
                "Proxy-Authenticate: Basic",
                "TE: gzip",
                "Upgrade: websocket",
                "HTTP2-Settings: AAMAAABk"
            })
    void RFC_9110_7_6_1_a_field_of_one_hop_ends_here(String field) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n");

            String name = field.substring(0, field.indexOf(':'));
            assertThat(service.awaitRequest().header(name)).isNull();
        }
    }

    @Test
    void RFC_9110_7_6_1_fields_of_one_hop_end_here_on_the_way_back_too() {
        try (var service = FakeService.handling(request -> Answer.of(200, "ok")
                        .header("Connection", "keep-alive, X-Internal")
                        .header("Keep-Alive", "timeout=60")
                        .header("X-Internal", "secret")
                        .header("x-internal", "secret")
                        .header("X-Public", "hello"));
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer.header("Connection")).isNull();
            assertThat(answer.header("Keep-Alive")).isNull();
            assertThat(answer.header("X-Internal")).isNull();
            assertThat(answer.header("X-Public")).isEqualTo("hello");
        }
    }

    @Test
    void RFC_9110_7_6_1_fields_a_client_nominates_end_here() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawClient.ask(
                    gateway.port(),
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: x-one, ,X-TWO\r\nConnection: X-Three\r\nX-One: 1\r\n"
                            + "X-Two: 2\r\nX-Three: 3\r\nX-Four: 4\r\n\r\n");

            RecordedRequest received = service.awaitRequest();
            assertThat(received.header("X-One")).isNull();
            assertThat(received.header("X-Two")).isNull();
            assertThat(received.header("X-Three")).isNull();
            assertThat(received.header("X-Four")).isEqualTo("4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "yes"})
    void a_client_cannot_nominate_a_field_that_the_gateway_sets_or_that_frames(String trusted) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .trust(trusted.equals("yes") ? "127.0.0.1" : "192.0.2.1")
                        .forwarded()
                        .start()) {
            RawClient.ask(
                    gateway.port(),
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close, Host, Content-Length,"
                            + " X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host, X-Forwarded-Port, Forwarded, Via,"
                            + " X-Request-Id, traceparent\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Proto: https\r\n"
                            + "X-Forwarded-Host: evil\r\nX-Forwarded-Port: 1\r\n\r\nok");

            RecordedRequest received = service.awaitRequest();
            assertThat(received.text()).isEqualTo("ok");
            for (String name : new String[] {
                "Host",
                "Content-Length",
                "X-Forwarded-For",
                "X-Forwarded-Proto",
                "X-Forwarded-Host",
                "X-Forwarded-Port",
                "Forwarded",
                "Via",
                "X-Request-Id",
                "traceparent"
            }) {
                assertThat(received.headers(name)).as(name).hasSize(1);
            }
            assertThat(received.header("Connection")).isNull();
        }
    }

    @Test
    void RFC_9110_10_1_4_TE_trailers_is_told_to_the_service_anew() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\nConnection: TE\r\n\r\n");

            assertThat(service.awaitRequest().headers("TE")).containsExactly("trailers");
        }
    }

    // ── what the gateway adds
    // ────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void a_service_is_told_who_asked_and_how() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n");

            RecordedRequest received = service.awaitRequest();
            assertThat(received.headers("X-Forwarded-For")).containsExactly("127.0.0.1");
            assertThat(received.headers("X-Forwarded-Proto")).containsExactly("http");
            assertThat(received.headers("X-Forwarded-Host")).containsExactly("shop.example");
            assertThat(received.headers("X-Forwarded-Port")).containsExactly(String.valueOf(gateway.port()));
            assertThat(received.headers("Via")).containsExactly("1.1 gatehouse");
            assertThat(received.headers("Host")).containsExactly("shop.example");
            assertThat(received.header("Forwarded")).isNull();
        }
    }

    @Test
    void RFC_7239_Forwarded_is_sent_when_it_is_wanted() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).forwarded().start()) {
            RawClient.ask(
                    gateway.port(),
                    "GET / HTTP/1.1\r\nHost: shop.example:81\r\nForwarded: for=6.6.6.6;proto=https\r\n\r\n");

            assertThat(service.awaitRequest().headers("Forwarded"))
                    .containsExactly("for=127.0.0.1;host=\"shop.example:81\";proto=http");
        }
    }

    @Test
    void RFC_9110_7_6_3_Via_is_added_behind_what_others_said_both_ways() {
        try (var service = FakeService.handling(request -> Answer.of(200, "ok").header("Via", "1.0 inner"));
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), "GET / HTTP/1.0\r\nHost: a\r\nVia: 1.1 outer\r\n\r\n");

            assertThat(service.awaitRequest().headers("Via")).containsExactly("1.1 outer", "1.0 gatehouse");
            assertThat(answer.headers("Via")).containsExactly("1.0 inner", "1.1 gatehouse");
        }
    }

    @Test
    void a_request_of_HTTP_1_0_without_a_Host_gets_the_services_own() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawClient.ask(gateway.port(), "GET / HTTP/1.0\r\n\r\n");

            assertThat(service.awaitRequest().headers("Host")).containsExactly(service.address());
            assertThat(service.awaitRequest().header("X-Forwarded-Host")).isNull();
        }
    }

    @Test
    void RFC_9110_6_6_1_an_answer_without_a_Date_gets_one_and_one_with_it_keeps_it() {
        try (var service = FakeService.handling(request -> request.target().equals("/dated")
                        ? Answer.of(200, "ok").header("Date", "Thu, 01 Jan 1970 00:00:00 GMT")
                        : Answer.of(200, "ok"));
                var gateway = TestGateway.to(service).start()) {
            RawAnswer dated = RawClient.ask(gateway.port(), "GET /dated HTTP/1.1\r\nHost: a\r\n\r\n");
            RawAnswer undated = RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            RawAnswer refused = RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\n\r\n");

            assertThat(dated.headers("Date")).containsExactly("Thu, 01 Jan 1970 00:00:00 GMT");
            assertThat(undated.headers("Date")).hasSize(1);
            assertThat(ZonedDateTime.parse(undated.headers("Date").getFirst(), DateTimeFormatter.RFC_1123_DATE_TIME))
                    .isCloseTo(ZonedDateTime.now(), org.assertj.core.api.Assertions.within(Duration.ofSeconds(5)));
            assertThat(refused.headers("Date")).hasSize(1);
        }
    }

    // ── D4: what untrusted clients claim
    // ─────────────────────────────────────────────────────────────────────────────

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=6.6.6.6",
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-Proto: https-evil",
                "X-Forwarded-Host: evil",
                "X-Forwarded-Port: evil",
                "X-Forwarded-Prefix: /evil",
                "X-Forwarded-Server: evil",
                "X-Forwarded-Ssl: evil",
                "X-Forwarded-Scheme: evil",
                "X-Real-IP: 6.6.6.6",
                "X-Original-URL: /evil",
                "X-Rewrite-URL: /evil",
                "X-HTTP-Method-Override: EVIL",
                "X-HTTP-Method: EVIL",
                "X-Method-Override: EVIL",
                "Gatehouse-Error: EVIL",
                "X-Request-Id: evil"
            })
    void D4_a_claim_of_an_untrusted_client_does_not_reach_the_service_in_any_spelling(String claim) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            String impostor = claim.replace('-', '_');
            RawClient.ask(
                    gateway.port(),
                    "GET / HTTP/1.1\r\nHost: a\r\n" + claim + "\r\n" + claim.toUpperCase() + "\r\n" + impostor
                            + "\r\n\r\n");

            String received = service.awaitRequest().head();
            assertThat(received).doesNotContainIgnoringCase("evil").doesNotContain("6.6.6.6");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: outside.example",
                "X-Forwarded-Port: 443",
                "X-Forwarded-Prefix: /shop",
                "X-Original-URL: /before",
                "X-HTTP-Method-Override: PATCH",
                "Forwarded: for=192.0.2.7;proto=https"
            })
    void D4_a_claim_of_a_trusted_proxy_goes_through_once(String claim) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).trust("127.0.0.0/8").start()) {
            String impostor = claim.replace('-', '_').replace(": ", ": evil");
            RawClient.ask(
                    gateway.port(),
                    "GET / HTTP/1.1\r\nHost: a\r\n" + claim + "\r\n" + (claim.contains("-") ? impostor + "\r\n" : "")
                            + "\r\n");

            RecordedRequest received = service.awaitRequest();
            String name = claim.substring(0, claim.indexOf(':'));
            assertThat(received.headers(name)).containsExactly(claim.substring(name.length() + 2));
            assertThat(received.head()).doesNotContain("evil");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content_Length: 0",
                "Transfer_Encoding: chunked",
                "Host_: x",
                "Connection_: x",
                "Proxy_Authorization: x",
                "Keep_Alive: x"
            })
    void a_field_spelt_with_an_underscore_does_not_pass_for_one_the_gateway_knows(String impostor) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n" + impostor + "\r\n\r\nhello");

            assertThat(answer.status()).isEqualTo(200);
            RecordedRequest received = service.awaitRequest();
            assertThat(received.text()).isEqualTo("hello");
            if (!impostor.contains("_:")) {
                assertThat(received.head()).doesNotContain(impostor);
            }
        }
    }

    // ── D5: the client's address
    // ─────────────────────────────────────────────────────────────────────────────────────

    /// Tells the service whom the gateway takes for the client.
    private static final Policy TELLS_CLIENT = new Policy() {
        @Override
        public Decision onRequest(Exchange exchange) {
            exchange.setRequestHeader(
                    HeaderName.of("Seen"), exchange.request().clientAddress().getHostAddress());
            return Decision.CONTINUE;
        }
    };

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1                         | 127.0.0.1",
                "192.0.2.7                         | 192.0.2.7",
                "6.6.6.6, 192.0.2.7                | 192.0.2.7",
                "127.0.0.1, 192.0.2.7              | 192.0.2.7",
                "6.6.6.6, 192.0.2.7, 10.1.2.3      | 192.0.2.7",
                "192.0.2.7:4711                    | 192.0.2.7",
                "2001:db8::7                       | 2001:db8:0:0:0:0:0:7",
                "[2001:db8::7]:4711                | 2001:db8:0:0:0:0:0:7",
                "::ffff:192.0.2.7                  | 192.0.2.7",
                "garbage                           | 127.0.0.1",
                "6.6.6.6, garbage                  | 127.0.0.1",
                "6.6.6.6, unknown, 10.1.2.3        | 10.1.2.3",
                "6.6.6.6,,192.0.2.7                | 192.0.2.7",
                "192.0.2.7, fe80::1%eth0           | 127.0.0.1",
                "192.0.2.999                       | 127.0.0.1",
                "0300.0.0.1                        | 127.0.0.1"
            })
    void D5_the_client_is_the_right_most_address_that_is_no_trusted_proxy(String claimed, String client) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .trust("127.0.0.1", "10.0.0.0/8")
                        .policy(TELLS_CLIENT)
                        .start()) {
            RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + claimed + "\r\n\r\n");

            assertThat(service.awaitRequest().header("Seen")).isEqualTo(client);
            assertThat(service.awaitRequest().headers("X-Forwarded-For")).containsExactly(claimed + ", 127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "192.0.2.7", "10.1.2.3", "::1", "garbage"})
    void D5_an_untrusted_client_is_taken_for_nobody_else(String claimed) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .trust("10.0.0.0/8")
                        .policy(TELLS_CLIENT)
                        .start()) {
            RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + claimed + "\r\n\r\n");

            assertThat(service.awaitRequest().header("Seen")).isEqualTo("127.0.0.1");
            assertThat(service.awaitRequest().headers("X-Forwarded-For")).containsExactly("127.0.0.1");
        }
    }

    @Test
    void D5_a_chain_over_several_lines_and_50_entries_is_one_chain() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .trust("127.0.0.1")
                        .policy(TELLS_CLIENT)
                        .start()) {
            String fifty = "6.6.6.6, ".repeat(49) + "192.0.2.7";
            RawClient.ask(
                    gateway.port(),
                    "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: " + fifty
                            + "\r\nX-Forwarded-For: 192.0.2.8\r\n\r\n");

            assertThat(service.awaitRequest().header("Seen")).isEqualTo("192.0.2.8");
            assertThat(service.awaitRequest().headers("X-Forwarded-For"))
                    .containsExactly(fifty + ", 192.0.2.8, 127.0.0.1");
        }
    }

    // ── the request's id and its trace
    // ───────────────────────────────────────────────────────────────────────────────

    @Test
    void every_request_gets_an_id_of_its_own_which_service_and_client_are_told() {
        try (var service =
                        FakeService.handling(request -> Answer.of(200, "ok").header("X-Request-Id", "the service's"));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("GET /1 HTTP/1.1\r\nHost: a\r\nX-Request-Id: client-made\r\n\r\n");
            RawAnswer first = client.readAnswer();
            client.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
            RawAnswer second = client.readAnswer();

            var received = service.awaitRequests(2);
            assertThat(first.headers("X-Request-Id")).hasSize(1);
            assertThat(first.header("X-Request-Id")).matches(UUID_7);
            assertThat(second.header("X-Request-Id")).matches(UUID_7).isNotEqualTo(first.header("X-Request-Id"));
            assertThat(received.get(0).headers("X-Request-Id")).isEqualTo(first.headers("X-Request-Id"));
            assertThat(received.get(1).headers("X-Request-Id")).isEqualTo(second.headers("X-Request-Id"));
            long made =
                    Long.parseLong(first.header("X-Request-Id").replace("-", "").substring(0, 12), 16);
            assertThat(made).isBetween(System.currentTimeMillis() - 10_000, System.currentTimeMillis() + 1000);
        }
    }

    @ParameterizedTest(name = "{0} is kept: {1}")
    @CsvSource({
        "abc-DEF_1.2:3/4+5=6@7, true",
        "'has space', false",
        "'\"quoted\"', false",
        "'a,b', false",
        "'<script>', false",
        "'', false"
    })
    void a_trusted_proxys_id_is_kept_when_it_is_fit_for_a_log(String id, boolean kept) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).trust("127.0.0.1").start()) {
            RawAnswer answer =
                    RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + id + "\r\n\r\n");

            String expected = kept ? id : answer.header("X-Request-Id");
            assertThat(answer.headers("X-Request-Id")).containsExactly(expected);
            assertThat(service.awaitRequest().headers("X-Request-Id")).containsExactly(expected);
            if (!kept) {
                assertThat(expected).matches(UUID_7);
            }
        }
    }

    @ParameterizedTest(name = "{0} characters are kept: {1}")
    @CsvSource({"128, true", "129, false"})
    void a_trusted_proxys_id_may_have_128_characters(int length, boolean kept) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).trust("127.0.0.1").start()) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + "i".repeat(length) + "\r\n\r\n");

            assertThat(answer.header("X-Request-Id").equals("i".repeat(length))).isEqualTo(kept);
        }
    }

    @Test
    void a_clients_trace_goes_on_and_without_one_a_new_trace_is_started() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawClient.ask(
                    gateway.port(),
                    "GET / HTTP/1.1\r\nHost: a\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n"
                            + "tracestate: vendor=1\r\n\r\n");
            RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            var received = service.awaitRequests(2);
            assertThat(received.get(0).headers("traceparent"))
                    .containsExactly("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            assertThat(received.get(0).headers("tracestate")).containsExactly("vendor=1");
            assertThat(received.get(1).headers("traceparent")).hasSize(1);
            assertThat(received.get(1).header("traceparent")).matches(TRACEPARENT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "garbage"
            })
    void a_broken_trace_context_is_replaced_and_its_state_dropped(String broken) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawClient.ask(
                    gateway.port(),
                    "GET / HTTP/1.1\r\nHost: a\r\ntraceparent: " + broken + "\r\ntracestate: vendor=1\r\n\r\n");

            RecordedRequest received = service.awaitRequest();
            assertThat(received.headers("traceparent")).hasSize(1);
            assertThat(received.header("traceparent")).matches(TRACEPARENT);
            assertThat(received.header("tracestate")).isNull();
        }
    }
}
