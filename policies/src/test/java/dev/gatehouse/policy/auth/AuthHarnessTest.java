package dev.gatehouse.policy.auth;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.PolicyHarness;
import dev.gatehouse.testkit.PolicyResult;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// The slot with authenticators in it, through the loader and the data path.
class AuthHarnessTest {
    private static final String KEY = "hush";
    private static final String KEY_SHA256 = "dc8331bcb2283e89d275a1c2fe66f7bf5ac3163ec1967f149dd7e27906365f0c";
    private static final String SECURITY = """
            security:
              authentication:
                customer:
                  type: external
                  url: http://127.0.0.1:9/auth
                  user_from: header.X-User-Id
                  roles_from: header.X-Roles
                  response_headers: [ X-Tenant ]
                machine: { type: mtls, certificates: { CN=robot: { roles: [ robot ] } } }
                people: { type: basic, users: { alice: { password: $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW } } }
                signed: { type: hmac, keys: { k1: { secret: "a secret that is long enough for it" } } }
            """;

    @Test
    void the_service_is_told_who_it_is_and_a_client_cannot_say_so() {
        try (var harness = harness("customer")) {
            harness.calledAnswers(_ -> Answer.of(200, "")
                    .header("X-User-Id", "12345")
                    .header("X-Roles", "customer")
                    .header("X-Tenant", "t1"));

            PolicyResult result = harness.send(request("GET /orders")
                    .header("Authorization", "Bearer abc")
                    .header("X-User-Id", "1")
                    .header("X_User_Roles", "admin")
                    .header("X-Consumer", "acme")
                    .header("X-Tenant", "t2"));

            assertThat(result.status()).isEqualTo(200);
            var sent = result.sent().headers().stream()
                    .map(field -> field.getKey().toLowerCase(Locale.ROOT) + ": " + field.getValue())
                    .toList();
            assertThat(sent).contains("x-user-id: 12345", "x-user-roles: customer", "x-tenant: t1");
            assertThat(sent)
                    .noneMatch(line -> line.startsWith("authorization")
                            || line.startsWith("x-consumer")
                            || line.startsWith("x_user")
                            || line.endsWith(": t2")
                            || line.equals("x-user-id: 1"));
        }
    }

    @Test
    void an_auth_service_that_fails_is_503_and_one_that_refuses_is_401_with_its_challenge() {
        try (var harness = harness("customer")) {
            PolicyResult down = harness.send(request("GET /").header("Authorization", "Bearer abc"));
            assertThat(down.status()).isEqualTo(503);
            assertThat(down.code()).isEqualTo("POLICY_UNDECIDED");
            assertThat(down.reachedService()).isFalse();

            harness.calledAnswers(_ -> Answer.of(401, "").header("WWW-Authenticate", "Bearer realm=\"shop\""));
            PolicyResult refused = harness.send(request("GET /").header("Authorization", "Bearer abc"));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.headers("WWW-Authenticate")).containsExactly("Bearer realm=\"shop\"");
        }
    }

    @Test
    void a_credential_that_nobody_looked_at_goes_nowhere_even_where_it_is_kept() {
        String both = "Basic " + base64("alice:wrong");
        try (var harness = keysAndPasswords("[ partner, people ]")) {
            PolicyResult partner =
                    harness.send(request("GET /").header("X-API-Key", KEY).header("Authorization", both));
            assertThat(partner.status()).isEqualTo(200);
            assertThat(names(partner)).contains("x-consumer").doesNotContain("authorization", "x-api-key");
        }
        try (var harness = keysAndPasswords("[ people, partner ]")) {
            String good = "Basic " + base64("alice:U*U");
            PolicyResult people = harness.send(
                    request("GET /").header("X-API-Key", "nobody's").header("Authorization", good));
            assertThat(people.status()).isEqualTo(200);
            assertThat(names(people))
                    .as("what was looked at is kept as it says")
                    .contains("authorization", "x-user-id")
                    .doesNotContain("x-api-key");
        }
    }

    @Test
    void what_carries_the_credential_that_was_believed_stays_where_another_method_looks_too() {
        try (var harness = keysAndPasswords("[ scheme, people ]")) {
            PolicyResult people =
                    harness.send(request("GET /").header("Authorization", "Basic " + base64("alice:U*U")));
            assertThat(people.status()).isEqualTo(200);
            assertThat(names(people)).contains("authorization");
        }
    }

    private static List<String> names(PolicyResult result) {
        return result.sent().headers().stream()
                .map(field -> field.getKey().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static PolicyHarness keysAndPasswords(String auth) {
        return PolicyHarness.with(new AuthPolicyFactory(), auth)
                .sections("""
            security:
              authentication:
                partner: { type: api_key }
                scheme: { type: api_key, in: { header: Authorization, scheme: ApiKey } }
                people:
                  type: basic
                  keep: true
                  users: { alice: { password: $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW } }
            consumers: { acme: { keys: [ { id: k_1, sha256: "%s" } ] } }
            """.formatted(KEY_SHA256))
                .open();
    }

    @Test
    void without_a_credential_each_way_is_told() {
        try (var harness = harness("[ customer, machine, people, signed ]")) {
            PolicyResult missing = harness.send("GET /");
            assertThat(missing.code()).isEqualTo("UNAUTHENTICATED");
            assertThat(missing.headers("WWW-Authenticate"))
                    .containsExactly("Bearer", "Basic realm=\"gateway\", charset=\"UTF-8\"", "Signature");
        }
    }

    @Test
    void a_route_for_certificates_only_says_so() {
        TestAuthority authority = TestAuthority.create();
        try (var harness = harness("machine")) {
            PolicyResult missing = harness.send("GET /");
            assertThat(missing.status()).isEqualTo(403);
            assertThat(missing.code()).isEqualTo("CLIENT_CERTIFICATE_REQUIRED");

            var robot = authority
                    .certificate("robot")
                    .forClients()
                    .valid(PolicyHarness.BEGIN.minusSeconds(60), PolicyHarness.BEGIN.plusSeconds(60))
                    .issue();
            PolicyResult known = harness.send(request("GET /").certificate(robot.certificate()));
            assertThat(known.status()).isEqualTo(200);
            assertThat(known.notes()).anyMatch(note -> note.contains("sub=robot"));
        }
    }

    @Test
    void both_of_two_proofs_are_needed() {
        try (var harness = harness("{ all: [ machine, customer ] }")) {
            harness.calledAnswers(_ -> Answer.of(200, "").header("X-User-Id", "12345"));
            assertThat(harness.send(request("GET /").header("Authorization", "Bearer abc"))
                            .code())
                    .isEqualTo("CLIENT_CERTIFICATE_REQUIRED");
        }
    }

    @Test
    void a_password_that_is_checked_beside_the_loop_is_waited_for() {
        try (var harness = harness("people")) {
            assertThat(harness.send(request("GET /").header("Authorization", "Basic YWxpY2U6VSpV"))
                            .status())
                    .isEqualTo(200);
            assertThat(harness.send(request("GET /").header("Authorization", "Basic YWxpY2U6VSpW"))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void explain_calls_nobody_and_says_so() {
        try (var harness = harness("customer")) {
            PolicyResult told = harness.explain(request("GET /").header("Authorization", "Bearer abc"));
            assertThat(told.steps().toString()).contains("needs network");
        }
    }

    private static PolicyHarness harness(String auth) {
        return PolicyHarness.with(new AuthPolicyFactory(), auth)
                .sections(SECURITY)
                .open();
    }
}
