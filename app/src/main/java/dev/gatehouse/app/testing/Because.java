package dev.gatehouse.app.testing;

import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.DecisionTrace.Candidate;
import dev.gatehouse.engine.telemetry.PolicyStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says why something else came than was expected: the line of the decision trace that decided.
final class Because {
    private Because() {}

    /// Who gave the answer, behind `got 200`: ` from mock order-service`.
    static String from(Seen seen) {
        DecisionTrace trace = seen.trace();
        if (trace == null) {
            return "";
        }
        if (trace.code() != null) {
            return " " + trace.code();
        }
        return switch (trace.answeredBy()) {
            case "service" ->
                seen.lastCall() == null ? "" : " from mock " + seen.lastCall().service();
            case "route" -> " from the route itself";
            case "gateway" -> " from the gateway";
            default -> " from " + trace.answeredBy();
        };
    }

    /// @param expected what was missed; null for all of the answer
    static List<String> of(@Nullable Expectation expected, Seen seen) {
        DecisionTrace trace = seen.trace();
        if (trace == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        Candidate route = trace.winner();
        PolicyStep decider = Decider.step(trace);
        if (route == null) {
            lines.add(noRoute(trace));
        } else if (decider == null && trace.code() != null) {
            lines.add(trace.code() + ": " + trace.message());
        }
        if (decider != null) {
            lines.add(line(decider));
        }
        if (expected != null
                && expected.key().equals("denied_by")
                && expected.wanted().isString()
                && route != null) {
            lines.add(about(expected.wanted().asString(), trace, route));
        }
        if (route != null
                && (decider == null || expected != null && expected.key().equals("route"))) {
            lines.add("route " + route.route() + place(route.place()));
        }
        return lines;
    }

    private static String noRoute(DecisionTrace trace) {
        return trace.candidates().isEmpty()
                ? "no route takes it"
                : "no route takes it; nearest: "
                        + trace.candidates().stream()
                                .limit(2)
                                .map(near -> near.route() + place(near.place()) + ": " + near.missed())
                                .collect(Collectors.joining("; "));
    }

    /// What the policy did that was expected to deny.
    private static String about(String policy, DecisionTrace trace, Candidate route) {
        for (PolicyStep step : trace.steps()) {
            if (!step.onAnswer() && Decider.isMeant(policy, step.policy())) {
                return line(step);
            }
        }
        boolean ahead = trace.ahead().stream().anyMatch(one -> Decider.isMeant(policy, one));
        return ahead
                ? policy + " was not asked any more"
                : "route " + route.route() + " has no policy " + policy + " now: "
                        + (trace.steps().isEmpty() ? "it has none" : "it has " + names(trace));
    }

    private static String names(DecisionTrace trace) {
        return trace.steps().stream().map(PolicyStep::policy).distinct().collect(Collectors.joining(", "));
    }

    /// `ip_rules office (gateway.yaml:12:5): deny, 10.0.0.1 is not allowed`
    private static String line(PolicyStep step) {
        String said = step.verdict().name().toLowerCase(Locale.ROOT) + (step.shadow() ? " (shadow)" : "");
        String reason = step.reason().isEmpty() ? String.join(" ", step.facts()) : step.reason();
        return step.policy() + place(step.place()) + ": " + said + (reason.isEmpty() ? "" : ", " + reason);
    }

    private static String place(String place) {
        return place.isEmpty() ? "" : " (" + place + ")";
    }
}
