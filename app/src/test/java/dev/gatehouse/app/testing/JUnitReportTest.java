package dev.gatehouse.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JUnitReportTest {
    @Test
    void a_file_is_a_suite_and_what_failed_says_where_and_why() {
        TestFile file = TestFile.read(new SourceFile("t.test.yaml", Path.of("t.test.yaml"), """
                        tests:
                          - { name: "a < b & c", request: GET /, expect: { status: 200 } }
                          - { name: other, request: GET /, expect: { status: 200 } }
                        """), Map.of());
        RequestTest first = file.tests().getFirst();
        List<TestResult> results = List.of(
                new TestResult(
                        first,
                        1500,
                        List.of(new Miss(first.at(), "status: 200", "got 404 NO_ROUTE", List.of("no \"route\""))),
                        List.of()),
                new TestResult(file.tests().getLast(), 2, List.of(), List.of()));
        TestSession.Result result =
                new TestSession.Result(List.of(new TestSession.FileRun(file, results)), List.of(), null, Set.of());

        assertThat(JUnitReport.of(result)).isEqualTo("""
                        <?xml version="1.0" encoding="UTF-8"?>
                        <testsuites name="gatehouse" tests="2" failures="1">
                          <testsuite name="t.test.yaml" tests="2" failures="1" time="1.502">
                            <testcase classname="t.test.yaml" name="a &lt; b &amp; c" file="t.test.yaml" line="2" time="1.500">
                              <failure message="status: 200, got 404 NO_ROUTE">t.test.yaml:2:13
                        no &quot;route&quot;</failure>
                            </testcase>
                            <testcase classname="t.test.yaml" name="other" file="t.test.yaml" line="3" time="0.002"/>
                          </testsuite>
                        </testsuites>
                        """);
    }
}
