package dev.gatehouse.policy.auth;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.GrpcStatus;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.AssumedIdentity;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.CredentialCarrier;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks the authenticators of a route in order, until it is clear who calls.
///
/// ```
///            any of them                                  all of them
/// absent     the next is asked; after the last: 401,      401
///            or nobody when `none` stands there
/// identified passes                                       the next is asked; after the last: passes
/// foreign    the next is asked; after the last: 401       401
/// refused    401                                          401
/// ```
final class AuthPolicy implements Policy {
    private static final HeaderName GRPC_STATUS = HeaderName.of("Grpc-Status");

    private static final Text UNAUTHENTICATED = Text.of(Integer.toString(GrpcStatus.UNAUTHENTICATED.code()));

    /// What the client is told in `WWW-Authenticate`, once it is refused.
    private static final Attribute<List<String>> CHALLENGES = Attribute.of("challenges");

    /// What to tell a client whose credential nobody has known so far.
    private static final Attribute<Foreign> FOREIGN = Attribute.of("foreign credential");

    /// @param method that did not know the credential
    private record Foreign(Method method, Authentication.Refused refusal) {}

    /// Who identified the client, to be shown the answer.
    private static final Attribute<List<Method>> ASKED = Attribute.of("asked authenticators");

    /// One of several credentials was sent on purpose: no page of another site had the client send them all.
    private static final Attribute<Boolean> MEANT = Attribute.of("credential sent on purpose");

    private static final Decision MISSING =
            new Decision.Reject(new Failure(FailureKind.UNAUTHENTICATED, "Missing authentication"));

    /// Of somebody who is taken for granted, but not any more.
    private static final Authentication.Refused EXPIRED = new Authentication.Refused(
            new Failure(FailureKind.TOKEN_EXPIRED, "The token has expired, or is not good yet."));

    private final List<Method> methods;
    private final boolean all;
    private final boolean orNobody;
    private final IdentityHeaders headers;
    private final Assumed assumed;

    /// One for every method, so that the common request makes no list.
    private final List<List<Method>> alone;

    /// By method, those that are not asked for once it has identified the client.
    private final List<List<Authenticator>> others;

    /// @param all whether every one has to be met
    /// @param orNobody whether requests without credentials pass
    AuthPolicy(List<Method> methods, boolean all, boolean orNobody, IdentityHeaders headers, TimeSource time) {
        this.methods = List.copyOf(methods);
        this.all = all;
        this.orNobody = orNobody;
        this.headers = headers;
        this.assumed = new Assumed(this.methods, all, time);
        this.alone = methods.stream().map(List::of).toList();
        this.others = methods.stream()
                .map(one -> methods.stream()
                        .filter(other -> other != one)
                        .map(Method::authenticator)
                        .toList())
                .toList();
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        AssumedIdentity who = exchange.get(Identity.ASSUMED);
        return who == null ? ask(exchange, 0, null) : assume(exchange, who);
    }

    /// From method `index` on.
    ///
    /// @param soFar who those before said it is; null when none has said anything
    private Decision ask(Exchange exchange, int index, @Nullable Identity soFar) {
        Identity known = soFar;
        for (int i = index; i < methods.size(); i++) {
            Method method = methods.get(i);
            exchange.rule(method.rule(), method.place());
            Authentication said = method.authenticator().authenticate(exchange);
            if (said instanceof Authentication.Awaited(CompletionStage<? extends Authentication> stage)) {
                return later(exchange, i, known, stage);
            }
            Decision end = heard(exchange, i, known, said);
            if (end != null) {
                return end;
            }
            if (all && said instanceof Authentication.Identified(Identity identity)) {
                known = known == null ? identity : known.and(identity);
            }
        }
        return missing(exchange);
    }

    private Decision later(
            Exchange exchange, int index, @Nullable Identity soFar, CompletionStage<? extends Authentication> stage) {
        return new Decision.Await(exchange.onLoop(stage).thenCompose(said -> {
            Decision end = heard(exchange, index, soFar, said);
            if (end == null) {
                Identity known = soFar;
                if (all && said instanceof Authentication.Identified(Identity identity)) {
                    known = soFar == null ? identity : soFar.and(identity);
                }
                end = ask(exchange, index + 1, known);
            }
            return end instanceof Decision.Await(CompletionStage<? extends Decision> more)
                    ? more.thenApply(decision -> (Decision) decision)
                    : CompletableFuture.completedFuture(end);
        }));
    }

    /// What follows from what method `index` said; null when the next is to be asked.
    private @Nullable Decision heard(Exchange exchange, int index, @Nullable Identity soFar, Authentication said) {
        Method method = methods.get(index);
        return switch (said) {
            case Authentication.Absent _ -> all ? missing(exchange, method) : null;
            case Authentication.Identified(Identity identity) -> {
                if (!all) {
                    withhold(exchange, index);
                    yield pass(exchange, identity, alone.get(index));
                }
                if (exchange.get(Identity.AMBIENT) == null) {
                    exchange.set(MEANT, true);
                }
                boolean last = index == methods.size() - 1;
                exchange.set(Identity.AMBIENT, last && exchange.get(MEANT) == null ? true : null);
                yield last ? pass(exchange, soFar == null ? identity : soFar.and(identity), methods) : null;
            }
            case Authentication.Refused refused -> refuse(exchange, method, refused);
            case Authentication.Foreign(Authentication.Refused refusal) -> {
                if (all) {
                    yield refuse(exchange, method, refusal);
                }
                if (exchange.get(FOREIGN) == null) {
                    exchange.set(FOREIGN, new Foreign(method, refusal));
                }
                exchange.set(Identity.AMBIENT, null); // where it was found says nothing of the next one's
                yield null;
            }
            case Authentication.Answered(Response response) -> new Decision.Respond(response);
            case Authentication.Awaited _ ->
                throw new IllegalStateException(method.rule() + " waits for something it has to wait for");
        };
    }

