package dev.gatehouse.engine.exchange;

import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.engine.telemetry.PolicyStep;
import java.util.ArrayList;
import java.util.List;

/// What happens to one exchange, written down as it happens. Made for an exchange somebody will ask about.
final class Recording {
    private final List<PolicyStep> steps = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();
    private List<Destination> destinations = List.of();

    /// A fact about the step under way.
    void note(String fact) {
        facts.add(fact);
    }

    /// The facts of the step that is over; the next one has none yet.
    List<String> takeFacts() {
        List<String> noted = List.copyOf(facts);
        facts.clear();
        return noted;
    }

    void step(PolicyStep step) {
        steps.add(step);
    }

    void destinations(List<Destination> all) {
        destinations = all;
    }

    List<PolicyStep> steps() {
        return steps;
    }

    List<Destination> destinations() {
        return destinations;
    }
}
