package dev.gatehouse.engine.target;

import dev.gatehouse.api.Failure;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.telemetry.DecisionTrace.Destination;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What answers the exchanges of a route. Shared by all loops, immutable but for what it keeps for each loop.
public interface Target {
    /// Somebody to answer one exchange of this loop. On the loop's thread.
    TargetCall open(Loop loop);

    /// The services that would be asked, for `explain`; asks nobody and changes nothing. On any thread.
    ///
    /// @return empty for a target that answers by itself: it can be asked
    List<Destination> destinations(TargetClient client);

    /// Why no service would be asked although there are some; null when nothing is in the way. Like
    /// [#destinations], for `explain`.
    default @Nullable Failure refusal(TargetClient client) {
        return null;
    }
}
