package dev.gatehouse.engine.target.split;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.TargetCall;
import java.util.function.LongSupplier;

/// Gives each exchange to one of several targets by their weights: a canary. Each exchange is chosen for by itself; who
/// needs a client to stay where it is uses a cookie in `match`.
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
}
