package dev.gatehouse.it.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/// Tokens to services, and two kinds of tokens on one route.
@LeavesNothingBehind
class TokenExamplesTest {
    private static final String SECRET = "change-me-change-me-change-me-32b";

    @Test
    void a_service_checks_who_calls_with_the_key_the_gateway_publishes() throws Exception {
        String example = Files.readString(Path.of(System.getProperty("gatehouse.root", ".."))
                .resolve("policies/src/main/resources/dev/gatehouse/policy/internaltoken/examples/orders.yaml"));
        try (var service = FakeService.start();
                var gateway = TestGateway.from(example.replace("127.0.0.1:8082", service.address()))) {
            RawAnswer answer = ask(gateway, "/orders/1", signed());

            assertThat(answer.status()).isEqualTo(200);
            String token = service.awaitRequest().headers("X-Internal-Token").getFirst();
            assertThat(service.awaitRequest().headers("X-Internal-Token")).hasSize(1);
            String jwks = RawClient.ask(
                            gateway.port(),
                            "GET /internal/jwks.json HTTP/1.1\r\nHost: a\r\n" + "Connection: close\r\n\r\n")
                    .text();
            JsonWebSignature check = new JsonWebSignature();
            check.setCompactSerialization(token);
            check.setKey(new JsonWebKeySet(jwks).getJsonWebKeys().getFirst().getKey());
            assertThat(check.verifySignature()).isTrue();
            assertThat(check.getPayload()).contains("\"sub\":\"u1\"", "\"aud\":\"orders\"");
        }
    }

    @Test
    void an_opaque_token_is_asked_about_where_signed_ones_are_verified() {
        try (var server = FakeService.handling(
                        request -> Answer.of(200, "{\"active\":true,\"sub\":\"u2\",\"roles\":[\"customer\"]}"));
                var service = FakeService.start();
                var gateway = TestGateway.from("""
                        services: { orders: { instances: [ "%s" ] } }
                        security:
                          authentication:
                            methods: [ jwt, oauth2 ]
                            jwt: { secret: %s, algorithms: [ HS256 ] }
                            oauth2: { introspection_url: "%s/introspect", client_id: gateway, client_secret: dev-only }
                        routes:
                          - { path: /orders/**, service: orders }
                        """.formatted(service.address(), SECRET, server.url()))) {
            assertThat(ask(gateway, "/orders/1", signed()).status()).isEqualTo(200);
            server.assertNothingReceived();
            assertThat(ask(gateway, "/orders/1", "opaque-1").status()).isEqualTo(200);
            assertThat(ask(gateway, "/orders/1", "opaque-1").status()).isEqualTo(200);

            assertThat(server.requestCount()).isEqualTo(1);
            assertThat(service.awaitRequests(3))
                    .extracting(request -> request.header("X-User-Id"))
                    .containsExactly("u1", "u2", "u2");
        }
    }

    private static String signed() {
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue("HS256");
        token.setPayload("{\"sub\":\"u1\",\"exp\":" + (Instant.now().getEpochSecond() + 300) + "}");
        token.setKey(new HmacKey(SECRET.getBytes(StandardCharsets.UTF_8)));
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    private static RawAnswer ask(TestGateway gateway, String path, String token) {
        return RawClient.ask(
                gateway.port(),
                "GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Internal-Token: forged\r\n"
                        + "Authorization: Bearer " + token + "\r\n\r\n");
    }
}
