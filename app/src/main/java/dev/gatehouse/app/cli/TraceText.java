package dev.gatehouse.app.cli;

import dev.gatehouse.app.admin.view.Explanation;
import dev.gatehouse.app.admin.view.RequestEntry;
import dev.gatehouse.app.admin.view.RequestStory;
import dev.gatehouse.app.admin.view.Trace;
import dev.gatehouse.app.console.Ink;
import dev.gatehouse.app.console.RequestLine;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a request came to its answer, for people: a line for each route that was looked at, each policy that was asked,
/// and the answer.
///
/// ```text
/// DELETE /orders/9   config gateway.yaml (not deployed)   offline
///
///  route   ANY /orders/**    gateway.yaml:155          won: most specific that matches
///  ip_rules                  :113              DENY    10.0.0.7 may not come in
///  ───────────────────────────────────────────────────────────────────────────────────
///  answer  403 FORBIDDEN     service not called
///  would then: rate_limit by-plan → order-service
/// ```
final class TraceText {
    private static final int KEY_WIDTH = 8;
    private static final int MOST_NAME = 44;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

    private final Trace trace;
    private final Ink ink;
    private final boolean times;
    private final List<Row> rows = new ArrayList<>();
    private String file = "";

    /// @param verdict coloured when it is written
    private record Row(String key, String name, String at, String verdict, String text, boolean faint) {}

    /// Where a step's policy stands in the columns: the slot, and which of its policies or rules.
    private record Slot(String key, String name) {
        private static final String AUTHENTICATION = "auth.";
        private static final String AUTHORIZATION = "authorization";

        /// @param policy `rate_limit by-plan`, `auth.customer`, `authorization.policies[1]`
        static Slot of(String policy) {
            if (policy.startsWith(AUTHENTICATION)) {
                return new Slot("auth", policy.substring(AUTHENTICATION.length()));
            }
            if (policy.startsWith(AUTHORIZATION)) {
                return new Slot("authz", policy.equals(AUTHORIZATION) ? "" : policy);
            }
            int blank = policy.indexOf(' ');
            return blank < 0 ? new Slot(policy, "") : new Slot(policy.substring(0, blank), policy.substring(blank + 1));
        }

        /// Then what was noted says what the client is told, and more.
        boolean isAboutWho() {
            return key.equals("auth") || key.equals("authz") || key.equals("require");
        }
    }

    private TraceText(Trace trace, Ink ink, boolean times) {
        this.trace = trace;
        this.ink = ink;
        this.times = times;
    }

    /// @param where `offline`, or the place of the gateway that was asked
    /// @param next what to ask next; null for nothing
    static String of(Explanation said, String where, @Nullable String next, Ink ink) {
        String title = Ink.printable(said.method() + " " + said.target());
        String head = ink.bold(title) + pad(title, 28) + "config " + said.config() + "  " + where;
        String tail = next == null ? "" : "\n try     " + next + "\n";
        return head.stripTrailing() + "\n\n" + new TraceText(said.trace(), ink, false).text() + tail;
    }

    /// A request that took place.
    static String of(RequestStory story, ZoneId zone, Ink ink) {
        RequestEntry request = story.request();
        String title = Ink.printable(request.method() + " " + request.path());
        String head = ink.bold(title) + pad(title, 28) + time(request.at(), zone) + "  from " + request.client()
                + "  took " + RequestLine.duration(request.durationMicros() * 1000)
                + (request.serviceMicros() == null
                        ? ""
                        : " (service " + RequestLine.duration(request.serviceMicros() * 1000) + ")");
        Trace trace = story.trace();
        String id = ink.dim("id " + request.id()) + "\n\n";
        return head + "\n" + id + (trace == null ? withoutTrace(request) : new TraceText(trace, ink, true).text());
    }

    private static String withoutTrace(RequestEntry request) {
        String route = " route   " + (request.route() == null ? "–" : request.route()) + "\n";
        String instance = request.instance() == null ? "" : " → " + request.instance();
        String service = request.service() == null ? "" : " service " + request.service() + instance + "\n";
        String answer = " answer  "
                + (request.status() == null ? "none was sent" : request.status())
                + (request.code() == null ? "" : " " + request.code())
                + (request.reason() == null ? "" : "   " + request.reason()) + "\n";
        return route + service + answer
                + "\n It was not written down how it came about. Of the next one it is, when it is sent with the header that\n"
                + " 'gatehouse token trace --for 10m' gives out.\n";
    }

    private static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    // ── the lines
    // ────────────────────────────────────────────────────────────────────────────────────────────────────

    private String text() {
        routes();
        steps();
        StringBuilder text = new StringBuilder();
        int name = width(rows.stream().map(Row::name).toList(), MOST_NAME);
        int at = width(rows.stream().map(Row::at).toList(), MOST_NAME);
        int verdict = width(rows.stream().map(Row::verdict).toList(), MOST_NAME);
        rows.forEach(row -> text.append(line(row, name, at, verdict)).append('\n'));
        text.append(' ').append(ink.dim("─".repeat(84))).append('\n');
        answer(text, name);
        if (!trace.ahead().isEmpty()) {
            text.append(" would then: ")
                    .append(String.join(" → ", trace.ahead()))
                    .append('\n');
        }
        if (times && !trace.recorded()) {
            text.append(ink.dim(" put together afterwards: what policies noted, and how long they took, was not"
                            + " written down"))
                    .append('\n');
        }
        return text.toString();
    }

