package dev.gatehouse.engine.exchange;

import dev.gatehouse.engine.routing.Miss;
import dev.gatehouse.engine.routing.RouteRecorder;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.engine.telemetry.PolicyStep;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happens to one exchange, written down as it happens. Made for an exchange somebody will ask about.
final class Recording implements RouteRecorder {
    private final List<Looked> candidates = new ArrayList<>();
    private final List<PolicyStep> steps = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();
    private List<Destination> destinations = List.of();

    /// @param missed null when the request met every condition
    record Looked(int route, @Nullable Miss missed) {}

    @Override
    public void candidate(int route, @Nullable Miss missed) {
        candidates.add(new Looked(route, missed));
    }

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

    List<Looked> candidates() {
        return candidates;
    }

    List<PolicyStep> steps() {
        return steps;
    }

    List<Destination> destinations() {
        return destinations;
    }
}
