package dev.gatehouse.it.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What would become another request, or two, when it is written as HTTP/1.1 (RFC 9113 §8.2, §8.3; CVE-2021-21295,
/// CVE-2021-21409): the stream is reset, no service hears of it, and the connection goes on.
@LeavesNothingBehind
class MalformedRequestTest {
    private static final int PROTOCOL_ERROR = 1;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void is_reset_and_reaches_no_service(String what, String[] fields) {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.headers(1, true, fields);
            assertThat(client.answer(1).reset()).isEqualTo(PROTOCOL_ERROR);
            service.assertNothingReceived();
            assertThat(client.get(3, "/good").answer(3).status()).isEqualTo(200);
        }
    }

    static Stream<Arguments> is_reset_and_reaches_no_service() {
        return Stream.of(
                arguments("transfer-encoding", with("transfer-encoding", "chunked")),
                arguments("connection", with("connection", "x-secret")),
                arguments("keep-alive", with("keep-alive", "timeout=5")),
                arguments("proxy-connection", with("proxy-connection", "close")),
                arguments("upgrade", with("upgrade", "websocket")),
                arguments("te that is not trailers", with("te", "gzip")),
                arguments("line end in a value", with("x-a", "b\r\nx-admin: 1")),
                arguments("LF in a value", with("x-a", "b\nx-admin: 1")),
                arguments("NUL in a value", with("x-a", "b\0c")),
                arguments("space before a value", with("x-a", " b")),
                arguments("line end in a name", with("x-a: b\r\nx-admin", "1")),
                arguments("colon in a name", with("x:a", "b")),
                arguments("space in a name", with("x a", "b")),
                arguments("empty name", with("", "b")),
                arguments("upper case in a name", with("X-Upper", "b")),
                arguments("content-length without a body", with("content-length", "5")),
                arguments("host that is another one", with("host", "other.example")),
                arguments("line end in the path", FrameClient.request("GET", "/ HTTP/1.1\r\nx-admin: 1\r\nx:")),
                arguments("space in the path", FrameClient.request("GET", "/a HTTP/1.1")),
                arguments("absolute path", FrameClient.request("GET", "http://other.example/")),
                arguments("path without a slash", FrameClient.request("GET", "admin")),
                arguments("empty path", FrameClient.request("GET", "")),
                arguments("asterisk of another method", FrameClient.request("GET", "*")),
                arguments("line end in the method", FrameClient.request("GET / HTTP/1.1\r\nx: y\r\n\r\nGET", "/")),
                arguments("space in the method", FrameClient.request("GET /admin", "/")),
                arguments("two paths", with(":path", "/admin")),
                arguments("two authorities", with(":authority", "other.example")),
                arguments("line end in the authority", fields(":method", "GET", ":scheme", "http", ":path", "/",
                        ":authority", "shop.example\r\nx-admin: 1")),
                arguments("another scheme", fields(":method", "GET", ":scheme", "ftp", ":path", "/",
                        ":authority", "shop.example")),
                arguments("pseudo-field behind a field", with("x-a", "b", ":path", "/admin")),
                arguments("protocol without CONNECT", with(":protocol", "websocket")),
                arguments("status", with(":status", "200")));
    }

    @Test
    void a_body_that_is_longer_than_its_length_is_reset() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.headers(1, false, FrameClient.request("POST", "/", "content-length", "3"));
            client.data(1, true, "12345");
            assertThat(client.answer(1).reset()).isEqualTo(PROTOCOL_ERROR);
            service.assertNoCompleteRequest();
            assertThat(client.get(3, "/good").answer(3).status()).isEqualTo(200);
        }
    }

    @Test
    void a_body_that_is_shorter_than_its_length_is_reset() {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service);
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.headers(1, false, FrameClient.request("POST", "/", "content-length", "8"));
            client.data(1, false, "123").data(1, true, "45");
            assertThat(client.answer(1).reset()).isEqualTo(PROTOCOL_ERROR);
            service.assertNoCompleteRequest();
        }
    }

    /// What HTTP/1.1 answers with a status is answered the same way.
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void is_answered_as_in_http_1(String what, int status, String[] fields) {
        try (FakeService service = FakeService.start();
                TestGateway gateway = H2c.to(service, "limits: { head: 2KiB, request_line: 512B, headers: 20 }");
                FrameClient client = FrameClient.connect(gateway.port())) {
            client.headers(1, true, fields);
            FrameClient.Answer answer = client.answer(1);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.reset()).isNull();
            service.assertNothingReceived();
            assertThat(client.get(3, "/good").answer(3).status()).isEqualTo(200);
        }
    }

    static Stream<Arguments> is_answered_as_in_http_1() {
        String[] many = new String[60];
        Arrays.setAll(many, i -> i % 2 == 0 ? "x-" + i : "v");
        return Stream.of(
                arguments("fragment in the path", 400, FrameClient.request("GET", "/a#b")),
                arguments("broken escape", 400, FrameClient.request("GET", "/%zz")),
                arguments("dot segments out of the root", 400, FrameClient.request("GET", "/../../etc")),
                arguments("user in the authority", 400, fields(":method", "GET", ":scheme", "http", ":path", "/",
                        ":authority", "me@shop.example")),
                arguments("no host", 400, fields(":method", "GET", ":scheme", "http", ":path", "/")),
                arguments("two hosts", 400, fields(":method", "GET", ":scheme", "http", ":path", "/",
                        "host", "a", "host", "b")),
                arguments("two lengths", 400, with("content-length", "0", "content-length", "0")),
                arguments("TRACE", 405, FrameClient.request("TRACE", "/")),
                arguments("CONNECT", 405, fields(":method", "CONNECT", ":authority", "shop.example:443")),
                arguments("long path", 414, FrameClient.request("GET", "/" + "a".repeat(600))),
                arguments("path longer than a head", 414, FrameClient.request("GET", "/" + "a".repeat(6000))),
                arguments("strange expectation", 417, with("expect", "cake")),
                arguments("large head", 431, with("x-a", "b".repeat(3000))),
                arguments("large head of small fields", 431, with("cookie", "c".repeat(1500), "cookie", "d".repeat(900))),
                arguments("many fields", 431, with(many)),
                arguments("long method", 501, FrameClient.request("M".repeat(40), "/")));
    }

    private static String[] with(String... more) {
        return FrameClient.request("GET", "/", more);
    }

    private static String[] fields(String... fields) {
        return fields;
    }
}