    private void routes() {
        boolean won = trace.routes().stream().anyMatch(Trace.Route::won);
        boolean first = true;
        for (Trace.Route route : trace.routes()) {
            String key = first ? (won ? "route" : "nearest") : "";
            String why = route.won() ? "won: " + reason() : (won ? "lost: " : "missed: ") + route.missed();
            rows.add(new Row(key, route.route(), place(route.at()), "", why, !route.won()));
            first = false;
        }
        if (trace.routes().isEmpty()) {
            rows.add(new Row("route", "–", "", "", "none that is near", false));
        }
    }

    /// Why the winner won.
    private String reason() {
        boolean others = trace.routes().stream().anyMatch(route -> !route.won());
        return others ? "most specific that matches" : "the only one that fits";
    }

    private void steps() {
        for (Trace.Step step : trace.steps()) {
            boolean idle = step.onAnswer()
                    && step.verdict() == Trace.Verdict.PASS
                    && step.facts().isEmpty();
            if (idle && !times) {
                continue;
            }
            Slot slot = Slot.of(step.policy());
            List<String> text = new ArrayList<>();
            if (!step.reason().isEmpty() && !(slot.isAboutWho() && !step.facts().isEmpty())) {
                text.add(step.reason());
            }
            text.addAll(step.facts());
            if (times && step.micros() != null) {
                text.add(ink.dim("(" + step.micros() + " µs)"));
            }
            String verdict = verdict(step);
            rows.add(new Row(
                    slot.key(),
                    slot.name(),
                    place(step.at()),
                    verdict,
                    String.join("  ", text),
                    step.verdict() == Trace.Verdict.SKIP));
        }
    }

    private static String verdict(Trace.Step step) {
        String word =
                step.verdict() == Trace.Verdict.DENY ? "DENY" : step.verdict().word();
        return word + (step.shadow() ? " (shadow)" : "") + (step.onAnswer() ? " ↑" : "");
    }

    /// `gateway.yaml:155`; of the same file as the line before only `:155`.
    private String place(String at) {
        String[] parts = at.split(":", -1);
        if (parts.length < 2) {
            return at;
        }
        // From behind: a path may hold colons.
        boolean column = parts.length > 2 && parts[parts.length - 2].matches("[0-9]+");
        int lineAt = column ? parts.length - 2 : parts.length - 1;
        String line = parts[lineAt];
        String before = file;
        file = String.join(":", List.of(parts).subList(0, lineAt));
        return (file.equals(before) ? "" : file) + ":" + line;
    }

    private String line(Row row, int name, int at, int verdict) {
        // A long slot takes what its name leaves.
        String front =
                pad(new StringBuilder(row.key()), KEY_WIDTH).append(row.name()).toString();
        String left = " " + front + pad(front, KEY_WIDTH + name) + "  " + row.at() + pad(row.at(), at) + "  ";
        String middle = verdict == 0 ? "" : coloured(row) + pad(row.verdict(), verdict) + "  ";
        String text = row.faint() ? ink.dim(row.text()) : row.text();
        String line = row.text().startsWith("won") ? left + middle + ink.green(row.text()) : left + middle + text;
        return line.stripTrailing();
    }

    private String coloured(Row row) {
        String word = row.verdict();
        if (word.startsWith("DENY") || word.startsWith("error")) {
            return ink.red(word);
        }
        if (word.startsWith("pass")) {
            return ink.green(word);
        }
        return word.startsWith("skip") ? ink.dim(word) : ink.yellow(word);
    }

    // ── the answer
    // ───────────────────────────────────────────────────────────────────────────────────────────────────

    private void answer(StringBuilder text, int width) {
        trace.destinations().forEach(to -> text.append(destination(to)).append('\n'));
        String code = trace.code();
        if (trace.destinations().isEmpty() || trace.status() != null || code != null) {
            String answer =
                    (trace.status() == null ? "none was sent" : trace.status()) + (code == null ? "" : " " + code);
            String told = code == null || trace.status() == null ? answer : ink.red(answer);
            text.append(" answer  ")
                    .append(told)
                    .append(pad(answer, width))
                    .append("  ")
                    .append(by())
                    .append('\n');
        }
    }

    private String by() {
        String message = trace.message();
        boolean denied = trace.steps().stream().anyMatch(step -> step.reason().equals(message));
        String called = trace.destinations().isEmpty() ? "service not called" : "";
        if (message != null) {
            return denied ? called : message;
        }
        return switch (trace.answeredBy()) {
            case "service" -> "by the service";
            case "route" -> "by the route itself; no service is called";
            case "gateway" -> "by the gateway itself; no service is called";
            default -> "by " + trace.answeredBy() + (called.isEmpty() ? "" : "; " + called);
        };
    }

    private String destination(Trace.Destination to) {
        boolean several = trace.destinations().size() > 1;
        String chosen = to.instance();
        String choice;
        if (to.among() == 0) {
            choice = chosen == null
                    ? "no instance can be used: none is up, or its name was not looked up"
                    : "→ " + chosen;
        } else if (chosen == null) {
            choice = "→ one of " + to.among() + " (" + to.chosenBy() + ")";
        } else {
            String among = to.among() == 1 ? "the only one" : to.chosenBy() + ", " + to.among() + " to choose from";
            choice = "→ " + chosen + " (" + among + ")";
        }
        String host = to.host().isEmpty() ? "" : "  Host: " + to.host();
        return " service " + (several ? to.percent() + "%  " : "") + ink.bold(to.service()) + " " + choice + "  "
                + Ink.printable(to.target() + host);
    }

    // ── columns
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    private static int width(List<String> cells, int most) {
        return Math.min(most, cells.stream().mapToInt(String::length).max().orElse(0));
    }

    private static String pad(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length()));
    }

    private static StringBuilder pad(StringBuilder text, int width) {
        // A key longer than its column is kept apart from what follows.
        return text.append(" ".repeat(Math.max(1, width - text.length())));
    }
}
