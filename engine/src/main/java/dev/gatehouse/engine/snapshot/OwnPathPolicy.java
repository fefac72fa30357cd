package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.policy.Policy;
import java.util.concurrent.CompletionStage;

/// Has an authenticator answer requests for a path of its own ([Authenticator#paths]). Nothing goes on from
/// here.
///
/// @param authenticator closed with its snapshot, not with this
record OwnPathPolicy(Authenticator authenticator) implements Policy {
    private static final Decision NOTHING_HERE =
            new Decision.Reject(new Failure(FailureKind.NO_ROUTE, "There is nothing to be had here."));

    @Override
    public Decision onRequest(Exchange exchange) {
        Authentication said = authenticator.authenticate(exchange);
        return said instanceof Authentication.Awaited(CompletionStage<? extends Authentication> stage)
                ? new Decision.Await(exchange.onLoop(stage).thenApply(later -> heard(exchange, later)))
                : heard(exchange, said);
    }

    private static Decision heard(Exchange exchange, Authentication said) {
        return switch (said) {
            case Authentication.Answered(Response response) -> new Decision.Respond(response);
            case Authentication.Refused refusal -> refused(exchange, refusal.failure());
            case Authentication.Foreign(Authentication.Refused refusal) -> refused(exchange, refusal.failure());
            case Authentication.Absent _, Authentication.Identified _ -> NOTHING_HERE;
            case Authentication.Awaited _ -> throw new IllegalStateException("waits for something it has to wait for");
        };
    }

    private static Decision refused(Exchange exchange, Failure failure) {
        if (exchange.isRecorded() && failure.details().get(Failure.CAUSE) instanceof String why) {
            exchange.note(why);
        }
        return new Decision.Reject(failure);
    }
}
