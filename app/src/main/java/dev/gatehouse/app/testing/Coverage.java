package dev.gatehouse.app.testing;

import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.engine.config.RouteConfig;
import dev.gatehouse.engine.config.RouteTarget;
import dev.gatehouse.engine.exchange.PlacedPolicy;
import dev.gatehouse.engine.exchange.Route;
import dev.gatehouse.engine.routing.RouteTable;
import dev.gatehouse.engine.snapshot.Snapshot;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.DecisionTrace.Candidate;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import dev.gatehouse.engine.telemetry.PolicyStep;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which decisions of configurations tests have seen: each route taken, each service of a route called, each policy of
/// a route seen to let pass and to refuse or answer.
public final class Coverage {
    /// What these say is never no.
    private static final Set<Stage> ONLY_CHANGE =
            EnumSet.of(Stage.RESPONSE_HEADERS, Stage.COMPRESS, Stage.REQUEST_HEADERS);

    private final Set<Point> all = new LinkedHashSet<>();
    private final Set<Point> seen = new LinkedHashSet<>();

    /// One decision.
    ///
    /// @param route what people call it
    /// @param place where it is configured
    /// @param what a policy or a service; empty for the route itself
    public record Point(String route, String place, String what, Kind kind) {
        @Override
        public String toString() {
            return switch (kind) {
                case TAKEN -> "never taken";
                case CALLED -> "never calls " + what;
                case PASSES -> what + " never lets pass";
                case ENDS -> what + " never refuses or answers";
            };
        }
    }

    /// What is decided.
    public enum Kind {
        TAKEN,
        CALLED,
        PASSES,
        ENDS
    }

    /// These are the decisions there are. The same configuration counts once.
    void expect(Snapshot snapshot) {
        RouteTable<Route> table = snapshot.graph().routes();
        List<RouteConfig> written = snapshot.config().routes();
        for (int i = 0; i < table.size(); i++) {
            Route route = table.value(i);
            all.add(new Point(route.label(), route.at(), "", Kind.TAKEN));
            if (i < written.size() && written.get(i).target() instanceof RouteTarget.ToServices to) {
                to.shares()
                        .forEach(share -> all.add(new Point(route.label(), route.at(), share.service(), Kind.CALLED)));
            }
            for (PlacedPolicy policy : route.policies()) {
                Stage stage = policy.stage();
                if (stage != null) {
                    all.add(new Point(route.label(), route.at(), policy.name(), Kind.PASSES));
                    if (!ONLY_CHANGE.contains(stage)) {
                        all.add(new Point(route.label(), route.at(), policy.name(), Kind.ENDS));
                    }
                }
            }
        }
    }

    void see(DecisionTrace trace) {
        Candidate route = trace.winner();
        if (route == null) {
            return;
        }
        seen.add(new Point(route.route(), route.place(), "", Kind.TAKEN));
        for (Destination to : trace.destinations()) {
            seen.add(new Point(route.route(), route.place(), to.service(), Kind.CALLED));
        }
        for (PolicyStep step : trace.steps()) {
            String policy = placed(route, step.policy());
            switch (step.verdict()) {
                case PASS, MODIFY -> seen.add(new Point(route.route(), route.place(), policy, Kind.PASSES));
                case DENY, ANSWER -> seen.add(new Point(route.route(), route.place(), policy, Kind.ENDS));
                case SKIP, ERROR -> {}
            }
        }
    }

    /// The policy a step was taken by, which may have told the name of one of its rules: `auth.partner` is of
    /// `auth`, `authorization.policies[1]` of `require`.
    private String placed(Candidate route, String step) {
        if (all.contains(new Point(route.route(), route.place(), step, Kind.PASSES))) {
            return step;
        }
        if (step.startsWith("authorization") || step.startsWith("consumers.")) {
            return "require";
        }
        int end = step.indexOf('.');
        return end < 0 ? step : step.substring(0, end);
    }

    /// How many decisions there are.
    public int count() {
        return all.size();
    }

    /// How many of them were seen.
    public int covered() {
        return count() - uncovered().size();
    }

    /// The others, in the order of the configurations.
    public List<Point> uncovered() {
        return all.stream().filter(point -> !seen.contains(point)).toList();
    }

    /// `31 of 44 (70 %)`
    @Override
    public String toString() {
        int percent = count() == 0 ? 100 : covered() * 100 / count();
        return covered() + " of " + count() + " (" + percent + " %)";
    }
}
