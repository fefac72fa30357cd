package dev.gatehouse.it.grpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.it.grpc.GrpcPeers.Service;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// gRPC-Web as browsers send it, frames by hand, to a server of gRPC.
@LeavesNothingBehind
class GrpcWebTest {
    private static final String GET_LEVEL = "/shop.Stock/GetLevel";

    @Test
    void a_call_in_binary_comes_back_with_its_trailers_in_the_body() {
        try (var service = Service.echoing("shop.Stock", "GetLevel", "level of ");
                var gateway = gateway(service, "true")) {
            RawAnswer answer = ask(gateway, GET_LEVEL, "application/grpc-web+proto", message("a"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("content-type")).isEqualTo("application/grpc-web");
            assertThat(answer.trailer("grpc-status")).isNull();
            assertThat(new String(answer.body(), ISO_8859_1)).startsWith(message("level of a") + "\u0080");
            assertThat(trailers(answer.body(), message("level of a").length()))
                    .contains("grpc-status: 0\r\n", "x-trace: end of call\r\n");
        }
    }

    @Test
    void a_call_in_text_is_answered_in_text() {
        try (var service = Service.echoing("shop.Stock", "GetLevel", "level of ");
                var gateway = gateway(service, "true")) {
            // Each message with padding of its own, as browsers' libraries do.
            String body = base64(message("a")) + base64(message("bc"));
            RawAnswer answer = ask(gateway, GET_LEVEL, "application/grpc-web-text", body);
            assertThat(answer.header("content-type")).isEqualTo("application/grpc-web-text");
            String messages = message("level of a") + message("level of bc");
            byte[] decoded = decoded(answer.body());
            assertThat(new String(decoded, ISO_8859_1)).startsWith(messages + "\u0080");
            assertThat(trailers(decoded, messages.length())).contains("grpc-status: 0\r\n");
        }
    }

    @Test
    void a_message_of_a_stream_is_sent_before_the_next_one_is_there() {
        try (var service = Service.echoing("shop.Stock", "GetLevel", "");
                var gateway = gateway(service, "true");
                var client = RawClient.connect(gateway.port())) {
            client.send(head(GET_LEVEL, "application/grpc-web-text") + "Transfer-Encoding: chunked\r\n\r\n");
            for (String word : new String[] {"one", "two", "three"}) {
                String text = base64(message(word));
                client.send(Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
                // Groups of three octets come at once, and what is left of the message behind them, padded.
                client.readThrough(base64(message(word).substring(message(word).length() / 3 * 3)));
            }
            client.send("0\r\n\r\n");
            client.readThrough("0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc-web", "application/grpc-web-text"})
    void a_call_that_fails_has_its_status_in_the_body(String type) {
        try (var service = Service.echoing("shop.Stock", "GetLevel", "");
                var gateway = gateway(service, "true")) {
            boolean text = type.endsWith("text");
            RawAnswer ofService = ask(gateway, "/shop.Stock/Unknown", type, text ? base64(message("")) : message(""));
            assertThat(trailers(text ? decoded(ofService.body()) : ofService.body(), 0)).contains("grpc-status: 12\r\n");
            RawAnswer ofGateway = ask(gateway, "/no.Such/Method", type, text ? base64(message("")) : message(""));
            assertThat(ofGateway.status()).isEqualTo(200);
            assertThat(ofGateway.header("content-type")).isEqualTo(type);
            assertThat(trailers(text ? decoded(ofGateway.body()) : ofGateway.body(), 0))
                    .contains("grpc-status: 12\r\n", "grpc-message: NO_ROUTE: ");
        }
    }

    @Test
    void text_that_is_no_base64_is_the_clients_mistake() {
        try (var service = Service.echoing("shop.Stock", "GetLevel", "");
                var gateway = gateway(service, "true")) {
            RawAnswer answer = ask(gateway, GET_LEVEL, "application/grpc-web-text", "!!!!");
            assertThat(trailers(decoded(answer.body()), 0)).contains("grpc-status: 3\r\n", "BAD_REQUEST");
        }
    }

    @Test
    void a_route_may_do_without_it() {
        try (var service = Service.echoing("shop.Stock", "GetLevel", "");
                var gateway = gateway(service, "false")) {
            RawAnswer web = ask(gateway, GET_LEVEL, "application/grpc-web", message("a"));
            assertThat(trailers(web.body(), 0)).contains("grpc-status: 12\r\n", "UNSUPPORTED_MEDIA_TYPE");
            RawAnswer json = ask(gateway, GET_LEVEL, "application/json", "{}");
            assertThat(json.status()).isEqualTo(415);
        }
    }

    @Test
    void it_comes_over_http_2_as_well(@TempDir Path folder) throws Exception {
        var authority = TestAuthority.create();
        authority.certificate("localhost").hosts("localhost").forServers().issue().writeTo(folder, "door");
        try (var service = Service.echoing("shop.Stock", "GetLevel", "level of ");
                var gateway = TestGateway.from("""
                        listeners:
                          public:
                            port: 8443
                            protocols: [h2]
                            tls: { certificates: [ { cert: %s, key: %s } ] }
                        services: { stock: { protocol: grpc, instances: [ "127.0.0.1:%d" ] } }
                        routes: [ { grpc: shop.Stock/*, service: stock } ]
                        """.formatted(folder.resolve("door.crt"), folder.resolve("door.key"), service.port()));
                var client = HttpClient.newBuilder()
                        .sslContext(authority.clientContext())
                        .version(HttpClient.Version.HTTP_2)
                        .build()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://localhost:" + gateway.port() + GET_LEVEL))
                            .header("Content-Type", "application/grpc-web")
                            .POST(HttpRequest.BodyPublishers.ofByteArray(message("a").getBytes(ISO_8859_1)))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(trailers(answer.body(), message("level of a").length())).contains("grpc-status: 0\r\n");
        }
    }

    private static TestGateway gateway(Service service, String web) {
        return TestGateway.from("""
                services: { stock: { protocol: grpc, instances: [ "127.0.0.1:%d" ] } }
                routes: [ { grpc: { method: shop.Stock/*, web: %s }, service: stock } ]
                """.formatted(service.port(), web));
    }

    private static RawAnswer ask(TestGateway gateway, String path, String type, String body) {
        return RawClient.ask(
                gateway.port(), head(path, type) + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static String head(String path, String type) {
        return "POST " + path + " HTTP/1.1\r\nHost: shop.example\r\nContent-Type: " + type
                + "\r\nX-Grpc-Web: 1\r\n";
    }

    private static String message(String text) {
        return "\0\0\0\0" + (char) text.length() + text;
    }

    private static String base64(String octets) {
        return Base64.getEncoder().encodeToString(octets.getBytes(ISO_8859_1));
    }

    /// Text with padding anywhere, group by group.
    private static byte[] decoded(byte[] text) {
        ByteBuffer octets = ByteBuffer.allocate(text.length);
        for (int i = 0; i < text.length; i += 4) {
            octets.put(Base64.getDecoder().decode(new String(text, i, 4, ISO_8859_1)));
        }
        return Arrays.copyOf(octets.array(), octets.position());
    }

    private static String trailers(byte[] body, int from) {
        ByteBuffer frame = ByteBuffer.wrap(body, from, body.length - from);
        assertThat(frame.get()).isEqualTo((byte) 0x80);
        assertThat(frame.getInt()).isEqualTo(frame.remaining());
        return new String(body, from + 5, body.length - from - 5, ISO_8859_1);
    }
}
