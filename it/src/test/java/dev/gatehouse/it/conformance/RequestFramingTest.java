package dev.gatehouse.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.HeaderField;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedConnection;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.Script;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests whose framing two parsers could read differently: refused with the connection closed, and not a byte of
/// them reaches the service. The ids are those of the list of hard cases, section A; sections are of RFC 9112
/// unless they say.
@LeavesNothingBehind
class RequestFramingTest {
    /// Sent behind every bad request: must never be taken for a request of its own.
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    // ── refused before the service hears of it
    // ───────────────────────────────────────────────────────────────────────

    static final List<Arguments> REFUSED = List.of(
            post(
                    "A1 §6.3 Content-Length, then Transfer-Encoding",
                    400,
                    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                    "0\r\n\r\n"),
            post(
                    "A1 §6.3 Transfer-Encoding, then Content-Length",
                    400,
                    "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                    "0\r\n\r\n"),
            post("A2 §6.3 two differing Content-Length", 400, "Content-Length: 5\r\nContent-Length: 6\r\n", "hello!"),
            post("A2 §6.3 two equal Content-Length", 400, "Content-Length: 5\r\nContent-Length: 5\r\n", "hello"),
            post("A2 §6.3 Content-Length: 5, 6", 400, "Content-Length: 5, 6\r\n", "hello!"),
            post("A2 §6.3 Content-Length: 5, 5", 400, "Content-Length: 5, 5\r\n", "hello"),
            post("A2 §6.2 Content-Length: +5", 400, "Content-Length: +5\r\n", "hello"),
            post("A2 §6.2 Content-Length: -5", 400, "Content-Length: -5\r\n", "hello"),
            post("A2 §6.2 Content-Length: 0x5", 400, "Content-Length: 0x5\r\n", "hello"),
            post("A2 §6.2 Content-Length: 5 5", 400, "Content-Length: 5 5\r\n", "hello"),
            post("A2 §6.2 Content-Length: 5.0", 400, "Content-Length: 5.0\r\n", "hello"),
            post("A2 §6.2 Content-Length without a value", 400, "Content-Length:\r\n", "hello"),
            post("A2 §6.2 Content-Length of 20 digits", 400, "Content-Length: 18446744073709551621\r\n", "hello"),
            post(
                    "A4 §5.1 space before the colon of Transfer-Encoding",
                    400,
                    "Transfer-Encoding : chunked\r\n",
                    "0\r\n\r\n"),
            post(
                    "A4 §5.1 tab before the colon of Transfer-Encoding",
                    400,
                    "Transfer-Encoding\t: chunked\r\n",
                    "0\r\n\r\n"),
            post("A4 §5.1 space before the colon of Content-Length", 400, "Content-Length : 5\r\n", "hello"),
            post(
                    "A5 §6.1 Transfer-Encoding twice",
                    400,
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                    "0\r\n\r\n"),
            post(
                    "A5 §6.1 Transfer-Encoding: chunked, chunked",
                    400,
                    "Transfer-Encoding: chunked, chunked\r\n",
                    "0\r\n\r\n"),
            post("A5 §6.1 chunked is not the last coding", 400, "Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"),
            post("A5 §6.1 Transfer-Encoding: identity", 400, "Transfer-Encoding: identity\r\n", "hello"),
            post("A5 §6.1 Transfer-Encoding: xchunked", 400, "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
            post("A5 §6.1 Transfer-Encoding: \"chunked\"", 400, "Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n"),
            post("A5 §6.1 Transfer-Encoding: chunked;q=1", 400, "Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n"),
            post("A5 §6.1 vertical tab before chunked", 400, "Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n"),
            post("A5 §6.1 no-break space before chunked", 400, "Transfer-Encoding: \u00a0chunked\r\n", "0\r\n\r\n"),
            post("A5 §6.1 Transfer-Encoding without a value", 400, "Transfer-Encoding:\r\n", "0\r\n\r\n"),
            post(
                    "A5 §6.1 a coding we do not know, then chunked",
                    501,
                    "Transfer-Encoding: gzip, chunked\r\n",
                    "0\r\n\r\n"),
            raw(
                    "A6 §6.1 Transfer-Encoding in HTTP/1.0",
                    400,
                    "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            get("A7 §5.2 folded with a space", 400, "X-A: one\r\n two\r\n"),
            get("A7 §5.2 folded with a tab", 400, "X-A: one\r\n\ttwo\r\n"),
            get("A7 §5.2 folded after a bare LF", 400, "X-A: one\n two\r\n"),
            get("A7 §5.2 folded Transfer-Encoding", 400, "Transfer-Encoding:\r\n chunked\r\n"),
            raw("A7 §2.2 white space before the first field", 400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
            raw("A8 §2.2 bare LF behind the request line", 400, "GET / HTTP/1.1\nHost: a\r\n\r\n"),
            raw("A8 §2.2 bare LF behind a field", 400, "GET / HTTP/1.1\r\nHost: a\nX-A: b\r\n\r\n"),
            raw("A8 §2.2 bare LF as the empty line", 400, "GET / HTTP/1.1\r\nHost: a\r\n\n"),
            raw("A8 §2.2 only bare LF", 400, "GET / HTTP/1.1\nHost: a\n\n"),
            get("A8 §2.2 bare CR in a value", 400, "X-A: one\rTransfer-Encoding: chunked\r\n"),
            get("A8 §2.2 CR CR LF", 400, "X-A: one\r\r\n"),
            raw("A8 §2.2 bare CR in the request line", 400, "GET /\rX HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw("A8 §2.2 bare CR before the request line", 400, "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw("A8 §2.2 two empty lines before the request line", 400, "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            get("A9 §5.1 empty field name", 400, ": b\r\n"),
            get("A9 §5.1 no colon", 400, "X-A\r\n"),
            get("A9 §5.1 space in a field name", 400, "X A: b\r\n"),
            get("A9 §5.1 raw 0x80 in a field name", 400, "X-\u0080: b\r\n"),
            get("A9 §5.1 a slash in a field name", 400, "X/A: b\r\n"),
            raw("A14 §3.2 two Host", 400, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
            raw("A14 §3.2 no Host", 400, "GET / HTTP/1.1\r\n\r\n"),
            raw("A14 §3.2 empty Host", 400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),
            raw("A14 §3.2 Host: a@b", 400, "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"),
            raw("A14 §3.2 Host: a b", 400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),
            raw("A14 §3.2 Host: a:99999", 400, "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n"),
            raw("A14 §3.2 Host: a:", 400, "GET / HTTP/1.1\r\nHost: a:\r\n\r\n"),
            raw("A14 §3.2 Host: a:80x", 400, "GET / HTTP/1.1\r\nHost: a:80x\r\n\r\n"),
            raw("A14 §3.2 Host: a/b", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
            raw("A14 §3.2 Host: a, b", 400, "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
            raw("A14 §3.2 Host: %61", 400, "GET / HTTP/1.1\r\nHost: %61\r\n\r\n"),
            raw("A14 §3.2 Host: [::1", 400, "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
            raw(
                    "A14 §3.2 a bad Host beside a good absolute target",
                    400,
                    "GET http://b/ HTTP/1.1\r\nHost: a@b\r\n\r\n"),
            raw(
                    "A14 §3.2.2 user information in an absolute target",
                    400,
                    "GET http://a@b/ HTTP/1.1\r\nHost: b\r\n\r\n"),
            raw("A14 §3.2.2 an absolute target without a host", 400, "GET http:///x HTTP/1.1\r\nHost: b\r\n\r\n"),
            target("A17 a fragment", "/a#b"),
            target("A17 a fragment behind the query", "/a?b#c"),
            target("A17 %00 in the path", "/a%00b"),
            target("A17 %00 in the query", "/a?b=%00"),
            target("A17 a backslash", "/a\\b"),
            target("A17 a backslash in the query", "/a?b\\c"),
            target("A17 raw 0x80", "/a\u0080"),
            target("A17 raw 0x80 in the query", "/a?b=\u0080"),
            target("A17 raw 0xff", "/\u00ff"),
            target("A17 a space", "/a b"),
            target("A17 a space in the query", "/a?b c"),
            target("A17 a tab", "/a\tb"),
            target("A17 DEL", "/a\u007f"),
            target("A17 no slash in front", "a"),
            target("A17 a star with GET", "*"),
            target("A17 another scheme", "ftp://a/b"),
            target("A17 authority form with GET", "a:80"),
            raw("§3 no target", 400, "GET HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw("§3 two spaces before the target", 400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw("§3 two spaces behind the target", 400, "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw("§3 a tab behind the method", 400, "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw("§3 a space in front", 400, " GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw("§3 a space behind the version", 400, "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
            raw("§2.3 http/1.1", 400, "GET / http/1.1\r\nHost: a\r\n\r\n"),
            raw("§2.3 HTTP/1.10", 400, "GET / HTTP/1.10\r\nHost: a\r\n\r\n"),
            raw("§2.3 HTTP/11", 400, "GET / HTTP/11\r\nHost: a\r\n\r\n"),
            raw("§2.3 HTTP/1.2", 505, "GET / HTTP/1.2\r\nHost: a\r\n\r\n"),
            raw("§2.3 HTTP/2.0", 505, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
            raw("§2.3 HTTP/0.9 has no version", 400, "GET /\r\n"),
            raw("a TLS hello", 400, "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003"),
            get("A18 RFC 9110 §10.1.1 an expectation we do not know", 417, "Expect: 200-ok\r\n"),
            get(
                    "RFC 9110 §7.6.1 more Connection options than anybody has",
                    400,
                    "Connection: a" + ", b".repeat(40) + "\r\n"),
            raw("A26 RFC 9110 §9.3.6 CONNECT", 405, "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n"),
            raw("A26 RFC 9110 §9.3.8 TRACE", 405, "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw("A26 RFC 9113 §3.4 the preface of HTTP/2", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
            raw("A26 RFC 9110 §9.1 a method of 33 bytes", 501, "A".repeat(33) + " / HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw(
                    "A26 a method of 33 bytes behind an empty line",
                    501,
                    "\r\n" + "A".repeat(33) + " / HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw("A26 RFC 9110 §9.1 a method of 64 KiB", 501, "A".repeat(65536) + " / HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw("A26 a method with a character that is not a token's", 400, "G(T / HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw("A26 the same behind an empty line", 400, "\r\n(GET / HTTP/1.1\r\nHost: a\r\n\r\n"));

    @ParameterizedTest(name = "{0}: {1}")
    @FieldSource("REFUSED")
    void is_refused_and_the_connection_closed_and_nothing_reaches_the_service(
            String which, int status, String request) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send(request + SMUGGLED);

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).as("%s", answer).isEqualTo(status);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.header("Gatehouse-Error")).isNotNull();
            RawClient.Rest rest = client.readToEnd();
            assertThat(rest.text()).isEmpty();
            assertThat(rest.ending()).isEqualTo(RawAnswer.Ending.END);
            assertThat(service.connectionCount()).isZero();
        }
    }

    static IntStream A9_control_characters() {
        return IntStream.concat(IntStream.range(0, 0x20), IntStream.of(0x7f)).filter(c -> c != '\t');
    }

    @ParameterizedTest(name = "0x{0}")
    @MethodSource("A9_control_characters")
    void A9_RFC_9110_5_5_a_control_character_in_a_value_or_a_name_is_refused(int character) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawAnswer inValue = RawClient.ask(
                    gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nX-A: b" + (char) character + "c\r\n\r\n");
            RawAnswer inName = RawClient.ask(
                    gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nX-" + (char) character + "A: b\r\n\r\n");

            assertThat(inValue.status()).isEqualTo(400);
            assertThat(inName.status()).isEqualTo(400);
            assertThat(service.connectionCount()).isZero();
        }
    }

    @Test
    void a_refusal_is_the_same_when_the_request_comes_byte_by_byte() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.sendSlowly(
                    "\r\nPOST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
                    1,
                    Duration.ofMillis(1));

            assertThat(client.readAnswer().status()).isEqualTo(400);
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            assertThat(service.connectionCount()).isZero();
        }
    }

    @Test
    void A26_405_says_which_methods_are_served() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer.header("Allow")).contains("GET", "POST").doesNotContain("TRACE");
        }
    }

    // ── accepted, and forwarded in one strict form
    // ───────────────────────────────────────────────────────────────────

    static final List<Arguments> ACCEPTED = List.of(
            raw("§2.2 one empty line before the request line", 200, "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
            post("§7 a coding in other letters", 200, "tRANSFER-eNCODING: cHunked\r\n", "5\r\nhello\r\n0\r\n\r\n"),
            post(
                    "§7.1 leading zeros in a chunk's size",
                    200,
                    "Transfer-Encoding: chunked\r\n",
                    "0005\r\nhello\r\n000\r\n\r\n"),
            post(
                    "§7.1.1 a chunk extension",
                    200,
                    "Transfer-Encoding: chunked\r\n",
                    "5;a=b;c=\"d e\"\r\nhello\r\n0;x\r\n\r\n"),
            post("§5.1 white space around Content-Length", 200, "Content-Length: \t 5 \t\r\n", "hello"),
            post("§6.2 leading zeros in Content-Length", 200, "Content-Length: 0005\r\n", "hello"),
            get("§5.1 no space behind the colon", 200, "X-A:b\r\n"),
            get("§5.5 an empty value", 200, "X-A:\r\n"),
            get("RFC 9110 §5.5 a tab in a value", 200, "X-A: b\tc\r\n"),
            get("RFC 9110 §5.5 octets above 0x7f in a value", 200, "X-A: \u00e4\u00ff\r\n"),
            raw("§3.2 an IPv6 address as Host", 200, "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"),
            raw("§3.2.4 asterisk form", 200, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
            raw("A14 §3.2 HTTP/1.0 needs no Host", 200, "GET / HTTP/1.0\r\n\r\n"));

    @ParameterizedTest(name = "{0}")
    @FieldSource("ACCEPTED")
    void is_accepted_and_what_the_service_gets_is_strictly_formed(String which, int status, String request) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), request);

            assertThat(answer.status()).as("%s", answer).isEqualTo(status);
            RecordedRequest received = service.awaitRequest();
            assertThat(received.version()).isEqualTo("HTTP/1.1");
            assertThat(received.headers("Host")).hasSize(1);
            assertThat(service.connections())
                    .allSatisfy(c -> assertThat(c.malformed()).isNull());
            if (request.startsWith("POST")) {
                assertThat(received.text()).isEqualTo("hello");
            }
        }
    }

    @Test
    void a_bodys_framing_is_passed_on_as_it_came() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST /sized HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(client.readAnswer().status()).isEqualTo(200);
            client.send(
                    "POST /chunked HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(200);
            client.send("POST /empty HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(200);

            List<RecordedRequest> received = service.awaitRequests(3);
            assertThat(received.get(0).headers("Content-Length")).containsExactly("5");
            assertThat(received.get(0).headers("Transfer-Encoding")).isEmpty();
            assertThat(received.get(1).headers("Content-Length")).isEmpty();
            assertThat(received.get(1).headers("Transfer-Encoding")).containsExactly("chunked");
            assertThat(received.get(2).headers("Content-Length")).containsExactly("0");
            assertThat(received).extracting(RecordedRequest::text).containsExactly("hello", "hello", "");
        }
    }

    @Test
    void section_7_1_2_trailers_are_passed_on_but_none_that_frames_or_identifies() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawClient.ask(
                    gateway.port(),
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n5\r\nhello\r\n"
                            + "0\r\nX-Sum: 42\r\nContent-Length: 99\r\nHost: evil\r\nX-Forwarded-For: 6.6.6.6\r\n\r\n");

            assertThat(service.awaitRequest().trailers()).containsExactly(new HeaderField("X-Sum", "42"));
        }
    }

    // ── A12: chunked bodies that break
    // ───────────────────────────────────────────────────────────────────────────────

    static final List<Arguments> BROKEN_CHUNKS = List.of(
            arguments("data longer than its size", 400, "5\r\nhello!\r\n0\r\n\r\n"),
            arguments("no line end behind the data", 400, "5\r\nhello0\r\n\r\n"),
            arguments("bare LF behind the data", 400, "5\r\nhello\n0\r\n\r\n"),
            arguments("bare LF behind the size", 400, "5\nhello\r\n0\r\n\r\n"),
            arguments("not a digit", 400, "g\r\nhello\r\n0\r\n\r\n"),
            arguments("no size", 400, "\r\nhello\r\n0\r\n\r\n"),
            arguments("a negative size", 400, "-5\r\nhello\r\n0\r\n\r\n"),
            arguments("a size with a plus", 400, "+5\r\nhello\r\n0\r\n\r\n"),
            arguments("a size with 0x", 400, "0x5\r\nhello\r\n0\r\n\r\n"),
            arguments("space behind the size", 400, "5 \r\nhello\r\n0\r\n\r\n"),
            arguments("space before the size", 400, " 5\r\nhello\r\n0\r\n\r\n"),
            arguments("a size of 2^64 + 5", 400, "10000000000000005\r\nhello\r\n0\r\n\r\n"),
            arguments("a bare LF in an extension", 400, "5;a\nb\r\nhello\r\n0\r\n\r\n"),
            arguments("a bare CR in an extension", 400, "5;a\rb\r\nhello\r\n0\r\n\r\n"),
            arguments("NUL in an extension", 400, "5;\u0000\r\nhello\r\n0\r\n\r\n"),
            arguments("an extension of 2 KiB", 400, "5;" + "x".repeat(2048) + "\r\nhello\r\n0\r\n\r\n"),
            arguments("a trailer that is no field", 400, "5\r\nhello\r\n0\r\nno field\r\n\r\n"),
            arguments("a folded trailer", 400, "5\r\nhello\r\n0\r\nA: b\r\n c\r\n\r\n"),
            arguments("a bare LF in the trailers", 400, "5\r\nhello\r\n0\r\nA: b\n\r\n"),
            arguments("trailers of 9 KiB", 431, "5\r\nhello\r\n0\r\nA: " + "x".repeat(9216) + "\r\n\r\n"));

    @ParameterizedTest(name = "A12 §7.1 {0}: {1}")
    @FieldSource("BROKEN_CHUNKS")
    void A12_a_broken_chunk_is_refused_and_the_service_never_sees_a_whole_request(
            String which, int status, String body) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            service.awaitConnections(1);
            client.send(body + SMUGGLED);

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).as("%s", answer).isEqualTo(status);
            assertThat(client.readToEnd().text()).isEmpty();
            RecordedConnection connection = service.connections().getFirst();
            assertThat(connection.awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
            service.assertNoCompleteRequest();
            assertThat(connection.received()).doesNotContain("smuggled");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nhello"
            })
    void A12_section_8_a_body_that_ends_too_early_is_an_aborted_request_at_the_service(String request) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send(request);
            RecordedConnection connection = service.awaitConnections(1).getFirst();
            client.halfClose();

            assertThat(client.readToEnd().text()).doesNotStartWith("HTTP/1.1 2");
            assertThat(connection.awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
            service.assertNoCompleteRequest();
        }
    }

    // ── A15: absolute form
    // ───────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void A15_section_3_2_2_an_absolute_targets_host_is_the_one_that_is_forwarded() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(), "GET http://right.example:81/a?b=c HTTP/1.1\r\nHost: wrong.example\r\n\r\n");

            assertThat(answer.status()).isEqualTo(200);
            RecordedRequest received = service.awaitRequest();
            assertThat(received.target()).isEqualTo("/a?b=c");
            assertThat(received.headers("Host")).containsExactly("right.example:81");
            assertThat(received.header("X-Forwarded-Host")).isEqualTo("right.example:81");
            assertThat(service.connections().getFirst().received()).doesNotContain("wrong.example");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://right.example", "HTTP://right.example/", "https://right.example/./"})
    void A15_section_3_2_1_an_absolute_target_without_a_path_means_the_root(String target) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawClient.ask(gateway.port(), "GET " + target + " HTTP/1.1\r\nHost: wrong.example\r\n\r\n");

            assertThat(service.awaitRequest().target()).isEqualTo("/");
            assertThat(service.awaitRequest().headers("Host")).containsExactly("right.example");
        }
    }

    @Test
    void A15_an_absolute_target_without_a_path_keeps_its_query() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawClient.ask(gateway.port(), "GET http://right.example?a=b HTTP/1.1\r\nHost: wrong.example\r\n\r\n");

            assertThat(service.awaitRequest().target()).isEqualTo("/?a=b");
        }
    }

    // ── A18: expectations
    // ────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void A18_RFC_9110_10_1_1_the_100_of_the_service_is_relayed_before_the_body_is_sent() {
        try (var service = FakeService.script(
                        s -> s.awaitHead().sendContinue().awaitRequest().answer(Answer.of(201, "made")));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.readInterim().status()).isEqualTo(100);
            client.send("hello");

            assertThat(client.readAnswer().status()).isEqualTo(201);
            assertThat(service.awaitRequest().header("Expect")).isEqualTo("100-continue");
            assertThat(service.awaitRequest().text()).isEqualTo("hello");
        }
    }

    @Test
    void A18_a_417_of_the_service_is_relayed_and_a_body_never_sent_hangs_nobody() {
        try (var service = FakeService.script(
                        s -> s.awaitHead().answer(Answer.of(417, "no")).once());
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(417);
            assertThat(answer.text()).isEqualTo("no");
            // Nobody can know whether the body still comes, so nothing may follow it here.
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            assertThat(service.connections().getFirst().awaitEnding()).isNotEqualTo(RecordedConnection.Ending.OPEN);
            service.assertNoCompleteRequest();
        }
    }

    @Test
    void A18_a_client_that_does_not_wait_for_100_is_served() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello");

            assertThat(client.readAnswer().status()).isEqualTo(200);
            assertThat(service.awaitRequest().text()).isEqualTo("hello");
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(200);
        }
    }

    @Test
    void A18_a_service_that_never_says_100_is_a_504() {
        try (var service = FakeService.script(s -> s.awaitHead().silence());
                var gateway = TestGateway.to(service)
                        .timeouts(new TimeoutConfig(ms(1000), ms(200), ms(5000), ms(5000)))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");

            assertThat(client.readAnswer().status()).isEqualTo(504);
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            service.assertNoCompleteRequest();
        }
    }

    @Test
    void A18_a_body_that_does_not_follow_the_100_is_a_408() {
        try (var service = FakeService.script(s -> s.awaitHead().sendContinue().awaitRequest());
                var gateway =
                        TestGateway.to(service).limits(bodyRate(1024, ms(300))).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.readInterim().status()).isEqualTo(100);

            assertThat(client.readAnswer().status()).isEqualTo(408);
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            service.assertNoCompleteRequest();
        }
    }

    @Test
    void A18_RFC_9110_10_1_1_an_HTTP_1_0_client_cannot_expect() {
        try (var service = FakeService.script(
                        s -> s.awaitHead().sendContinue().awaitRequest().answer(Answer.of(200, "ok")));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.0\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello");

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.interim()).isEmpty();
            assertThat(service.awaitRequest().header("Expect")).isNull();
        }
    }

    // ── A21: answered before the request was whole
    // ───────────────────────────────────────────────────────────────────

    static final int TEN_MB = 10_000_000;

    @Test
    void A21_section_9_6_a_413_reaches_a_client_that_still_sends_10_MB() throws Exception {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .limits(LimitsConfig.DEFAULT.withBody(1_000_000))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + TEN_MB + "\r\n\r\n");
            var sent = client.sendBigInBackground(TEN_MB);

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).contains("BODY_TOO_LARGE", "1000000");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            client.close();
            sent.get(5, TimeUnit.SECONDS);
            assertThat(service.connectionCount()).isZero();
        }
    }

    @Test
    void A21_a_413_in_the_middle_of_a_chunked_body_reaches_the_client_and_aborts_the_request_at_the_service()
            throws Exception {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .limits(LimitsConfig.DEFAULT.withBody(1_000_000))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(TEN_MB)
                    + "\r\n");
            var sent = client.sendBigInBackground(TEN_MB);

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            client.close();
            sent.get(5, TimeUnit.SECONDS);
            assertThat(service.awaitConnections(1).getFirst().awaitEnding())
                    .isNotEqualTo(RecordedConnection.Ending.OPEN);
            service.assertNoCompleteRequest();
        }
    }

    @Test
    void A21_a_body_of_exactly_the_limit_passes() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service)
                        .limits(LimitsConfig.DEFAULT.withBody(5))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(client.readAnswer().status()).isEqualTo(200);
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(200);
            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nhello!\r\n0\r\n\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(413);
        }
    }

    /// Stands for authentication, which is a later part.
    private static final Policy ONLY_PUBLIC = new Policy() {
        @Override
        public Decision onRequest(Exchange exchange) {
            return exchange.request().path().equals("/public")
                    ? Decision.CONTINUE
                    : new Decision.Reject(new Failure(FailureKind.METHOD_NOT_ALLOWED, "Not for you."));
        }
    };

    private static final Policy ANSWERS_ITSELF = new Policy() {
        @Override
        public Decision onRequest(Exchange exchange) {
            return new Decision.Respond(Response.of(200, Body.of("here you are")));
        }
    };

    @Test
    void A21_a_refusal_of_a_policy_reaches_a_client_that_still_sends_10_MB() throws Exception {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).policy(ONLY_PUBLIC).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST /private HTTP/1.1\r\nHost: a\r\nContent-Length: " + TEN_MB + "\r\n\r\n");
            var sent = client.sendBigInBackground(TEN_MB);

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            client.close();
            sent.get(5, TimeUnit.SECONDS);
            assertThat(service.connectionCount()).isZero();
        }
    }

    @ParameterizedTest(name = "A21 §9.6 {0}")
    @ValueSource(
            strings = {
                "Content-Length: 10000000",
                "Transfer-Encoding: chunked",
                "Content-Length: 5\r\nExpect: 100-continue",
            })
    void A21_section_9_6_a_200_of_a_policy_that_leaves_the_request_unread_says_that_the_connection_closes(
            String framing) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).policy(ANSWERS_ITSELF).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n");

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
        }
    }

    @ParameterizedTest(name = "A21 {0} octets of 10 are still to come")
    @ValueSource(ints = {10, 5, 0})
    void A21_a_200_of_a_policy_that_leaves_little_unread_keeps_the_connection(int rest) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).policy(ANSWERS_ITSELF).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n" + "x".repeat(10 - rest));
            RawAnswer first = client.readAnswer();
            client.send("x".repeat(rest) + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            RawAnswer second = client.readAnswer();

            assertThat(first.header("Connection")).isNull();
            assertThat(second.status()).isEqualTo(200);
        }
    }

    @Test
    void A21_a_service_that_answers_200_and_reads_on_gets_the_rest_and_the_connection_lives_on() {
        int more = 1_000_000;
        try (var service = FakeService.script(s -> s.awaitHead()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhe")
                        .awaitRequest()
                        .send("re")
                        .awaitRequest()
                        .answer(Answer.of(200, "next")));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + more + "\r\n\r\n");
            String head = client.readThrough("he");
            client.sendBig(more);
            client.readThrough("re");
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(head).doesNotContainIgnoringCase("Connection: close");
            assertThat(client.readAnswer().text()).isEqualTo("next");
        }
    }

    @Test
    void A21_a_small_rest_of_a_refused_request_is_read_and_the_next_request_on_the_connection_is_served() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).policy(ONLY_PUBLIC).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST /private HTTP/1.1\r\nHost: a\r\nContent-Length: 42\r\n\r\n");
            assertThat(client.readAnswer().status()).isEqualTo(405);
            client.send("GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n01234");
            client.send("GET /public HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.readAnswer().status()).isEqualTo(200);
            assertThat(service.requests()).extracting(RecordedRequest::target).containsExactly("/public");
        }
    }

    static final List<Arguments> SERVICES_THAT_ANSWER_EARLY = List.of(
            early(
                    "and reads on",
                    s -> s.awaitHead().answer(Answer.of(401, "who are you?")).awaitRequest()),
            early(
                    "and closes",
                    s -> s.awaitHead().answer(Answer.of(401, "who are you?")).close()),
            early(
                    "and says that it closes",
                    s -> s.awaitHead().answer(Answer.of(401, "who are you?").header("Connection", "close"))),
            early(
                    "and stops reading",
                    s -> s.awaitHead()
                            .stopReading()
                            .answer(Answer.of(401, "who are you?"))
                            .silence()),
            early(
                    "and resets",
                    s -> s.awaitHead()
                            .answer(Answer.of(401, "who are you?"))
                            .pause(Duration.ofMillis(100))
                            .reset()));

    @ParameterizedTest(name = "A21 §9.6 a service that answers 401 early {0}")
    @FieldSource("SERVICES_THAT_ANSWER_EARLY")
    void A21_an_early_answer_of_the_service_reaches_a_client_that_still_sends_10_MB(
            String how, UnaryOperator<Script> script) throws Exception {
        try (var service = FakeService.script(script, s -> s.awaitRequest().answer(Answer.of(200, "second")));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + TEN_MB + "\r\n\r\n");
            // Half of it, so that the request is not whole even where the answer comes late.
            var sent = client.sendBigInBackground(TEN_MB / 2);

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).as("%s", answer).isEqualTo(401);
            assertThat(answer.text()).isEqualTo("who are you?");
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);
            client.close();
            sent.get(5, TimeUnit.SECONDS);
            RawAnswer next = RawClient.ask(gateway.port(), "GET /next HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(next.text()).isEqualTo("second");
            service.awaitRequests(1);
            assertThat(service.connections())
                    .allSatisfy(c -> assertThat(c.malformed()).isNull());
        }
    }

    // ── A22: pipelining
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    @Test
    void A22_section_9_3_2_a_hundred_pipelined_requests_are_answered_in_order() {
        try (var service = FakeService.handling(request -> Answer.of(200, request.target()));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                all.append(
                        i % 3 == 0
                                ? "POST /" + i + " HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nGET"
                                : "GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            client.send(all.toString());

            for (int i = 0; i < 100; i++) {
                assertThat(client.readAnswer().text()).isEqualTo("/" + i);
            }
            assertThat(service.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void A22_pipelined_requests_are_answered_in_order_up_to_the_invalid_one_and_then_closed() {
        try (var service = FakeService.handling(request -> Answer.of(200, request.target()));
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: a\r\n");
                all.append(i == 50 ? "Content-Length: 1\r\nContent-Length: 2\r\n\r\n" : "\r\n");
            }
            client.send(all.toString());

            for (int i = 0; i < 50; i++) {
                assertThat(client.readAnswer().text()).isEqualTo("/" + i);
            }
            assertThat(client.readAnswer().status()).isEqualTo(400);
            RawClient.Rest rest = client.readToEnd();
            assertThat(rest.text()).isEmpty();
            assertThat(rest.ending()).isEqualTo(RawAnswer.Ending.END);
            assertThat(service.requests()).hasSize(50);
        }
    }

    // ── A24, A26: what is not forwarded, and what is
    // ─────────────────────────────────────────────────────────────────

    @Test
    void A24_RFC_9113_3_1_an_upgrade_to_h2c_is_not_forwarded() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).upgrade("websocket").start()) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(),
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                            + "HTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n");

            assertThat(answer.status()).isEqualTo(200);
            RecordedRequest received = service.awaitRequest();
            assertThat(received.header("Upgrade")).isNull();
            assertThat(received.header("HTTP2-Settings")).isNull();
            assertThat(received.header("Connection")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "Get", "PATCH", "PROPFIND", "M-SEARCH", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEF"})
    void A26_RFC_9110_9_1_a_method_is_forwarded_in_its_own_letters(String method) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            RawAnswer answer = RawClient.ask(gateway.port(), method + " / HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(service.awaitRequest().method()).isEqualTo(method);
        }
    }

    // ── A27: limits, exactly at their edge (RFC 6585 §5, RFC 9110 §15.5.15)
    // ──────────────────────────────────────────

    @ParameterizedTest
    @ValueSource(ints = {8191, 8192, 8193})
    void A27_one_header_line_may_be_long(int size) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start()) {
            String value = "v".repeat(size - "X-Long: \r\n".length());
            RawAnswer answer =
                    RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nX-Long: " + value + "\r\n\r\n");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(service.awaitRequest().header("X-Long")).isEqualTo(value);
        }
    }

    @ParameterizedTest(name = "{0} bytes: {1}")
    @MethodSource("A27_heads")
    void A27_a_head_of_64_KiB_passes_and_one_byte_more_is_431(int size, int status) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            String start = "GET / HTTP/1.1\r\nHost: a\r\nX-Long: ";
            String head = start + "v".repeat(size - start.length() - 4) + "\r\n\r\n";
            client.send(head);

            assertThat(head).hasSize(size);
            assertThat(client.readAnswer().status()).isEqualTo(status);
            assertThat(service.connectionCount()).isEqualTo(status == 200 ? 1 : 0);
        }
    }

    static Stream<Arguments> A27_heads() {
        return Stream.of(arguments(65535, 200), arguments(65536, 200), arguments(65537, 431), arguments(1 << 20, 431));
    }

    @ParameterizedTest(name = "{0} headers: {1}")
    @MethodSource("A27_headers")
    void A27_a_hundred_headers_pass_and_one_more_is_431(int count, int status) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            StringBuilder head = new StringBuilder("GET / HTTP/1.1\r\nHost: a\r\n");
            for (int i = 1; i < count; i++) {
                head.append("A").append(i).append(":\r\n");
            }
            client.send(head.append("\r\n").toString());

            assertThat(client.readAnswer().status()).isEqualTo(status);
            assertThat(service.connectionCount()).isEqualTo(status == 200 ? 1 : 0);
        }
    }

    static Stream<Arguments> A27_headers() {
        return Stream.of(arguments(99, 200), arguments(100, 200), arguments(101, 431), arguments(10_000, 431));
    }

    @ParameterizedTest(name = "{0} bytes: {1}")
    @MethodSource("A27_request_lines")
    void A27_a_request_line_of_8_KiB_passes_and_one_byte_more_is_414(int size, int status) {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            String line = "GET /" + "p".repeat(size - "GET / HTTP/1.1".length()) + " HTTP/1.1";
            client.send(line + "\r\nHost: a\r\n\r\n");

            assertThat(line).hasSize(size);
            assertThat(client.readAnswer().status()).isEqualTo(status);
            assertThat(service.connectionCount()).isEqualTo(status == 200 ? 1 : 0);
        }
    }

    static Stream<Arguments> A27_request_lines() {
        return Stream.of(arguments(8191, 200), arguments(8192, 200), arguments(8193, 414), arguments(65536, 414));
    }

    @Test
    void A27_a_request_line_without_an_end_is_414_as_soon_as_it_is_too_long() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).start();
                var client = RawClient.connect(gateway.port())) {
            client.send("GET /" + "p".repeat(9000));

            assertThat(client.readAnswer().status()).isEqualTo(414);
            assertThat(service.connectionCount()).isZero();
        }
    }

    // ── the words of the tables
    // ──────────────────────────────────────────────────────────────────────────────────────

    private static Arguments raw(String which, int status, String request) {
        return arguments(which, status, request);
    }

    private static Arguments get(String which, int status, String fields) {
        return arguments(which, status, "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
    }

    private static Arguments post(String which, int status, String fields, String body) {
        return arguments(which, status, "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body);
    }

    private static Arguments target(String which, String target) {
        return arguments(which, 400, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    private static Arguments early(String how, UnaryOperator<Script> script) {
        return arguments(how, script);
    }

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    private static LimitsConfig bodyRate(int bytesPerSecond, Duration window) {
        LimitsConfig usual = LimitsConfig.DEFAULT;
        return new LimitsConfig(
                usual.head(),
                usual.requestLine(),
                usual.headers(),
                usual.body(),
                usual.connections(),
                usual.headTimeout(),
                usual.idleTimeout(),
                bytesPerSecond,
                window);
    }
}
