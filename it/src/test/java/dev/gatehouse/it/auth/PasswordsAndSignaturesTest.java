package dev.gatehouse.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/// Passwords and signed requests, on the wire.
@LeavesNothingBehind
class PasswordsAndSignaturesTest {
    private static final String SECRET = "a secret that is long enough for it";

    @Test
    void a_password_is_checked_beside_the_loops_and_guessing_has_an_end() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from("""
                    security:
                      authentication:
                        people:
                          type: basic
                          realm: back office
                          users: { alice: { password: "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW", roles: [ ops ] } }
                          attempts: { per_user: 3/min }
                    services: { office: { instances: [ "%s" ] } }
                    routes: [ { service: office, auth: people } ]
                    """.formatted(service.address()))) {
            RawAnswer missing = RawClient.ask(gateway.port(), "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            assertThat(missing.status()).isEqualTo(401);
            assertThat(missing.headers("WWW-Authenticate"))
                    .containsExactly("Basic realm=\"back office\", charset=\"UTF-8\"");

            assertThat(RawClient.ask(gateway.port(), basic("alice", "U*U")).status())
                    .isEqualTo(200);
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.headers("X-User-Id")).containsExactly("alice");
            assertThat(sent.headers("X-User-Roles")).containsExactly("ops");
            assertThat(sent.headers("Authorization")).isEmpty();

            for (String guess : new String[] {"a", "b"}) {
                assertThat(RawClient.ask(gateway.port(), basic("alice", guess)).status())
                        .isEqualTo(401);
            }
            RawAnswer limited = RawClient.ask(gateway.port(), basic("alice", "c"));
            assertThat(limited.status()).isEqualTo(429);
            assertThat(limited.headers("Retry-After")).hasSize(1);
            assertThat(RawClient.ask(gateway.port(), basic("alice", "U*U")).status())
                    .as("who is known stays so")
                    .isEqualTo(200);
        }
    }

    @Test
    void a_signed_body_reaches_the_service_once() {
        try (var service = FakeService.start();
                var gateway = TestGateway.from("""
                    security:
                      authentication:
                        robots: { type: hmac, keys: { k1: { secret: "%s", user: robot } } }
                    services: { orders: { instances: [ "%s" ] } }
                    routes: [ { service: orders, auth: robots } ]
                    """.formatted(SECRET, service.address()))) {
            String request = signed("{\"n\":1}", "{\"n\":1}");
            assertThat(RawClient.ask(gateway.port(), request).status()).isEqualTo(200);
            RecordedRequest sent = service.awaitRequest();
            assertThat(sent.headers("X-User-Id")).containsExactly("robot");
            assertThat(sent.headers("Signature")).isEmpty();
            assertThat(new String(sent.body(), UTF_8)).isEqualTo("{\"n\":1}");

            RawAnswer again = RawClient.ask(gateway.port(), request);
            assertThat(again.status()).isEqualTo(401);
            assertThat(again.text()).contains("INVALID_TOKEN", "used before");
            assertThat(again.headers("WWW-Authenticate")).containsExactly("Signature");

            RawAnswer changed = RawClient.ask(gateway.port(), signed("{\"n\":2}", "{\"n\":9}"));
            assertThat(changed.status()).isEqualTo(401);
            assertThat(changed.text()).contains("not the one that was signed");
            assertThat(service.requests()).hasSize(1);
        }
    }

    private static String basic(String user, String password) {
        String both = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
        return "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Basic " + both + "\r\n\r\n";
    }

    private static String signed(String digested, String body) {
        try {
            String digest = "sha-256=:"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(digested.getBytes(UTF_8)))
                    + ":";
            String own = "(\"@method\" \"@target-uri\" \"content-digest\");created="
                    + Instant.now().getEpochSecond() + ";keyid=\"k1\"";
            String base = "\"@method\": POST\n\"@target-uri\": http://shop.example/orders\n\"content-digest\": "
                    + digest + "\n\"@signature-params\": " + own;
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
            String signature = Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(UTF_8)));
            return "POST /orders HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\nContent-Digest: " + digest
                    + "\r\nSignature-Input: s=" + own + "\r\nSignature: s=:" + signature + ":\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
