package dev.gatehouse.app.testing;

import dev.gatehouse.engine.config.source.Span;
import java.util.List;
import java.util.Locale;

/// What came of tests, for people at a terminal: a line for each, and under those that failed the promise with a caret
/// and what came instead.
public final class TestReport {
    private static final String GREEN = "\u001B[32m";
    private static final String RED = "\u001B[31m";
    private static final String PLAIN = "\u001B[0m";
    private static final int NAME_WIDTH = 68;
    private static final String INDENT = "      ";

    private final StringBuilder out = new StringBuilder();
    private final boolean coloured;

    private TestReport(boolean coloured) {
        this.coloured = coloured;
    }

    /// @param listUncovered whether decisions no test has seen are listed
    public static String of(TestSession.Result result, boolean listUncovered, boolean coloured) {
        TestReport report = new TestReport(coloured);
        result.runs().forEach(report::file);
        Coverage coverage = result.coverage();
        if (listUncovered && coverage != null) {
            report.uncovered(coverage.uncovered());
        }
        report.summary(result, listUncovered);
        return report.out.toString();
    }

    private void file(TestSession.FileRun run) {
        out.append(run.file().source().name()).append('\n');
        run.results().forEach(this::test);
    }

    private void test(TestResult result) {
        String name = result.test().name();
        String mark = result.passed() ? in(GREEN, "✓") : in(RED, "✗");
        int width = name.codePointCount(0, name.length());
        out.append("  ")
                .append(mark)
                .append(' ')
                .append(name)
                .append(" ".repeat(Math.max(1, NAME_WIDTH - width)))
                .append(String.format(Locale.ROOT, "%5d ms%n", result.millis()).replace("\r", ""));
        if (!result.notChecked().isEmpty()) {
            out.append(INDENT)
                    .append("not checked here: ")
                    .append(String.join(", ", result.notChecked()))
                    .append('\n');
        }
        result.misses().forEach(this::miss);
    }

    private void miss(Miss miss) {
        Span at = miss.at();
        String margin = " ".repeat(String.valueOf(at.line()).length());
        out.append(INDENT).append(at).append("   expected ").append(miss.what()).append('\n');
        if (at.line() > 1 && !at.file().line(at.line() - 1).isBlank()) {
            out.append(INDENT)
                    .append(line(at.line() - 1, margin.length(), at.file().line(at.line() - 1)));
        }
        String line = at.file().line(at.line());
        out.append(INDENT).append(line(at.line(), margin.length(), line));
        int points = line.codePointCount(0, line.length());
        int end = at.endLine() == at.line() ? Math.min(at.endColumn() - 1, points) : points;
        int carets = Math.max(1, end - (at.column() - 1));
        out.append(INDENT)
                .append(margin)
                .append(" | ")
                .append(" ".repeat(Math.max(0, at.column() - 1)))
                .append(in(RED, "^".repeat(carets) + " " + miss.got()))
                .append('\n');
        miss.why()
                .forEach(why -> out.append(INDENT)
                        .append(margin)
                        .append(" = ")
                        .append(why)
                        .append('\n'));
    }

    private static String line(int number, int width, String text) {
        return String.format(Locale.ROOT, "%" + width + "d | %s", number, text).stripTrailing() + "\n";
    }

    private void uncovered(List<Coverage.Point> points) {
        if (points.isEmpty()) {
            return;
        }
        out.append("no test has seen\n");
        String route = "";
        for (Coverage.Point point : points) {
            String heading = point.route() + (point.place().isEmpty() ? "" : "   " + point.place());
            if (!heading.equals(route)) {
                out.append("  ").append(heading).append('\n');
                route = heading;
            }
            out.append(INDENT).append(point).append('\n');
        }
    }

    /// `3 passed, 1 failed    decisions covered: 31 of 44 (70 %)`
    private void summary(TestSession.Result result, boolean listed) {
        long failed = result.failed();
        out.append(result.count() - failed).append(" passed, ");
        out.append(failed == 0 ? "0 failed" : in(RED, failed + " failed"));
        Coverage coverage = result.coverage();
        if (coverage != null) {
            out.append("    decisions covered: ").append(coverage);
            if (!listed && coverage.covered() < coverage.count()) {
                out.append("   uncovered: gatehouse test --coverage");
            }
        }
        out.append('\n');
    }

    private String in(String colour, String text) {
        return coloured ? colour + text + PLAIN : text;
    }
}
