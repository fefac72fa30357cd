package dev.gatehouse.policy.authorization;

import static dev.gatehouse.testkit.PolicyRequest.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.testkit.PolicyHarness;
import dev.gatehouse.testkit.PolicyRequest;
import dev.gatehouse.testkit.PolicyResult;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RulesPolicyTest {
    @Test
    void every_rule_that_matches_has_to_be_met() {
        try (PolicyHarness harness = harness("""
                - { path: /admin/**, roles: [ admin ] }
                - { path: "/admin/{what}/keys", scopes: [ keys.read, keys.write ] }
                - { path: /orders/**, methods: [ DELETE ], roles: [ admin, support ] }
                """)) {
            assertThat(status(harness, "GET /admin", "roles=admin")).isEqualTo(200);
            assertThat(status(harness, "GET /admin/x/keys", "roles=admin")).isEqualTo(403);
            assertThat(status(harness, "GET /admin/x/keys", "roles=admin;scopes=keys.read"))
                    .isEqualTo(403);
            assertThat(status(harness, "GET /admin/x/keys", "roles=admin;scopes=keys.read,keys.write"))
                    .isEqualTo(200);
            assertThat(status(harness, "GET /admin/x/keys", "scopes=keys.read,keys.write"))
                    .isEqualTo(403);
            assertThat(status(harness, "GET /orders/9", "roles=customer")).isEqualTo(200);
            assertThat(status(harness, "DELETE /orders/9", "roles=support")).isEqualTo(200);
            assertThat(status(harness, "GET /else", "roles=customer")).isEqualTo(200);
        }
    }

    @Test
    void a_refusal_says_what_is_needed_and_the_trace_which_rule_it_was() {
        try (PolicyHarness harness = harness("""
                - { path: /admin/**, roles: [ admin ] }
                - { path: /orders/**, methods: [ DELETE ], roles: [ admin, support ] }
                """)) {
            PolicyResult refused = send(harness, "DELETE /orders/9", "sub=u1;roles=customer");

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("FORBIDDEN");
            assertThat(refused.text()).contains("You are signed in, but this needs one of the roles: admin, support.");
            assertThat(refused.steps()).anySatisfy(step -> {
                assertThat(step.policy()).isEqualTo("authorization.policies[1]");
                assertThat(step.facts()).containsExactly("needs role admin or support (you: customer)");
                assertThat(step.place()).startsWith("gateway.yaml:");
            });
            assertThat(send(harness, "GET /admin", "roles=customer").text()).contains("this needs the role admin.");
        }
    }

    @Test
    void somebody_unknown_is_asked_who_it_is() {
        try (PolicyHarness harness = harness("- { path: /admin/**, roles: [ admin ] }")) {
            PolicyResult refused = harness.send("GET /admin");
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.code()).isEqualTo("UNAUTHENTICATED");
            assertThat(refused.headers("WWW-Authenticate")).containsExactly("Claimed realm=\"test\"");
            assertThat(harness.send("GET /open").status()).isEqualTo(200);
        }
    }

    @Test
    void get_is_head_too() {
        try (PolicyHarness harness = harness("- { path: /a, methods: [ GET ], roles: [ admin ] }")) {
            assertThat(status(harness, "HEAD /a", "roles=x")).isEqualTo(403);
            assertThat(status(harness, "POST /a", "roles=x")).isEqualTo(200);
        }
    }

    @Test
    void deny_refuses_who_meets_what_it_says_and_everybody_where_it_says_nothing() {
        try (PolicyHarness harness = harness("""
                - { path: /internal/**, deny: true }
                - { path: /**, groups: [ suspended ], deny: true, name: suspended }
                """)) {
            assertThat(status(harness, "GET /internal/x", "roles=admin")).isEqualTo(403);
            assertThat(harness.send("GET /internal/x").status()).isEqualTo(403);
            assertThat(status(harness, "GET /x", "consumer=acme;groups=suspended"))
                    .isEqualTo(403);
            assertThat(status(harness, "GET /x", "consumer=acme;groups=gold")).isEqualTo(200);
            assertThat(harness.send("GET /x").status()).isEqualTo(200);
            assertThat(send(harness, "GET /x", "consumer=acme;groups=suspended").steps())
                    .anyMatch(step -> step.policy().equals("authorization.suspended"));
        }
    }

    @Test
    void groups_consumers_and_conditions_are_asked_too() {
        try (PolicyHarness harness = harness("""
                - { path: /gold, groups: [ gold, platinum ] }
                - { path: /acme, consumers: [ acme ] }
                - { path: "/users/{id}/**", require: { any: [ "jwt.sub == path.id", "role:support" ] } }
                """)) {
            assertThat(status(harness, "GET /gold", "consumer=a;groups=gold")).isEqualTo(200);
            assertThat(status(harness, "GET /gold", "consumer=a;groups=tin")).isEqualTo(403);
            assertThat(status(harness, "GET /gold", "sub=u1")).isEqualTo(403);
            assertThat(status(harness, "GET /acme", "consumer=acme")).isEqualTo(200);
            assertThat(status(harness, "GET /acme", "consumer=other")).isEqualTo(403);
            assertThat(status(harness, "GET /users/u1/x", "sub=u1")).isEqualTo(200);
            assertThat(status(harness, "GET /users/u1", "sub=u2")).isEqualTo(403);
            assertThat(status(harness, "GET /users/u1", "sub=u2;roles=support")).isEqualTo(200);
            assertThat(harness.send("GET /users/u1").status()).isEqualTo(401);
        }
    }

    @Test
    void roles_can_be_switched_off_and_everything_else_holds() {
        try (PolicyHarness harness = harness("rbac_enabled: false", """
                - { path: /admin/**, roles: [ admin ] }
                - { path: /both, roles: [ admin ], scopes: [ x ] }
                """)) {
            assertThat(harness.send("GET /admin").status()).isEqualTo(200);
            assertThat(status(harness, "GET /both", "scopes=x")).isEqualTo(200);
            assertThat(status(harness, "GET /both", "roles=admin")).isEqualTo(403);
        }
    }

    @Test
    void that_roles_are_switched_off_is_told() {
        String told = PolicyHarness.with(new RequirePolicyFactory(), "request.id exists")
                .sections("""
                        security:
                          authorization:
                            rbac_enabled: false
                            policies: [ { path: /a, roles: [ admin ] } ]
                        """)
                .check();
        assertThat(told).contains("warning[GH2211]", "gateway.yaml:3:5", "rules about roles are switched off");
    }

    @Test
    void a_consumer_calls_from_where_it_may() {
        try (PolicyHarness harness = harness("- { path: /none, deny: true }")) {
            String who = "consumer=acme;from=10.0.0.0/8;never=10.6.0.0/16";
            assertThat(harness.send(request("GET /").header("X-Who", who).from("10.1.2.3"))
                            .status())
                    .isEqualTo(200);
            for (String elsewhere : List.of("192.0.2.1", "10.6.0.1", "2001:db8::1")) {
                PolicyResult refused =
                        harness.send(request("GET /").header("X-Who", who).from(elsewhere));
                assertThat(refused.status()).as(elsewhere).isEqualTo(403);
                assertThat(refused.steps()).anyMatch(step -> step.policy().equals("consumers.acme.ip_rules"));
            }
            assertThat(harness.send(request("GET /")
                                    .header("X-Who", "consumer=b")
                                    .from("192.0.2.1"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_thousand_rules_say_what_few_would() {
        String many = IntStream.range(0, 1_000)
                .mapToObj(i -> "- { path: \"/tenants/t" + i + "/**\", roles: [ r" + i + " ] }")
                .collect(Collectors.joining("\n", "", "\n- { path: \"/tenants/*/keys\", roles: [ admin ] }\n"));
        try (PolicyHarness harness = harness(many)) {
            assertThat(status(harness, "GET /tenants/t7/x", "roles=r7")).isEqualTo(200);
            assertThat(status(harness, "GET /tenants/t7/keys", "roles=r7")).isEqualTo(403);
            assertThat(status(harness, "GET /tenants/t7/keys", "roles=r7,admin"))
                    .isEqualTo(200);
            assertThat(status(harness, "GET /tenants/t999", "roles=r7")).isEqualTo(403);
            assertThat(status(harness, "GET /tenants/other", "roles=r7")).isEqualTo(200);
        }
    }

    @Test
    void mistakes_are_told_once_and_where_they_stand() {
        assertThatThrownBy(() -> harness("""
                - { path: admin, roles: [ admin ] }
                """))
                .hasMessageContaining("error[GH1305]")
                .hasMessageContaining("a path starts with '/'");
        assertThatThrownBy(() -> harness("""
                - { path: "/users/{id}", require: "jwt.sub == path.userId" }
                """))
                .hasMessageContaining("error[GH1306]")
                .hasMessageContaining("the path has no parameter {userId}");
        assertThatThrownBy(() -> harness("- { path: /a }")).hasMessageContaining("asks for nothing");
        assertThatThrownBy(() -> harness("- { path: /a, methods: [ get ], roles: [ a ] }"))
                .hasMessageContaining("capitals");
    }

    @Test
    void of_two_rules_with_the_same_condition_the_one_that_makes_no_sense_is_shown() {
        assertThatThrownBy(() -> harness("""
                - { path: "/users/{userId}", name: "jwt.sub == path.userId", require: "jwt.sub == path.userId" }
                - { path: "/orders/{id}", name: "jwt.sub == path.userId", require: { any: [ "role:a", "jwt.sub == path.userId" ] } }
                """))
                .hasMessageContaining("gateway.yaml:7:105")
                .message()
                .containsOnlyOnce("error[GH1306]");
    }

    @Test
    void of_two_rules_with_the_same_condition_the_one_that_refused_is_named_with_its_place() {
        try (PolicyHarness harness = harness("""
                - { path: "/users/{userId}", require: "jwt.sub == path.userId" }
                - { path: "/users/{id}/orders/{userId}", require: "jwt.sub == path.userId" }
                - { path: "/users/**", require: "jwt.sub == 'u1'" }
                - { path: "/users/**", require: "jwt.sub == 'u1'", deny: true }
                """)) {
            PolicyRequest asked = request("GET /users/u1/orders/u2").header("X-Who", "sub=u1");
            assertThat(refusing(harness.send(asked))).isEqualTo("authorization.policies[1] gateway.yaml:7:9");
            assertThat(refusing(harness.explain(asked))).isEqualTo("authorization.policies[1] gateway.yaml:7:9");
            assertThat(refusing(send(harness, "GET /users/u2/x", "sub=u2")))
                    .isEqualTo("authorization.policies[2] gateway.yaml:8:9");
            assertThat(refusing(send(harness, "GET /users/u1/x", "sub=u1")))
                    .isEqualTo("authorization.policies[3] gateway.yaml:9:9");
        }
    }

    private static String refusing(PolicyResult result) {
        PolicyStep step = result.steps().stream()
                .filter(one -> one.verdict() == PolicyStep.Verdict.DENY)
                .findFirst()
                .orElseThrow();
        return step.policy() + " " + step.place();
    }

    private static PolicyHarness harness(String rules) {
        return harness("x-note: rules", rules);
    }

    private static PolicyHarness harness(String setting, String rules) {
        String security = "security:\n  authentication: { claimed: {} }\n  authorization:\n    " + setting
                + "\n    policies:\n" + rules.indent(6);
        return PolicyHarness.with(new RequirePolicyFactory(), "request.id exists")
                .sections(security)
                .route("auth: [ claimed, none ]")
                .open();
    }

    private static int status(PolicyHarness harness, String line, String who) {
        return send(harness, line, who).status();
    }

    private static PolicyResult send(PolicyHarness harness, String line, String who) {
        return harness.send(request(line).header("X-Who", who));
    }
}
