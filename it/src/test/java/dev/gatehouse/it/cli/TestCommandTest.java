package dev.gatehouse.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.TestGateway;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `gatehouse test`: what it says of tests that pass, that fail and that have mistakes, and how it ends.
class TestCommandTest {
    private static final Path EXAMPLES =
            Path.of(System.getProperty("gatehouse.root", ".")).resolve("examples");

    private static final String CONFIG = """
            services:
              orders: { instances: [ "http://orders.internal:8080" ] }
            policies:
              ip_rules:
                office: { allow: [ 10.0.0.0/8 ] }
            routes:
              - { path: /orders/**, service: orders, ip_rules: office }
            """;

    private static final String GOOD = """
            mocks: { orders: { "*": { json: { state: cooking } } } }
            tests:
              - name: the office sees orders
                request: { get: /orders/9, from: 10.0.0.7 }
                expect: { status: 200, json.state: cooking }
              - name: nobody else does
                request: { get: /orders/9, from: 192.0.2.7 }
                expect: { status: 403, denied_by: ip_rules.office, upstream_calls: 0 }
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void write_a_configuration() throws IOException {
        Files.writeString(folder.resolve("gateway.yaml"), CONFIG);
    }

    @Test
    void tests_that_pass_are_a_line_each_and_end_with_0() throws IOException {
        GatehouseCommandLine said = test(GOOD);

        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(said.out())
                .contains("✓ the office sees orders")
                .contains("✓ nobody else does")
                .endsWith("2 passed, 0 failed    decisions covered: 4 of 4 (100 %)\n");
    }

    @Test
    void a_test_that_fails_shows_the_promise_what_came_and_why_and_ends_with_2() throws IOException {
        Files.writeString(folder.resolve("gateway.yaml"), CONFIG.replace("10.0.0.0/8", "192.0.2.0/24"));

        GatehouseCommandLine said = test(GOOD);

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out())
                .contains("✗ the office sees orders")
                .contains("gateway.test.yaml:5:23   expected status: 200")
                .contains("5 |     expect: { status: 200, json.state: cooking }")
                .contains("^^^ got 403 FORBIDDEN")
                .containsPattern("= ip_rules office \\(.*gateway.yaml:5:13\\): deny")
                .contains("^^^ got 200 from mock orders")
                .contains("0 passed, 2 failed");
    }

    @Test
    void coverage_names_what_no_test_has_seen() throws IOException {
        GatehouseCommandLine said = test(GOOD, "--coverage", "--only", "office*orders");

        assertThat(said.out())
                .contains("no test has seen\n")
                .contains("ip_rules office never refuses or answers")
                .contains("1 passed, 0 failed    decisions covered: 3 of 4 (75 %)\n");
    }

    @Test
    void a_file_with_mistakes_ends_with_1_before_any_test_runs() throws IOException {
        GatehouseCommandLine said = test(GOOD.replace("expect:", "expct:"));

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("error[GH1001] unknown key 'expct'").contains("did you mean 'expect'?");
    }

    @Test
    void a_configuration_with_mistakes_ends_with_1_too() throws IOException {
        Files.writeString(folder.resolve("gateway.yaml"), CONFIG.replace("service:", "servce:"));

        assertThat(test(GOOD).code()).isEqualTo(1);
    }

    @Test
    void json_and_junit_tell_programs() throws IOException {
        Path report = folder.resolve("report.xml");
        GatehouseCommandLine said = test(GOOD, "--json", "--junit", report.toString());

        JsonNode json = JsonMapper.shared().readTree(said.out());
        assertThat(json.get("passed").asInt()).isEqualTo(2);
        assertThat(json.get("coverage").get("covered").asInt()).isEqualTo(4);
        assertThat(json.get("tests").get(1).get("name").asString()).isEqualTo("nobody else does");
        assertThat(report).content().contains("tests=\"2\" failures=\"0\"");
    }

    @Test
    void a_request_may_show_a_client_certificate() throws IOException {
        TestAuthority authority = TestAuthority.create("Clients");
        authority.certificate("shop").hosts("shop.example").issue().writeTo(folder, "shop");
        authority.certificate("ada").forClients().issue().writeTo(folder, "ada");
        Files.writeString(folder.resolve("ca.crt"), authority.pem());
        Files.writeString(folder.resolve("gateway.yaml"), """
                listeners:
                  main:
                    tls:
                      certificates: [ { cert: shop.crt, key: shop.key } ]
                      client_certificates: { ca: ca.crt, mode: optional }
                routes: [ { path: /who, respond: { json: { who: "{client.certificate.subject}" } } } ]
                """);

        GatehouseCommandLine said = test("""
                tests:
                  - name: ada is known
                    request: { get: /who, headers: { Host: shop.example }, client_certificate: ada.crt }
                    expect: { status: 200, json.who: CN=ada }
                  - name: who shows nothing is nobody
                    request: { get: /who, headers: { Host: shop.example } }
                    expect: { status: 200, json.who: "" }
                """);
        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(said.out()).contains("2 passed, 0 failed");

        GatehouseCommandLine missing = test("""
                tests:
                  - name: ada is known
                    request: { get: /who, client_certificate: nobody.crt }
                    expect: { status: 200 }
                """);
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("client_certificate").contains("nobody.crt");
    }

    @Test
    void tests_are_found_beside_the_configuration() throws IOException {
        Files.createDirectory(folder.resolve("tests"));
        Files.writeString(folder.resolve("tests/orders.test.yaml"), GOOD);

        GatehouseCommandLine said = GatehouseCommandLine.of(
                "test", "-f", folder.resolve("gateway.yaml").toString());

        assertThat(said.out()).contains("2 passed");
    }

    @Test
    void no_tests_is_an_error_that_says_where_they_would_be() {
        GatehouseCommandLine said = GatehouseCommandLine.of(
                "test", "-f", folder.resolve("gateway.yaml").toString());

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("no tests: write tests/gateway.test.yaml beside");
    }

    @Test
    void a_running_gateway_is_asked_for_what_it_can_tell() throws IOException {
        try (FakeService orders = FakeService.start();
                TestGateway gateway = TestGateway.from(CONFIG.replace("http://orders.internal:8080", orders.url())
                        .replace("10.0.0.0/8", "127.0.0.0/8"))) {
            GatehouseCommandLine said = test("""
                    tests:
                      - name: orders are there
                        request: GET /orders/9
                        expect: { status: 200, service: orders, upstream_calls: 1 }
                      - name: nothing else is
                        request: GET /other
                        expect: { status: 404, code: NO_ROUTE }
                    """, "--against", "http://127.0.0.1:" + gateway.port());

            assertThat(said.out())
                    .contains("not checked here: service, upstream_calls")
                    .endsWith("2 passed, 0 failed\n");
        }
    }

    @Test
    void check_runs_the_tests_a_configuration_names() throws IOException {
        Files.writeString(folder.resolve("gateway.test.yaml"), GOOD.replace("403", "404"));
        Path file = Files.writeString(folder.resolve("gateway.yaml"), CONFIG + "tests: [ gateway.test.yaml ]\n");

        GatehouseCommandLine said = GatehouseCommandLine.of("check", "-f", file.toString());
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("error[GH1801] test 'nobody else does' fails: status: 404, got 403 FORBIDDEN");

        assertThat(GatehouseCommandLine.of("check", "--no-tests", "-f", file.toString())
                        .code())
                .isZero();
        Files.writeString(file, CONFIG + "tests: { files: [ gateway.test.yaml ], on_failure: warn }\n");
        assertThat(GatehouseCommandLine.of("check", "-f", file.toString()))
                .satisfies(warned -> assertThat(warned.code()).isZero())
                .satisfies(warned -> assertThat(warned.out()).contains("warning[GH1801]"));
    }

    @Test
    void the_examples_pass() {
        assertThat(example("tested.test.yaml")).contains("4 passed, 0 failed    decisions covered: 6 of 6 (100 %)");
        assertThat(example("members.test.yaml")).contains("7 passed, 0 failed    decisions covered: 18 of 20 (90 %)");
    }

    private static String example(String file) {
        GatehouseCommandLine said = GatehouseCommandLine.of(
                "test", EXAMPLES.resolve("tests").resolve(file).toString());
        assertThat(said.code()).as(said.out() + said.err()).isZero();
        return said.out();
    }

    private GatehouseCommandLine test(String tests, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("gateway.test.yaml"), tests);
        String[] line = new String[4 + more.length];
        line[0] = "test";
        line[1] = "-f";
        line[2] = folder.resolve("gateway.yaml").toString();
        line[3] = file.toString();
        System.arraycopy(more, 0, line, 4, more.length);
        return GatehouseCommandLine.of(line);
    }
}
