package dev.gatehouse.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Test files are read as strictly as configurations.
class TestFileTest {
    @Test
    void a_request_is_a_line_or_a_section() {
        TestFile file = read("""
                tests:
                  - name: line
                    request: DELETE /orders/9?force=1
                    expect: { status: 200 }
                  - name: path
                    request: /orders
                    expect: { status: 200 }
                  - name: section
                    request: { post: /orders, json: { sku: 1 }, headers: { X-Key: k }, from: 10.0.0.7 }
                    expect: { status: 2xx }
                """);

        assertThat(file.diagnostics()).as(TextReport.of(file.diagnostics())).isEmpty();
        assertThat(file.tests())
                .map(test -> test.steps().getFirst().written().asked().toString())
                .containsExactly("DELETE /orders/9?force=1", "GET /orders", "POST /orders");
        assertThat(file.tests().getLast().steps().getFirst().written().asked().fields())
                .containsExactly(Map.entry("X-Key", "k"), Map.entry("Content-Type", "application/json"));
    }

    @Test
    void every_mistake_is_told_at_its_place() {
        TestFile file = read("""
                mock: { }
                tests:
                  - name: one
                    request: GET /
                    expects: { status: 200 }
                  - name: two
                    request: { get: /, put: / }
                    expect: { statu: 200 }
                """);

        assertThat(file.hasErrors()).isTrue();
        assertThat(messages(file))
                .anySatisfy(said -> assertThat(said).contains("1:1", "'mock'", "did you mean 'mocks'?"))
                .anySatisfy(said -> assertThat(said).contains("5:5", "'expects'", "did you mean 'expect'?"))
                .anySatisfy(said -> assertThat(said).contains("7:14", "one method"));
    }

    @Test
    void an_unknown_expectation_is_told_with_the_known_ones() {
        TestFile file = read("""
                tests:
                  - name: one
                    request: GET /
                    expect: { statu: 200, header.: x, status: ok }
                """);

        assertThat(messages(file))
                .anySatisfy(said -> assertThat(said).contains("4:15", "unknown key 'statu' in expect", "'status'?"))
                .anySatisfy(said -> assertThat(said).contains("unknown key 'header.'"))
                .anySatisfy(said -> assertThat(said).contains("'status' is a number such as 200, or 2xx"));
    }

    @Test
    void who_asks_is_one_and_is_somebody() {
        assertThat(messages(read("""
                tests:
                  - { name: two, request: GET /, as: { key: k, user: u1 }, expect: { status: 200 } }
                  - { name: no, request: GET /, as: { jwt: u1 }, expect: { status: 200 } }
                  - { name: late, request: GET /, as: { jwt: { sub: u1, exp: soon } }, expect: { status: 200 } }
                  - { name: all, request: GET /, as: { jwt: { sub: u1 }, roles: [ a ] }, expect: { status: 200 } }
                  - { name: both, request: GET /, advance: 1s, at: "2026-01-01T00:00:00Z", expect: { status: 200 } }
                """)))
                .anySatisfy(said -> assertThat(said).contains("one says who asks"))
                .anySatisfy(said -> assertThat(said).contains("expected the claims of a token"))
                .anySatisfy(said -> assertThat(said).contains("'soon' is not a moment"))
                .anySatisfy(said -> assertThat(said).contains("go with 'user'"))
                .anySatisfy(said -> assertThat(said).contains("time passes by one of them"));
    }

    @Test
    void a_test_that_expects_nothing_is_refused() {
        assertThat(messages(read("tests: [ { name: one, request: GET / } ]")))
                .singleElement()
                .asString()
                .contains("one that expects nothing always passes");
    }

    @Test
    void a_mock_that_fails_has_no_answer() {
        assertThat(messages(read("""
                mocks: { users: { "*": { fail: connect, json: {} } } }
                tests: [ { name: one, request: GET /, expect: { status: 503 } } ]
                """))).singleElement().asString().contains("a service that fails has no answer");
    }

    private static TestFile read(String text) {
        return TestFile.read(new SourceFile("shop.test.yaml", Path.of("shop.test.yaml"), text), Map.of());
    }

    private static List<String> messages(TestFile file) {
        return file.diagnostics().stream().map(TextReport::of).toList();
    }
}
