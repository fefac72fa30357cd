package dev.gatehouse.policy.authorization;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.PolicyHarness;
import dev.gatehouse.testkit.PolicyRequest;
import dev.gatehouse.testkit.PolicyResult;
import org.junit.jupiter.api.Test;

class RequirePolicyTest {
    private static final String ANYBODY = "security: { authentication: { claimed: {} } }";

    @Test
    void one_of_several_conditions_is_enough() {
        try (PolicyHarness harness = harness("{ any: [ \"jwt.sub == path.userId\", \"role:support\" ] }")) {
            assertThat(harness.send(by("sub=u1", "/users/u1")).status()).isEqualTo(200);
            assertThat(harness.send(by("sub=s1;roles=support", "/users/u1")).status())
                    .isEqualTo(200);

            PolicyResult refused = harness.send(by("sub=u2;roles=customer", "/users/u1"));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("FORBIDDEN");
            assertThat(refused.text()).contains("You are signed in, but this is not allowed for you.");
            assertThat(refused.notes())
                    .contains("jwt.sub (u2) == path.userId (u1) is false", "role:support (you: customer) is false");
            assertThat(refused.reachedService()).isFalse();
        }
    }

    @Test
    void all_conditions_have_to_hold() {
        try (PolicyHarness harness = harness("{ all: [ \"role:a\", \"request.method == 'GET'\" ] }")) {
            assertThat(harness.send(by("roles=a", "/users/1")).status()).isEqualTo(200);
            assertThat(harness.send(by("roles=b", "/users/1")).status()).isEqualTo(403);
            assertThat(harness.send(request("POST /users/1").header("X-Who", "roles=a"))
                            .status())
                    .isEqualTo(403);
        }
    }

    @Test
    void somebody_unknown_is_asked_who_it_is_where_that_may_help() {
        try (PolicyHarness harness = harness("role:a")) {
            PolicyResult refused = harness.send(request("GET /users/1"));
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.code()).isEqualTo("UNAUTHENTICATED");
            assertThat(refused.headers("WWW-Authenticate")).containsExactly("Claimed realm=\"test\"");
        }
        try (PolicyHarness harness = harness("\"client.ip in ['192.0.2.0/24']\"")) {
            assertThat(harness.send(request("GET /users/1").from("192.0.2.7")).status())
                    .isEqualTo(200);
            PolicyResult refused = harness.send(request("GET /users/1").from("198.51.100.1"));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text()).contains("This is not allowed here.");
        }
    }

    @Test
    void a_condition_that_makes_no_sense_is_told_at_its_column() {
        String told = PolicyHarness.mistakes(
                new RequirePolicyFactory(), "{ any: [ \"role:a\", \"jwt.sub == path.nobody\" ] }");

        assertThat(told)
                .contains("error[GH1306]", "this condition makes no sense", "the path has no parameter {nobody}")
                .contains("^^^^^^^^^^^ ");
        String line = told.lines()
                .filter(each -> each.contains("jwt.sub"))
                .findFirst()
                .orElseThrow();
        String carets =
                told.lines().filter(each -> each.contains("^^^")).findFirst().orElseThrow();
        assertThat(carets.indexOf('^')).isEqualTo(line.indexOf("path.nobody"));
    }

    private static PolicyHarness harness(String settings) {
        return PolicyHarness.with(new RequirePolicyFactory(), settings)
                .path("\"/users/{userId}\"")
                .sections(ANYBODY)
                .route("auth: [ claimed, none ]")
                .open();
    }

    private static PolicyRequest by(String who, String path) {
        return request("GET " + path).header("X-Who", who);
    }
}
