package dev.gatehouse.app.testing;

import dev.gatehouse.engine.config.source.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The same as JSON, for programs.
public final class TestJson {
    private TestJson() {}

    public static String of(TestSession.Result result) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("passed", result.count() - result.failed());
        all.put("failed", result.failed());
        Coverage coverage = result.coverage();
        if (coverage != null) {
            all.put("coverage", coverage(coverage));
        }
        List<Object> tests = new ArrayList<>();
        for (TestSession.FileRun run : result.runs()) {
            run.results().forEach(test -> tests.add(test(run.file().source().name(), test)));
        }
        all.put("tests", tests);
        return Json.write(all) + "\n";
    }

    private static Map<String, Object> coverage(Coverage coverage) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("decisions", coverage.count());
        map.put("covered", coverage.covered());
        List<Object> uncovered = new ArrayList<>();
        for (Coverage.Point point : coverage.uncovered()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("route", point.route());
            one.put("at", point.place());
            one.put("what", point.toString());
            uncovered.add(one);
        }
        map.put("uncovered", uncovered);
        return map;
    }

    private static Map<String, Object> test(String file, TestResult result) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("file", file);
        map.put("line", result.test().at().line());
        map.put("name", result.test().name());
        map.put("passed", result.passed());
        map.put("duration_ms", result.millis());
        if (!result.notChecked().isEmpty()) {
            map.put("not_checked", result.notChecked());
        }
        List<Object> misses = new ArrayList<>();
        for (Miss miss : result.misses()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("line", miss.at().line());
            one.put("column", miss.at().column());
            one.put("expected", miss.what());
            one.put("got", miss.got());
            one.put("why", miss.why());
            misses.add(one);
        }
        map.put("failures", misses);
        return map;
    }
}
