package dev.gatehouse.engine.telemetry.recent;

import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.DecisionTrace.Candidate;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.engine.telemetry.PolicyStep;
import java.util.ArrayList;
import java.util.List;

/// What is kept of a trace: no query, which may hold secrets, and no more than a person would read.
final class KeptTrace {
    private static final int MOST_CANDIDATES = 20;
    private static final int MOST_STEPS = 64;
    private static final int MOST_FACTS = 8;
    private static final int MOST_FACT = 200;

    private KeptTrace() {}

    static DecisionTrace of(DecisionTrace trace) {
        return new DecisionTrace(
                candidates(trace.candidates()),
                trace.steps().stream().limit(MOST_STEPS).map(KeptTrace::step).toList(),
                trace.ahead().stream().limit(MOST_STEPS).toList(),
                trace.destinations().stream().map(KeptTrace::withoutQuery).toList(),
                trace.status(),
                trace.code(),
                trace.message(),
                trace.answeredBy(),
                trace.recorded());
    }

    /// The first ones, and the one that won wherever it stood.
    private static List<Candidate> candidates(List<Candidate> all) {
        if (all.size() <= MOST_CANDIDATES) {
            return all;
        }
        List<Candidate> kept = new ArrayList<>(all.subList(0, MOST_CANDIDATES));
        all.stream().skip(MOST_CANDIDATES).filter(Candidate::won).forEach(kept::add);
        return kept;
    }

    private static PolicyStep step(PolicyStep step) {
        return new PolicyStep(
                step.policy(),
                step.place(),
                step.onAnswer(),
                step.verdict(),
                step.shadow(),
                step.facts().stream()
                        .limit(MOST_FACTS)
                        .map(KeptTrace::shortened)
                        .toList(),
                shortened(step.reason()),
                step.nanos());
    }

    private static String shortened(String text) {
        return text.length() <= MOST_FACT ? text : text.substring(0, MOST_FACT) + "…";
    }

    private static Destination withoutQuery(Destination to) {
        int query = to.target().indexOf('?');
        return query < 0
                ? to
                : new Destination(
                        to.service(),
                        to.percent(),
                        to.instance(),
                        to.among(),
                        to.chosenBy(),
                        to.target().substring(0, query),
                        to.host());
    }
}