    private Decision refuse(Exchange exchange, Method method, Authentication.Refused refused) {
        String told = refused.challenge() == null ? method.authenticator().challenge(exchange) : refused.challenge();
        // A 401 says at least one way to do better (RFC 9110 §15.5.2), if there is one.
        exchange.set(CHALLENGES, told == null ? challenges(exchange) : List.of(told));
        Failure failure = refused.failure();
        if (exchange.isRecorded() && failure.details().get(Failure.CAUSE) instanceof String why) {
            exchange.note(why);
        }
        return new Decision.Reject(failure);
    }

    private Decision pass(Exchange exchange, Identity identity, List<Method> asked) {
        exchange.set(Identity.OF_EXCHANGE, identity);
        exchange.set(ASKED, asked);
        headers.set(exchange, identity);
        if (exchange.isRecorded()) {
            exchange.note(identity.summary());
        }
        return Decision.CONTINUE;
    }

    /// Credentials of methods that were not needed go nowhere: nobody has looked at them. What carries the one that
    /// was believed stays as it is.
    private void withhold(Exchange exchange, int believed) {
        List<Authenticator> rest = others.get(believed);
        if (rest.isEmpty()) {
            return;
        }
        List<CredentialCarrier> kept = methods.get(believed).authenticator().carriers(exchange);
        for (Authenticator other : rest) {
            for (CredentialCarrier carrier : other.carriers(exchange)) {
                if (!kept.contains(carrier)) {
                    carrier.removeFrom(exchange);
                }
            }
        }
    }

    /// Somebody who is taken for granted, where the methods of this route would know them.
    private Decision assume(Exchange exchange, AssumedIdentity who) {
        return switch (assumed.of(exchange, who)) {
            case Assumed.Known(Identity identity) -> {
                Decision decision = pass(exchange, identity, List.of());
                exchange.note("assumed");
                yield decision;
            }
            case Assumed.Expired(Method method) -> refuse(exchange, method, EXPIRED);
            case Assumed.Unknown(Method one) -> missing(exchange, one);
        };
    }

    private Decision missing(Exchange exchange) {
        return missing(exchange, null);
    }

    /// @param one whose credential is missing; null when one of any would have done
    private Decision missing(Exchange exchange, @Nullable Method one) {
        Foreign foreign = exchange.get(FOREIGN);
        if (foreign != null) {
            // Shown, and known to nobody: not the same as none, even where `none` is enough.
            exchange.rule(foreign.method().rule(), foreign.method().place());
            return refuse(exchange, foreign.method(), foreign.refusal());
        }
        if (exchange.isRecorded()) {
            exchange.note("no credential of "
                    + methods.stream().map(Method::name).collect(Collectors.joining(all ? " and " : ", ")));
        }
        if (orNobody) {
            exchange.rule("auth.none", "");
            return Decision.CONTINUE;
        }
        return invite(exchange, one == null ? methods : List.of(one), 0);
    }

    /// The first answer that a wanted method from `index` on has in place of a refusal.
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
        List<String> challenges = challenges(exchange);
        exchange.set(CHALLENGES, challenges);
        if (wanted.size() == methods.size() && !challenges.isEmpty()) {
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
            case Authentication.Refused refusal -> refuse(exchange, method, refusal);
            case Authentication.Foreign _, Authentication.Identified _, Authentication.Awaited _ ->
                throw new IllegalStateException(method.rule() + " invites with " + said);
        };
        if (invitation != null) {
            exchange.rule(method.rule(), method.place());
        }
        return invitation;
    }

    @Override
    public Decision onResponse(Exchange exchange, Response response) {
        List<String> challenges = exchange.get(CHALLENGES);
        if (challenges == null && exchange.get(Identity.WANTED) != null) {
            challenges = challenges(exchange);
        }
        if (challenges != null && isUnauthenticated(response)) {
            challenges.forEach(challenge -> response.add(HeaderName.WWW_AUTHENTICATE, challenge));
        }
        List<Method> asked = exchange.get(ASKED);
        if (asked != null) {
            asked.forEach(method -> method.authenticator().onResponse(exchange, response));
        }
        return Decision.CONTINUE;
    }

    /// Calls of gRPC say so in a field: their status is 200 whatever became of them.
    private static boolean isUnauthenticated(Response response) {
        return response.status() == 401 || UNAUTHENTICATED.equals(response.header(GRPC_STATUS));
    }

    /// How a client can show who it is, by every method that can be asked for.
    private List<String> challenges(Exchange exchange) {
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
