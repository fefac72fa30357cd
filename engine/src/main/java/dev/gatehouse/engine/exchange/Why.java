package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.routing.NearRoute;
import dev.gatehouse.engine.routing.RouteMatch;
import dev.gatehouse.engine.routing.RouteTable;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.DecisionTrace.Candidate;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.PolicyStep.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Puts the decision trace of one exchange together: from what was recorded, and where nothing was, from what the
/// exchange still knows. Matching is asked once more, with a recorder; its answer depends on the request alone.
final class Why {
    private static final int NEAREST = 3;

    /// Looking for the nearest routes compares with every one.
    private static final int COMPARED = 10_000;

    private final ExchangeRecord record;
    private final RoutedHead head;
    private final PolicyWalk walk;

    Why(ExchangeRecord record, RoutedHead head, PolicyWalk walk) {
        this.record = record;
        this.head = head;
        this.walk = walk;
    }

    /// @param table the routes the exchange began on
    DecisionTrace of(RouteTable<Route> table, @Nullable Recording recorded) {
        FailureKind failure = record.failure();
        PlacedPolicy decider = walk.decidedBy();
        return new DecisionTrace(
                candidates(table),
                recorded == null ? steps(decider) : recorded.steps(),
                walk.ahead().stream().map(PlacedPolicy::name).toList(),
                recorded != null && !recorded.destinations().isEmpty() ? recorded.destinations() : destinations(),
                record.status(),
                failure == null ? null : failure.name(),
                record.message(),
                answeredBy(decider, failure),
                recorded != null);
    }

    private List<Candidate> candidates(RouteTable<Route> table) {
        List<Candidate> all = new ArrayList<>();
        if (!record.isReadable()) {
            return all;
        }
        Route found = record.foundRoute();
        table.match(head, new RouteMatch<>(), (index, missed) -> {
            Route route = table.value(index);
            boolean won = missed == null && route == found;
            all.add(new Candidate(route.label(), route.at(), won, missed == null ? null : missed.sentence()));
        });
        if (found == null && all.isEmpty() && table.size() <= COMPARED) {
            for (NearRoute near : table.nearest(head, NEAREST)) {
                Route route = table.value(near.route());
                all.add(new Candidate(
                        route.label(), route.at(), false, near.miss().sentence()));
            }
        }
        return all;
    }

    private List<PolicyStep> steps(@Nullable PlacedPolicy decider) {
        List<PolicyStep> steps = new ArrayList<>();
        for (PlacedPolicy one : walk.met()) {
            boolean decided = one == decider;
            String message = record.message();
            String reason = !decided ? "" : message == null ? "answered " + record.status() : message;
            Verdict verdict = !decided ? Verdict.PASS : message == null ? Verdict.ANSWER : Verdict.DENY;
            if (!one.shadow()) {
                steps.add(new PolicyStep(one.name(), one.place(), false, verdict, false, List.of(), reason, -1));
            }
        }
        steps.addAll(walk.shadows());
        return steps;
    }

    private List<Destination> destinations() {
        Service service = record.foundService();
        if (service == null) {
            return List.of();
        }
        byte[] target = record.sentTarget();
        String query = record.query() == null ? "" : "?" + record.query();
        String sent = target == null ? record.path() + query : new String(target, ISO_8859_1);
        return List.of(new Destination(
                service.key(),
                100,
                record.instance(),
                service.instances().size(),
                service.loadBalancer().algorithmName(),
                record.method() + " " + sent,
                ""));
    }

    private String answeredBy(@Nullable PlacedPolicy decider, @Nullable FailureKind failure) {
        if (decider != null) {
            return decider.name();
        }
        if (failure != null) {
            return "gateway";
        }
        return record.service() != null ? "service" : record.foundRoute() == null ? "gateway" : "route";
    }
}
