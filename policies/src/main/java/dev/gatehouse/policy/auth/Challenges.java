package dev.gatehouse.policy.auth;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.GrpcStatus;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Identity;
import java.util.ArrayList;
import java.util.List;

/// What a refused client is told in `WWW-Authenticate` (RFC 9110 §11.6.1): how it can show who it is.
final class Challenges {
    private static final HeaderName GRPC_STATUS = HeaderName.of("Grpc-Status");

    private static final Text UNAUTHENTICATED = Text.of(Integer.toString(GrpcStatus.UNAUTHENTICATED.code()));

    private static final Attribute<List<String>> CHALLENGES = Attribute.of("challenges");

    private final List<Method> methods;

    Challenges(List<Method> methods) {
        this.methods = methods;
    }

    /// Refuses what was shown to a method.
    Decision refuse(Exchange exchange, Method method, Authentication.Refused refused) {
        String told = refused.challenge() == null ? method.authenticator().challenge(exchange) : refused.challenge();
        // A 401 says at least one way to do better (RFC 9110 §15.5.2), if there is one.
        exchange.set(CHALLENGES, told == null ? all(exchange) : List.of(told));
        Failure failure = refused.failure();
        if (exchange.isRecorded() && failure.details().get(Failure.CAUSE) instanceof String why) {
            exchange.note(why);
        }
        return new Decision.Reject(failure);
    }

    /// Every way there is, for a client that showed nothing.
    ///
    /// @return whether there is one
    boolean offer(Exchange exchange) {
        List<String> all = all(exchange);
        exchange.set(CHALLENGES, all);
        return !all.isEmpty();
    }

    /// Puts them on the answer: also where a later rule wants to know who calls.
    void tell(Exchange exchange, Response response) {
        List<String> challenges = exchange.get(CHALLENGES);
        if (challenges == null && exchange.get(Identity.WANTED) != null) {
            challenges = all(exchange);
        }
        if (challenges != null && isUnauthenticated(response)) {
            challenges.forEach(challenge -> response.add(HeaderName.WWW_AUTHENTICATE, challenge));
        }
    }

    /// Calls of gRPC say so in a field: their status is 200 whatever became of them.
    private static boolean isUnauthenticated(Response response) {
        return response.status() == 401 || UNAUTHENTICATED.equals(response.header(GRPC_STATUS));
    }

    private List<String> all(Exchange exchange) {
        List<String> challenges = new ArrayList<>();
        for (Method method : methods) {
            String challenge = method.authenticator().challenge(exchange);
            if (challenge != null && !challenges.contains(challenge)) {
                challenges.add(challenge);
            }
        }
        return challenges;
    }
}
