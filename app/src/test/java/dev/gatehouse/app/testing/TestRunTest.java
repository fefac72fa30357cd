package dev.gatehouse.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Tests of a configuration, run: what passes, what fails, and why it does.
class TestRunTest {
    private static final LoadOptions OPTIONS =
            LoadOptions.standard().withExtensions(Extensions.NONE).withEnvironment(Map.of());

    private static final String CONFIG = """
            services:
              menus: { instances: [ "http://menus.internal:8080" ] }
              orders: { instances: [ "http://orders.internal:8080" ], timeout: { first_byte: 2s } }
            routes:
              - { path: "/menus/{id}", methods: [GET], service: menus, rewrite: "/v2/menus/{id}" }
              - { path: /orders/**, service: orders }
              - { path: /motd, respond: { body: "${env:MOTD:-hello}" } }
              - { path: /new, service: { menus: 50, orders: 50 } }
            """;

    private final TestRun run = new TestRun(OPTIONS);

    @Test
    void a_test_passes_when_the_answer_and_what_the_service_was_sent_are_as_promised() {
        assertThat(run("""
                mocks: { menus: { "GET /v2/menus/*": { json: { items: [ soup ] }, headers: { X-Version: "7" } } } }
                tests:
                  - name: a menu
                    request: { get: "/menus/r42?lang=it", headers: { X-Key: k } }
                    expect:
                      status: 200
                      route: "GET /menus/{id}"
                      service: menus
                      answered_by: service
                      code: none
                      denied_by: none
                      upstream_calls: { menus: 1, orders: 0 }
                      header.x-version: "7"
                      header.set-cookie: null
                      json: { items: [ soup ] }
                      json.items[0]: so*
                      sent.method: GET
                      sent.path: /v2/menus/r42?lang=it
                      sent.header.x-key: k
                      sent.header.x-secret: null
                """)).isEmpty();
    }

    @Test
    void a_promise_that_is_not_kept_is_shown_with_what_came_and_why() {
        assertThat(run("""
                mocks: { orders: { "*": { status: 503 } } }
                tests:
                  - name: orders
                    request: GET /orders/9
                    expect: { status: 200, header.x-a: b }
                """))
                .satisfiesExactly(
                        status -> {
                            assertThat(status.at()).hasToString("shop.test.yaml:5:23");
                            assertThat(status.what()).isEqualTo("status: 200");
                            assertThat(status.got()).isEqualTo("got 503 from mock orders");
                            assertThat(status.why()).containsExactly("route ANY /orders/** (gateway.yaml:6:5)");
                        },
                        header -> assertThat(header.got()).isEqualTo("there is none"));
    }

    @Test
    void a_request_that_no_route_takes_is_told_with_the_nearest_one() {
        assertThat(run("""
                tests:
                  - name: lost
                    request: GET /menu/r42
                    expect: { status: 200 }
                """)).singleElement().satisfies(miss -> {
            assertThat(miss.got()).isEqualTo("got 404 NO_ROUTE");
            assertThat(miss.why().getFirst()).startsWith("no route takes it; nearest: ");
        });
    }

    @Test
    void a_service_without_a_mock_fails_the_test_and_says_what_to_write() {
        assertThat(run("""
                mocks: { menus: { "*": { status: 200 } } }
                tests: [ { name: one, request: POST /orders/9, expect: { status: 503 } } ]
                """)).singleElement().satisfies(miss -> {
            assertThat(miss.got()).isEqualTo("no mock answers POST /orders/9");
            assertThat(miss.why()).containsExactly("mocks: { orders: { \"POST /orders/9\": { status: 200 } } }");
        });
    }

    @Test
    void services_can_be_silent_slow_broken_or_gone() {
        assertThat(run("""
                tests:
                  - name: silent
                    request: GET /orders/9
                    mocks: { orders: { "*": { fail: timeout } } }
                    expect: { status: 504, code: SERVICE_TIMEOUT }
                  - name: slow
                    request: GET /orders/9
                    mocks: { orders: { "*": { delay: 1900ms, body: at last } } }
                    expect: { status: 200, body: at last }
                  - name: broken
                    request: GET /orders/9
                    mocks: { orders: { "*": { fail: broken } } }
                    expect: { status: 502, code: SERVICE_BAD_RESPONSE }
                  - name: gone
                    request: GET /orders/9
                    mocks: { orders: { "*": { fail: connect } } }
                    expect: { status: 503, header.gatehouse-error: SERVICE_UNAVAILABLE }
                """)).isEmpty();
    }

