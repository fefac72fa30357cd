package dev.gatehouse.api;

import java.util.concurrent.CompletionStage;

/// What a policy says of a request, or of an answer.
public sealed interface Decision {
    /// Go on. A constant: the common answer costs nothing.
    Decision CONTINUE = new Continue();

    /// Go on to the next policy, and to the target after the last.
    record Continue() implements Decision {}

    /// Answer with this; the service is not called. The answer climbs through the policies already entered, this
    /// one included.
    record Respond(Response response) implements Decision {}

    /// Refuse with an entry of the failure catalogue; climbs as [Respond] does.
    record Reject(Failure failure) implements Decision {}

    /// Ask again when this is complete; on whatever thread that happens, the exchange goes on on its own loop.
    /// There is as much time for it as the route has for a request (`timeout.request`); then the stage is
    /// cancelled and the request refused with [FailureKind#POLICY_UNDECIDED]. It is cancelled as well when the
    /// client leaves. A stage that fails refuses the request: a rule that could not be decided has not been met.
    /// With an [java.io.IOException] that is [FailureKind#POLICY_UNDECIDED], with anything else a bug,
    /// [FailureKind#INTERNAL_ERROR].
    ///
    /// @param stage completes with anything but another [Await]
    record Await(CompletionStage<? extends Decision> stage) implements Decision {}
}
