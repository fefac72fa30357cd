package dev.gatehouse.app.admin.view;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.PolicyStep;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// How a request came to its answer.
///
/// @param routes those that were looked at, in order; then the nearest ones
/// @param steps what the policies did, in the order in which they were asked
/// @param ahead what a denial kept it from: the policies behind, and the route's target
/// @param destinations where it went, or would go: several for a canary; empty when the gateway answered by itself
/// @param status of the answer; null when it is the service's to say, or none was sent
/// @param code why it was not served; null when it was
/// @param message one sentence about that
/// @param answeredBy `route`, `gateway`, `service`, or the policy that did
/// @param recorded whether it was written down as it happened; else it was put together afterwards, without facts and
///     times
public record Trace(
        List<Route> routes,
        List<Step> steps,
        List<String> ahead,
        List<Destination> destinations,
        @Nullable Integer status,
        @Nullable String code,
        @Nullable String message,
        String answeredBy,
        boolean recorded) {
    /// @param at where it is configured: `gateway.yaml:147:5`; empty for one that stands in no file
    /// @param missed the first condition the request missed, or what put another before it; null when it won
    public record Route(
            String route, String at, boolean won, @Nullable String missed) {}

    /// @param policy its slot and, when it has one, its name: `rate_limit by-plan`
    /// @param onAnswer whether it was asked on the way up
    /// @param shadow whether what it said was told only
    /// @param reason one sentence for a denial, an answer, a skip; empty otherwise
    /// @param micros how long it took; null when nobody measured
    public record Step(
            String policy,
            String at,
            boolean onAnswer,
            Verdict verdict,
            boolean shadow,
            List<String> facts,
            String reason,
            @Nullable Long micros) {}

    /// What a policy said.
    public enum Verdict {
        PASS,
        MODIFY,
        DENY,
        ANSWER,
        SKIP,
        ERROR;

        /// `pass`, `modify`, `deny`, `answer`, `skip`, `error`.
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param percent of the route's requests that go there
    /// @param instance the one that was chosen, or would be; null when chance decides, or none can be used
    /// @param among how many could be chosen
    /// @param chosenBy the balancing algorithm
    /// @param target method, path and query as the service is sent them
    /// @param host the Host the service is sent; empty when that is not known any more
    public record Destination(
            String service,
            int percent,
            @Nullable String instance,
            int among,
            String chosenBy,
            String target,
            String host) {}

    /// @param mask makes secrets in sentences unreadable: a route may compare a header with one
    public static Trace of(DecisionTrace trace, UnaryOperator<String> mask) {
        return new Trace(
                trace.candidates().stream()
                        .map(one -> new Route(one.route(), one.place(), one.won(), masked(one.missed(), mask)))
                        .toList(),
                trace.steps().stream().map(one -> step(one, mask)).toList(),
                trace.ahead(),
                trace.destinations().stream().map(Trace::destination).toList(),
                trace.status() == 0 ? null : Integer.valueOf(trace.status()),
                trace.code(),
                masked(trace.message(), mask),
                trace.answeredBy(),
                trace.recorded());
    }

    private static Step step(PolicyStep step, UnaryOperator<String> mask) {
        return new Step(
                step.policy(),
                step.place(),
                step.onAnswer(),
                Verdict.valueOf(step.verdict().name()),
                step.shadow(),
                step.facts().stream().map(mask).toList(),
                mask.apply(step.reason()),
                step.nanos() < 0 ? null : Long.valueOf(step.nanos() / 1000));
    }

    private static Destination destination(DecisionTrace.Destination to) {
        return new Destination(
                to.service(), to.percent(), to.instance(), to.among(), to.chosenBy(), to.target(), to.host());
    }

    private static @Nullable String masked(@Nullable String text, UnaryOperator<String> mask) {
        return text == null ? null : mask.apply(text);
    }
}
