package dev.gatehouse.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.engine.explain.Reply;
import dev.gatehouse.engine.target.proxy.SentRequest;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.PolicyStep.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What came of a request: what the policy decided, what the service was sent, what the client got.
public final class PolicyResult {
    /// Other ones in every exchange, whatever a policy does.
    private static final Set<String> NEVER_THE_SAME = Set.of("date", "x-request-id", "traceparent");

    private final Reply reply;
    private final @Nullable SentRequest sent;
    private final Duration took;

    PolicyResult(Reply reply, @Nullable SentRequest sent, Duration took) {
        this.reply = reply;
        this.sent = sent;
        this.took = took;
    }

    // ── what was decided

    /// What the policy said of the request: one that acts at several stages, at the last that was reached.
    public Verdict verdict() {
        return step(false).verdict();
    }

    /// What it said of the answer.
    public Verdict verdictOnAnswer() {
        return step(true).verdict();
    }

    private PolicyStep step(boolean onAnswer) {
        return steps().stream()
                .filter(step -> step.onAnswer() == onAnswer)
                .reduce((_, last) -> last)
                .orElseThrow(() -> new AssertionError(
                        "the policy was not asked about the " + (onAnswer ? "answer" : "request") + ": " + this));
    }

    /// Each time the policy was asked, in order: on the way down, then on the way up.
    public List<PolicyStep> steps() {
        return reply.trace().steps();
    }

    /// What it noted, in order.
    public List<String> notes() {
        return steps().stream().flatMap(step -> step.facts().stream()).toList();
    }

    /// The public code of the failure the client was told; null when it was served.
    public @Nullable String code() {
        return reply.trace().code();
    }

    /// How the answer came about, routes included.
    public DecisionTrace trace() {
        return reply.trace();
    }

    /// How long it took, on the harness's clock.
    public Duration took() {
        return took;
    }

    // ── what the service was sent

    public boolean reachedService() {
        return sent != null;
    }

    /// What the service was sent.
    ///
    /// @throws AssertionError when it was sent nothing
    public SentRequest sent() {
        if (sent == null) {
            throw new AssertionError("nothing reached the service: " + this);
        }
        return sent;
    }

    /// The body the service was sent, in UTF-8.
    public String sentText() {
        return new String(sent().body(), UTF_8);
    }

    // ── what the client got

    /// 0 when it got no whole answer.
    public int status() {
        return reply.status();
    }

    /// The first value of this field, or null.
    public @Nullable String header(String name) {
        return reply.header(name);
    }

    /// All values of this field, in order.
    public List<String> headers(String name) {
        return reply.headers().stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    public byte[] body() {
        return reply.body().clone();
    }

    /// The body in UTF-8.
    public String text() {
        return new String(reply.body(), UTF_8);
    }

    // ── for comparing two of them

    /// All that client and service see, but for what is another one in every exchange. The order of fields does not
    /// count.
    String seenOutside() {
        String answer = "answer " + status() + "\n" + fields(reply.headers()) + "\n"
                + text().replace(reply.requestId(), "(request id)");
        return sent == null
                ? answer
                : answer + "\nsent " + sent.method() + " " + sent.target() + "\n" + fields(sent.headers()) + "\n"
                        + sentText();
    }

    private static String fields(List<Map.Entry<String, String>> headers) {
        Set<String> lines = new TreeSet<>();
        for (Map.Entry<String, String> field : headers) {
            String name = field.getKey().toLowerCase(Locale.ROOT);
            if (!NEVER_THE_SAME.contains(name)) {
                lines.add(name + ": " + field.getValue());
            }
        }
        return String.join("\n", lines);
    }

    /// What was decided on the way down, and why.
    String decided() {
        return steps().stream()
                .filter(step -> !step.onAnswer())
                .map(step -> step.verdict() + " " + step.facts() + " " + step.reason())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public String toString() {
        return "status " + status() + ", steps " + steps();
    }
}
