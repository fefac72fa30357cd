package dev.gatehouse.app.testing;

import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.PolicyStep.Verdict;
import org.jspecify.annotations.Nullable;

/// Which policy put an end to an exchange, and by which names it is meant.
final class Decider {
    private Decider() {}

    /// As the trace tells it, `ip_rules office`; null when no policy did.
    static @Nullable String of(DecisionTrace trace) {
        PolicyStep step = step(trace);
        return step == null ? null : step.policy();
    }

    /// What it did; null when no policy put an end to it.
    static @Nullable PolicyStep step(DecisionTrace trace) {
        for (PolicyStep step : trace.steps().reversed()) {
            boolean ended = step.verdict() == Verdict.DENY
                    || step.verdict() == Verdict.ANSWER
                    || step.verdict() == Verdict.ERROR;
            if (ended && !step.shadow() && step.policy().equals(trace.answeredBy())) {
                return step;
            }
        }
        return null;
    }

    /// Whether `written` means this policy: its slot, or its slot and name with a dot or a blank between them. A
    /// rule is meant by its name, `authorization.policies[1]`, and by what stands before the dot.
    static boolean isMeant(String written, String policy) {
        int end = 0;
        while (end < policy.length() && policy.charAt(end) != ' ' && policy.charAt(end) != '.') {
            end++;
        }
        return written.equals(policy.substring(0, end))
                || written.replace('.', ' ').equals(policy.replace('.', ' '));
    }
}
