package dev.gatehouse.it.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.HeaderField;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.http2.FrameConnection;
import dev.gatehouse.testkit.http2.ReceivedFrame;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that claim to be somebody in the very fields by which services are told who calls, in every spelling that
/// a service could read as the same, over HTTP/1.1 and HTTP/2.
@LeavesNothingBehind
class ForgedIdentityTest {
    private static final List<String> SPELLINGS = List.of(
            "x-user-id",
            "X-User-Id",
            "X-USER-ID",
            "X_User_Id",
            "x_user_id",
            "X-User_Id",
            "X_USER-ID",
            "X-User-Roles",
            "X_User_Roles",
            "X-Consumer",
            "x_consumer",
            "X-Tenant",
            "X_Tenant");

    @ParameterizedTest
    @ValueSource(strings = {"/known", "/open", "/unguarded"})
    void no_spelling_gets_through_over_http_1(String path) {
        try (var service = FakeService.start();
                var gateway = gateway(service)) {
            StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: a\r\n");
            for (String name : SPELLINGS) {
                request.append(name).append(": root\r\n").append(name).append(": root, admin\r\n");
            }
            request.append("Authorization: Bearer ")
                    .append(SignedToken.of("u1"))
                    .append("\r\n");

            RawAnswer answer =
                    RawClient.ask(gateway.port(), request.append("\r\n").toString());

            assertThat(answer.status()).isEqualTo(200);
            assertSaysNothingForged(service.awaitRequest(), path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/known", "/open", "/unguarded"})
    void no_spelling_gets_through_over_http_2(String path) throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var client = http2(gateway)) {
            List<String> fields = head(path);
            for (String name : SPELLINGS) {
                fields.addAll(List.of(name.toLowerCase(Locale.ROOT), "root"));
                fields.addAll(List.of(name.toLowerCase(Locale.ROOT), "root, admin"));
            }
            client.headers(1, true, fields.toArray(String[]::new));

            assertThat(status(client)).isEqualTo("200");
            assertSaysNothingForged(service.awaitRequest(), path);
        }
    }

    @Test
    void a_client_cannot_have_the_gateways_own_fields_left_out() {
        try (var service = FakeService.start();
                var gateway = gateway(service)) {
            // What Connection names is for this hop alone (RFC 9110 §7.6.1).
            RawAnswer answer = RawClient.ask(
                    gateway.port(),
                    "GET /known HTTP/1.1\r\nHost: a\r\nConnection: X-User-Id, X-User-Roles, X-Tenant\r\n"
                            + "X-User-Id: root\r\nAuthorization: Bearer " + token() + "\r\n\r\n");
            assertThat(answer.status()).isEqualTo(200);
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.headers("X-User-Id")).containsExactly("u1");
            assertThat(sent.headers("X-User-Roles")).containsExactly("customer");
            assertThat(sent.headers("X-Tenant")).containsExactly("t1");
        }
    }

    @Test
    void behind_a_body_comes_no_identity_either() {
        try (var service = FakeService.start();
                var gateway = gateway(service)) {
            RawAnswer answer = RawClient.ask(
                    gateway.port(),
                    "POST /known HTTP/1.1\r\nHost: a\r\nTrailer: X-User-Id\r\nTransfer-Encoding: chunked\r\n"
                            + "Authorization: Bearer " + token()
                            + "\r\n\r\n1\r\na\r\n0\r\nX-User-Id: root\r\nX_User_Roles: admin\r\nX-Sum: 1\r\n\r\n");
            assertThat(answer.status()).isEqualTo(200);
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.headers("X-User-Id")).containsExactly("u1");
            assertThat(sent.trailers().stream().map(HeaderField::name))
                    .allMatch(name -> name.equalsIgnoreCase("X-Sum"));
        }
    }

    @Test
    void behind_a_body_comes_no_identity_either_over_http_2() throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service);
                var client = http2(gateway)) {
            List<String> fields = head("/known");
            fields.set(1, "POST");
            client.headers(1, false, fields.toArray(String[]::new));
            client.data(1, false, new byte[] {'a'});
            client.headers(1, true, "x-user-id", "root", "x_user_roles", "admin", "x-sum", "1");
            assertThat(status(client)).isEqualTo("200");
            assertThat(service.awaitRequest().trailers().stream().map(HeaderField::name))
                    .allMatch(name -> name.equalsIgnoreCase("X-Sum"));
        }
    }

    @Test
    void names_that_are_none_are_refused() throws Exception {
        try (var service = FakeService.start();
                var gateway = gateway(service)) {
            for (String name : new String[] {"X-User-Id ", " X-User-Id", "X-User-Id\0", "X-User-Id\t"}) {
                RawAnswer answer =
                        RawClient.ask(gateway.port(), "GET /known HTTP/1.1\r\nHost: a\r\n" + name + ": root\r\n\r\n");
                assertThat(answer.status()).as(name).isEqualTo(400);
            }
            for (String name : new String[] {"X-User-Id", "x-user-id ", "x-user-id\r\n", ":x-user-id"}) {
                try (var client = http2(gateway)) {
                    List<String> fields = head("/known");
                    fields.addAll(List.of(name, "root"));
                    client.headers(1, true, fields.toArray(String[]::new));
                    ReceivedFrame frame = client.read();
                    while (frame.type() != ReceivedFrame.RST_STREAM
                            && frame.type() != ReceivedFrame.HEADERS
                            && frame.type() != ReceivedFrame.GOAWAY) {
                        frame = client.read();
                    }
                    boolean refused = frame.type() != ReceivedFrame.HEADERS
                            || frame.fields().toString().contains(":status=400");
                    assertThat(refused).as(name + " " + frame).isTrue();
                }
            }
            service.assertNothingReceived();
        }
    }

    // ── as it is written here

    private static void assertSaysNothingForged(RecordedRequest sent, String path) {
        List<String> left = sent.headers().stream()
                .filter(field -> field.value().contains("root"))
                .map(HeaderField::name)
                .toList();
        assertThat(left).isEmpty();
        if (path.equals("/known")) {
            assertThat(sent.headers("X-User-Id")).containsExactly("u1");
            assertThat(sent.headers("X-Consumer")).isEmpty();
        }
    }

    private static String token() {
        return SignedToken.saying("\"sub\":\"u1\",\"roles\":[\"customer\"],\"tenant\":\"t1\"");
    }

    private static List<String> head(String path) {
        return new ArrayList<>(List.of(
                ":method",
                "GET",
                ":path",
                path,
                ":scheme",
                "http",
                ":authority",
                "a",
                "authorization",
                "Bearer " + SignedToken.of("u1")));
    }

    private static FrameConnection http2(TestGateway gateway) throws IOException {
        return FrameConnection.client(new Socket("127.0.0.1", gateway.port()));
    }

    private static String status(FrameConnection client) throws IOException {
        return client.await(ReceivedFrame.HEADERS).fields().stream()
                .filter(field -> field.getKey().equals(":status"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static TestGateway gateway(FakeService service) {
        return TestGateway.from("""
                listeners: { public: { protocols: [ h2c, http/1.1 ] } }
                security:
                  identity_headers: { claims: { X-Tenant: tenant } }
                  authentication: { customer: { type: jwt, secret: "%s" } }
                services: { orders: { instances: [ "%s" ] } }
                routes:
                  - { path: /known, service: orders, auth: customer }
                  - { path: /open, service: orders, auth: none }
                  - { path: /unguarded, service: orders }
                """.formatted(SignedToken.SECRET, service.address()));
    }
}
