package dev.gatehouse.engine.target.split;

import dev.gatehouse.api.Failure;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.TargetCall;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Gives each exchange to one of several targets by their weights: a canary. Each exchange is chosen for by
/// itself; who needs a client to stay where it is uses a cookie in `match`.
public final class SplitTarget implements Target {
    private final Weighted<Target> targets;
    private final LongSupplier random;

    /// @param random any thread may ask it
    public SplitTarget(Weighted<Target> targets, LongSupplier random) {
        this.targets = targets;
        this.random = random;
    }

    @Override
    public TargetCall open(Loop loop) {
        return targets.pick(random.getAsLong()).open(loop);
    }

    @Override
    public List<Destination> destinations(TargetClient client) {
        List<Destination> all = new ArrayList<>();
        for (Weighted.Choice<Target> choice : targets.choices()) {
            int percent = Math.round(100f * choice.weight() / targets.total());
            choice.value().destinations(client).forEach(one -> all.add(one.withPercent(percent)));
        }
        return all;
    }

    /// They differ in where they send it, not in what they make of it.
    @Override
    public @Nullable Failure refusal(TargetClient client) {
        return targets.choices().getFirst().value().refusal(client);
    }

    @Override
    public String toString() {
        return targets.choices().stream()
                .map(choice -> choice.value() + " " + choice.weight())
                .collect(Collectors.joining(", "));
    }
}
