package dev.gatehouse.api;

/// What a policy says of a request.
public sealed interface Decision {
    /// Go on. A constant: the common answer costs nothing.
    Decision CONTINUE = new Continue();

    /// Go on to the next policy, and to the target after the last.
    record Continue() implements Decision {}

    /// Answer with this; the service is not called. The answer climbs through the policies already entered.
    record Respond(Response response) implements Decision {}

    /// Refuse with an entry of the failure catalogue; climbs as [Respond] does.
    record Reject(Failure failure) implements Decision {}
}
