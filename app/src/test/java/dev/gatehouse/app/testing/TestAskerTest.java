package dev.gatehouse.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Tests that say who asks, and when.
class TestAskerTest {
    private static final LoadOptions OPTIONS = LoadOptions.standard().withEnvironment(Map.of());

    /// The key is `demo_xvkbV9Wy_…`, which the demo gives to everybody.
    private static final String CONFIG = """
            listeners: { public: { bind: 127.0.0.1, port: 0 } }
            services: { orders: { instances: [ "http://orders.internal:8080" ] } }
            security:
              authentication:
                customer: { type: jwt, secret: "01234567890123456789012345678901", algorithms: [ HS256 ] }
                partner: { type: api_key, in: { header: X-API-Key } }
              authorization:
                policies:
                  - { path: "/admin/**", roles: [ admin ] }
                  - { path: "/orders/**", methods: [ DELETE ], roles: [ admin, support ] }
            plans: { free: { rate_limit: 2/min } }
            consumers:
              acme:
                plan: free
                keys: [ { id: k_1, sha256: "bb2d6fc07ed90b4ce39d203a807a7047f29aca08fa3a6eb35d56f3337e86b63d",
                          expires: 2026-02-01 } ]
            policies:
              rate_limit:
                by-plan: { per: consumer, limits: plan, otherwise: { per: client_ip, limit: 30/min } }
            routes:
              - { path: "/orders/**", service: orders, auth: customer }
              - { path: "/menus/**", service: orders, auth: [ partner, none ], rate_limit: by-plan }
            """;

    private final TestRun run = new TestRun(OPTIONS);

    @Test
    void a_rule_lets_some_pass_and_refuses_others() {
        assertThat(run("""
                  - name: a customer may not
                    request: DELETE /orders/9
                    as: { jwt: { sub: u1, roles: [ customer ] } }
                    expect: { status: 403, denied_by: "authorization.policies[1]", upstream_calls: 0 }
                  - name: support may
                    request: DELETE /orders/9
                    as: { user: s1, roles: [ support ] }
                    expect: { status: 200, sent.header.x-user-id: s1, sent.header.x-user-roles: support }
                  - name: in a word
                    request: DELETE /orders/9
                    as: support:s1
                    expect: { status: 200 }
                  - name: nobody may not
                    request: GET /orders/9
                    expect: { status: 401, denied_by: auth.customer }
                """)).isEmpty();
    }

    @Test
    void what_only_takes_keys_does_not_know_a_token() {
        assertThat(run("""
                  - name: a token for a menu
                    request: GET /menus/1
                    as: { jwt: { sub: u1 } }
                    expect: { status: 200, sent.header.x-user-id: null }
                """)).isEmpty();
    }

    @Test
    void keys_are_looked_up_and_end_when_they_end() {
        String key = "demo_xvkbV9Wy_cJlatGJsjZyZKv2EZDqMrtcjeSv2Axzlr";
        assertThat(run("""
                  - name: a key
                    as: { key: %s }
                    steps:
                      - { request: GET /menus/1, expect: { status: 200, sent.header.x-consumer: acme } }
                      - { request: GET /menus/1, at: "2026-01-31T23:59:59Z", expect: { status: 200 } }
                      - { request: GET /menus/1, at: "2026-02-01T00:00:00Z",
                          expect: { status: 401, denied_by: auth.partner } }
                  - name: no key of ours
                    request: GET /menus/1
                    as: { key: nope }
                    expect: { status: 401, denied_by: auth.partner, upstream_calls: 0 }
                """.formatted(key))).isEmpty();
    }

    @Test
    void a_limit_is_reached_and_time_passes() {
        assertThat(run("""
                  - name: the third of a minute
                    as: consumer:acme
                    steps:
                      - { request: GET /menus/1, repeat: 2, expect: { status: 200 } }
                      - { request: GET /menus/1, expect: { status: 429, denied_by: rate_limit by-plan } }
                      - { request: GET /menus/1, advance: 61s, expect: { status: 200 } }
                """)).isEmpty();
    }

    @Test
    void somebody_who_is_believed_is_so_until_the_token_would_end() {
        assertThat(run("""
                  - name: it ends
                    as: { jwt: { sub: u1, nbf: "2026-01-01T00:01:00Z", exp: "2026-01-01T00:05:00Z" } }
                    steps:
                      - { request: GET /orders/1, expect: { code: TOKEN_EXPIRED } }
                      - { request: GET /orders/1, at: "2026-01-01T00:04:59Z", expect: { status: 200 } }
                      - { request: GET /orders/1, advance: 1s, expect: { status: 401, code: TOKEN_EXPIRED } }
                """)).isEmpty();
    }

    @Test
    void a_promise_about_who_may_is_broken_with_the_rule_and_its_place() {
        assertThat(run("""
                  - name: wrong
                    request: DELETE /orders/9
                    as: customer:u1
                    expect: { status: 200 }
                """)).singleElement().satisfies(miss -> {
            assertThat(miss.got()).isEqualTo("got 403 FORBIDDEN");
            assertThat(miss.why().getFirst()).startsWith("authorization.policies[1] (gateway.yaml:10:");
        });
    }

    @Test
    void somebody_the_configuration_cannot_mean_fails_the_test() {
        assertThat(run("""
                  - { name: who, request: GET /menus/1, as: "consumer:acm", expect: { status: 200 } }
                """)).singleElement().extracting(Miss::got).asString().contains("no consumer 'acm'");
    }

    @Test
    void time_never_goes_back() {
        assertThat(run("""
                  - { name: before, request: GET /menus/1, at: "2025-01-01T00:00:00Z", expect: { status: 200 } }
                """)).singleElement().extracting(Miss::got).asString().contains("time never goes back");
    }

    @Test
    void rules_count_as_decisions_of_the_policy_they_are_of() {
        run("""
                  - { name: yes, request: DELETE /orders/9, as: "support:s1", expect: { status: 200 } }
                  - { name: no, request: DELETE /orders/9, as: "customer:u1", expect: { status: 403 } }
                  - { name: nobody, request: DELETE /orders/9, expect: { status: 401 } }
                """);

        assertThat(run.coverage().uncovered()).noneMatch(point -> point.route().contains("/orders"));
    }

    private List<Miss> run(String tests) {
        TestFile file = TestFile.read(
                source("shop.test.yaml", "mocks: { orders: { \"*\": { status: 200 } } }\ntests:\n" + tests), Map.of());
        assertThat(file.hasErrors()).as(() -> TextReport.of(file.diagnostics())).isFalse();
        Loaded config = ConfigLoader.load(source("gateway.yaml", CONFIG), OPTIONS);
        assertThat(config.hasErrors())
                .as(() -> TextReport.of(config.diagnostics()))
                .isFalse();
        return file.tests().stream()
                .flatMap(test -> run.run(file, test, config).misses().stream())
                .toList();
    }

    private static SourceFile source(String name, String text) {
        return new SourceFile(name, Path.of(name).toAbsolutePath(), text);
    }
}
