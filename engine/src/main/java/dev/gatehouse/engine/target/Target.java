package dev.gatehouse.engine.target;

import dev.gatehouse.engine.net.Loop;

/// What answers the exchanges of a route. Shared by all loops, immutable but for what it keeps for each loop.
public interface Target {
    /// Somebody to answer one exchange of this loop. On the loop's thread.
    TargetCall open(Loop loop);
}
