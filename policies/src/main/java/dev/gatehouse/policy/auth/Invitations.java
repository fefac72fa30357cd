package dev.gatehouse.policy.auth;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.identity.Authentication;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What becomes of a client that showed no credential: it is sent to a login, or refused.
final class Invitations {
    private static final Decision MISSING =
            new Decision.Reject(new Failure(FailureKind.UNAUTHENTICATED, "Missing authentication"));

    private final int methods;
    private final Challenges challenges;

    /// @param methods how many the route has
    Invitations(int methods, Challenges challenges) {
        this.methods = methods;
        this.challenges = challenges;
    }

    /// The first answer that a wanted method has in place of a refusal.
    ///
    /// @param wanted any of which would have done
    Decision decide(Exchange exchange, List<Method> wanted) {
        return invite(exchange, wanted, 0);
    }

    /// From method `index` on.
    private Decision invite(Exchange exchange, List<Method> wanted, int index) {
        for (int i = index; i < wanted.size(); i++) {
            Method method = wanted.get(i);
            Authentication said = method.authenticator().invitation(exchange);
            if (said instanceof Authentication.Awaited(CompletionStage<? extends Authentication> stage)) {
                return inviteLater(exchange, wanted, i, stage);
            }
            Decision invitation = invitation(exchange, method, said);
            if (invitation != null) {
                return invitation;
            }
        }
        boolean offered = challenges.offer(exchange);
        if (wanted.size() == methods && offered) {
            return MISSING;
        }
        for (Method method : wanted) {
            Failure failure = method.authenticator().missing(exchange);
            if (failure != null) {
                return new Decision.Reject(failure);
            }
        }
        return MISSING;
    }

    private Decision inviteLater(
            Exchange exchange, List<Method> wanted, int index, CompletionStage<? extends Authentication> stage) {
        return new Decision.Await(exchange.onLoop(stage).thenCompose(said -> {
            Decision invitation = invitation(exchange, wanted.get(index), said);
            Decision end = invitation == null ? invite(exchange, wanted, index + 1) : invitation;
            return end instanceof Decision.Await(CompletionStage<? extends Decision> more)
                    ? more.thenApply(decision -> (Decision) decision)
                    : CompletableFuture.completedFuture(end);
        }));
    }

    /// Null when the method has none.
    private @Nullable Decision invitation(Exchange exchange, Method method, Authentication said) {
        Decision invitation = switch (said) {
            case Authentication.Absent _ -> null;
            case Authentication.Answered(Response response) -> new Decision.Respond(response);
            case Authentication.Refused refusal -> challenges.refuse(exchange, method, refusal);
            case Authentication.Foreign _, Authentication.Identified _, Authentication.Awaited _ ->
                throw new IllegalStateException(method.rule() + " invites with " + said);
        };
        if (invitation != null) {
            exchange.rule(method.rule(), method.place());
        }
        return invitation;
    }
}
