package dev.gatehouse.app.testing;

import java.util.Locale;

/// The same as JUnit XML, which CI servers read: a suite for each file.
public final class JUnitReport {
    private JUnitReport() {}

    public static String of(TestSession.Result result) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml.append("<testsuites name=\"gatehouse\" tests=\"")
                .append(result.count())
                .append("\" failures=\"")
                .append(result.failed())
                .append("\">\n");
        result.runs().forEach(run -> suite(xml, run));
        return xml.append("</testsuites>\n").toString();
    }

    private static void suite(StringBuilder xml, TestSession.FileRun run) {
        String name = run.file().source().name();
        long failed = run.results().stream().filter(one -> !one.passed()).count();
        xml.append("  <testsuite").append(attribute("name", name));
        xml.append(attribute("tests", String.valueOf(run.results().size())));
        xml.append(attribute("failures", String.valueOf(failed)));
        xml.append(attribute(
                        "time",
                        seconds(run.results().stream()
                                .mapToLong(TestResult::millis)
                                .sum())))
                .append(">\n");
        run.results().forEach(test -> test(xml, name, test));
        xml.append("  </testsuite>\n");
    }

    private static void test(StringBuilder xml, String file, TestResult test) {
        xml.append("    <testcase")
                .append(attribute("classname", file))
                .append(attribute("name", test.test().name()))
                .append(attribute("file", file))
                .append(attribute("line", String.valueOf(test.test().at().line())))
                .append(attribute("time", seconds(test.millis())));
        if (test.passed()) {
            xml.append("/>\n");
            return;
        }
        xml.append(">\n");
        for (Miss miss : test.misses()) {
            xml.append("      <failure")
                    .append(attribute("message", miss.what() + ", " + miss.got()))
                    .append('>')
                    .append(escaped(miss.at() + "\n" + String.join("\n", miss.why())))
                    .append("</failure>\n");
        }
        xml.append("    </testcase>\n");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    private static String attribute(String name, String value) {
        return " " + name + "=\"" + escaped(value).replace("\n", "&#10;") + "\"";
    }

    /// Characters XML 1.0 does not have become `?`.
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default ->
                    out.appendCodePoint(
                            c >= ' ' && c < 0xD800 || c == '\n' || c == '\t' || c > 0xDFFF && c < 0xFFFE || c > 0xFFFF
                                    ? c
                                    : '?');
            }
        });
        return out.toString();
    }
}
