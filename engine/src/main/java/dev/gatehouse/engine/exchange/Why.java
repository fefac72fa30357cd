package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.routing.NearRoute;
import dev.gatehouse.engine.routing.RouteMatch;
import dev.gatehouse.engine.routing.RouteTable;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.DecisionTrace.Candidate;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.PolicyStep.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts the decision trace of one exchange together: from what was recorded, and where nothing was, from what the
/// exchange still knows. Matching is asked once more, with a recorder; its answer depends on the request alone.
///
/// | | recorded | put together afterwards |
/// |---|---|---|
/// | routes that were looked at, what each missed | yes | yes |
/// | the policy that refused or answered, and why | yes | yes |
/// | the others it met on the way down | what each said | that they let it pass, not whether they changed anything |
/// | facts, times, policies on the way up | yes | no |
/// | where it was sent | yes | yes, but for how many could be chosen then |
final class Why {
    private static final int NEAREST = 3;

    /// Looking for the nearest routes compares with every one, and on a loop others wait meanwhile.
    private static final int COMPARED_LIVE = 1_000;

    private final ExchangeRecord record;
    private final RoutedHead head;
    private final PolicyWalk walk;

    /// Nobody else is kept waiting.
    private final boolean thorough;

    Why(ExchangeRecord record, RoutedHead head, PolicyWalk walk, boolean thorough) {
        this.record = record;
        this.head = head;
        this.walk = walk;
        this.thorough = thorough;
    }

    /// @param table the routes the exchange began on
    DecisionTrace of(RouteTable<Route> table, @Nullable Recording recorded) {
        FailureKind failure = record.failure();
        PlacedPolicy decider = walk.decidedBy();
        List<PolicyStep> steps = recorded == null ? steps(decider) : recorded.steps();
        List<Destination> destinations =
                recorded != null && !recorded.destinations().isEmpty() ? recorded.destinations() : destinations();
        return new DecisionTrace(
                candidates(table),
                steps,
                ahead(decider, steps, destinations),
                destinations,
                record.status(),
                failure == null ? null : failure.name(),
                record.message(),
                answeredBy(decider, failure, destinations),
                recorded != null);
    }

    private List<Candidate> candidates(RouteTable<Route> table) {
        List<Candidate> all = new ArrayList<>();
        if (!record.isReadable()) {
            return all;
        }
        Route found = record.foundRoute();
        Set<Route> told = new HashSet<>();
        table.match(head, new RouteMatch<>(), (index, missed) -> {
            Route route = table.value(index);
            boolean won = route == found;
            told.add(route);
            all.add(new Candidate(route.label(), route.at(), won, won || missed == null ? null : missed.sentence()));
        });
        if (thorough || (all.isEmpty() && found == null && table.size() <= COMPARED_LIVE)) {
            for (NearRoute near : table.nearest(head, NEAREST)) {
                Route route = table.value(near.route());
                if (told.add(route)) {
                    all.add(new Candidate(
                            route.label(), route.at(), false, near.miss().sentence()));
                }
            }
        }
        return all;
    }

    /// What a denial on the way down has kept it from: the policies behind, and the target.
    private List<String> ahead(@Nullable PlacedPolicy decider, List<PolicyStep> steps, List<Destination> destinations) {
        Route found = record.foundRoute();
        if (decider == null || found == null) {
            return List.of();
        }
        boolean asked = !destinations.isEmpty()
                || !decider.isSamePolicy(walk.met().getLast())
                || steps.stream().anyMatch(step -> step.onAnswer() && decided(step));
        if (asked) {
            return List.of();
        }
        List<String> ahead = new ArrayList<>();
        walk.ahead().forEach(policy -> ahead.add(policy.name()));
        ahead.add(found.target().toString());
        return ahead;
    }

    private static boolean decided(PolicyStep step) {
        return !step.shadow()
                && switch (step.verdict()) {
                    case DENY, ANSWER, ERROR -> true;
                    case PASS, MODIFY, SKIP -> false;
                };
    }

    private List<PolicyStep> steps(@Nullable PlacedPolicy decider) {
        List<PolicyStep> steps = new ArrayList<>();
        String message = record.message();
        for (PlacedPolicy one : walk.met()) {
            boolean decided = decider != null && decider.isSamePolicy(one);
            PlacedPolicy told = decider != null && decided ? decider : one;
            String reason = !decided ? "" : message == null ? "answered " + record.status() : message;
            Verdict verdict = decided ? verdict() : Verdict.PASS;
            if (!one.shadow()) {
                steps.add(new PolicyStep(told.name(), told.place(), false, verdict, false, List.of(), reason, -1));
            }
        }
        steps.addAll(walk.shadows());
        return steps;
    }

    private Verdict verdict() {
        if (record.message() == null) {
            return Verdict.ANSWER;
        }
        return record.failure() == FailureKind.INTERNAL_ERROR ? Verdict.ERROR : Verdict.DENY;
    }

    private List<Destination> destinations() {
        Service service = record.foundService();
        if (service == null) {
            return List.of();
        }
        Instance instance = record.foundInstance();
        byte[] target = record.sentTarget();
        String query = record.query() == null ? "" : "?" + record.query();
        String sent = target == null ? record.path() + query : new String(target, ISO_8859_1);
        return List.of(new Destination(
                service.key(),
                100,
                instance == null ? null : instance.shown(),
                service.instances().size(),
                service.loadBalancer().algorithmName(),
                record.method() + " " + sent,
                ""));
    }

    private String answeredBy(
            @Nullable PlacedPolicy decider, @Nullable FailureKind failure, List<Destination> destinations) {
        if (decider != null) {
            return decider.name();
        }
        if (failure != null) {
            return "gateway";
        }
        return !destinations.isEmpty() ? "service" : record.foundRoute() == null ? "gateway" : "route";
    }
}