    @Test
    void mocks_of_a_step_come_before_those_of_the_test_and_the_file() {
        assertThat(run("""
                mocks: { orders: { "*": { body: file } } }
                tests:
                  - name: layers
                    mocks: { orders: { "GET /orders/1": { body: test } } }
                    steps:
                      - { request: GET /orders/1, mocks: { orders: { "*": { body: step } } }, expect: { body: step } }
                      - { request: GET /orders/1, expect: { body: test, upstream_calls: 1 } }
                      - { request: GET /orders/2, repeat: 3, expect: { body: file, upstream_calls: 3 } }
                """)).isEmpty();
    }

    @Test
    void a_test_may_set_the_environment_the_configuration_is_read_with() {
        assertThat(run("""
                tests:
                  - { name: without, request: GET /motd, expect: { body: hello } }
                  - { name: with, request: GET /motd, env: { MOTD: moin }, expect: { body: moin } }
                """)).isEmpty();
    }

    @Test
    void chance_is_the_same_every_time() {
        String tests = """
                mocks: { menus: { "*": { body: m } }, orders: { "*": { body: o } } }
                tests: [ { name: canary, request: GET /new, repeat: 40, expect: { upstream_calls: { menus: 0 } } } ]
                """;

        String first = run(tests).getFirst().got();

        assertThat(first).isNotEqualTo("got 0 calls to menus").isNotEqualTo("got 40 calls to menus");
        assertThat(run(tests).getFirst().got()).isEqualTo(first);
    }

    @Test
    void decisions_are_counted_and_those_nobody_has_seen_are_named() {
        run("""
                mocks: { orders: { "*": { status: 200 } } }
                tests: [ { name: one, request: GET /orders/9, expect: { status: 200 } } ]
                """);

        Coverage coverage = run.coverage();

        assertThat(coverage).hasToString("2 of 8 (25 %)");
        assertThat(coverage.uncovered())
                .extracting(point -> point.route() + " " + point)
                .containsExactly(
                        "GET /menus/{id} never taken",
                        "GET /menus/{id} never calls menus",
                        "ANY /motd never taken",
                        "ANY /new never taken",
                        "ANY /new never calls menus",
                        "ANY /new never calls orders");
    }

    @Test
    void a_mock_of_a_service_that_is_not_there_is_a_mistake() {
        TestFile file = file("""
                mocks: { menu: { "*": { status: 200 } } }
                tests: [ { name: one, request: GET /motd, mocks: { ordrs: { "*": {} } }, expect: { status: 200 } } ]
                """);

        assertThat(MockCheck.of(file, java.util.Objects.requireNonNull(config().config())))
                .extracting(TextReport::of)
                .satisfiesExactly(
                        menu -> assertThat(menu).contains("1:10", "did you mean 'menus'?"),
                        orders -> assertThat(orders).contains("2:52", "did you mean 'orders'?"));
    }

    private List<Miss> run(String tests) {
        TestFile file = file(tests);
        assertThat(file.diagnostics()).as(TextReport.of(file.diagnostics())).isEmpty();
        Loaded loaded = config();
        return file.tests().stream()
                .flatMap(test -> run.run(file, test, loaded).misses().stream())
                .toList();
    }

    private static TestFile file(String tests) {
        return TestFile.read(new SourceFile("shop.test.yaml", Path.of("shop.test.yaml"), tests), Map.of());
    }

    private static Loaded config() {
        Loaded loaded = ConfigLoader.load(new SourceFile("gateway.yaml", Path.of("gateway.yaml"), CONFIG), OPTIONS);
        assertThat(loaded.hasErrors()).as(TextReport.of(loaded.diagnostics())).isFalse();
        return loaded;
    }
}
