package dev.gatehouse.policy.auth;

import dev.gatehouse.api.Attribute;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Policy;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.identity.Authentication;
import dev.gatehouse.api.identity.Authentication.Foreign;
import dev.gatehouse.api.identity.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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
    /// What the client is told in `WWW-Authenticate`, once it is refused.
    private static final Attribute<List<String>> CHALLENGES = Attribute.of("challenges");

    /// Who identified the client, to be shown the answer.
    private static final Attribute<List<Method>> ASKED = Attribute.of("asked authenticators");

    private static final Decision MISSING =
            new Decision.Reject(new Failure(FailureKind.UNAUTHENTICATED, "Missing authentication"));

    private final List<Method> methods;
    private final boolean all;
    private final boolean orNobody;
    private final IdentityHeaders headers;

    /// One for every method, so that the common request makes no list.
    private final List<List<Method>> alone;

    /// @param all whether every one has to be met
    /// @param orNobody whether requests without credentials pass
    AuthPolicy(List<Method> methods, boolean all, boolean orNobody, IdentityHeaders headers) {
        this.methods = List.copyOf(methods);
        this.all = all;
        this.orNobody = orNobody;
        this.headers = headers;
        this.alone = methods.stream().map(List::of).toList();
    }

    @Override
    public Decision onRequest(Exchange exchange) {
        Identity assumed = exchange.get(Identity.ASSUMED);
        return assumed == null ? ask(exchange, 0, null, null) : assume(exchange, assumed);
    }

    /// From method `index` on.
    ///
    /// @param soFar who those before said it is; null when none has said anything
    /// @param foreign of those before the first that knew the credential's form, but not the credential
    private Decision ask(Exchange exchange, int index, @Nullable Identity soFar, @Nullable Foreign foreign) {
        Identity known = soFar;
        Foreign unknown = foreign;
        for (int i = index; i < methods.size(); i++) {
            Method method = methods.get(i);
            exchange.rule(method.rule(), method.place());
            Authentication said = method.authenticator().authenticate(exchange);
            if (said instanceof Authentication.Awaited(CompletionStage<? extends Authentication> stage)) {
                return later(exchange, i, known, unknown, stage);
            }
            Decision end = heard(exchange, i, known, said);
            if (end != null) {
                return end;
            }
            known = together(known, said);
            unknown = unknown == null && said instanceof Foreign other ? other : unknown;
        }
        return unknown == null ? missing(exchange) : refuse(exchange, methods.getLast(), unknown.refusal());
    }

    private Decision later(
            Exchange exchange,
            int index,
            @Nullable Identity soFar,
            @Nullable Foreign foreign,
            CompletionStage<? extends Authentication> stage) {
        return new Decision.Await(exchange.onLoop(stage).thenCompose(said -> {
            Decision end = heard(exchange, index, soFar, said);
            if (end == null) {
                Foreign unknown = foreign == null && said instanceof Foreign other ? other : foreign;
                end = ask(exchange, index + 1, together(soFar, said), unknown);
            }
            return end instanceof Decision.Await(CompletionStage<? extends Decision> more)
                    ? more.thenApply(decision -> (Decision) decision)
                    : CompletableFuture.completedFuture(end);
        }));
    }

    private static @Nullable Identity together(@Nullable Identity known, Authentication said) {
        if (!(said instanceof Authentication.Identified(Identity identity))) {
            return known;
        }
        return known == null ? identity : known.and(identity);
    }

    /// What follows from what method `index` said; null when the next is to be asked.
    private @Nullable Decision heard(Exchange exchange, int index, @Nullable Identity soFar, Authentication said) {
        Method method = methods.get(index);
        return switch (said) {
            case Authentication.Absent _ -> all ? missing(exchange) : null;
            case Foreign(Authentication.Refused refusal) -> all ? refuse(exchange, method, refusal) : null;
            case Authentication.Identified(Identity identity) when !all ->
                pass(exchange, identity, alone.get(index));
            case Authentication.Identified(Identity identity) ->
                index == methods.size() - 1
                        ? pass(exchange, soFar == null ? identity : soFar.and(identity), methods)
                        : null;
            case Authentication.Refused refusal -> refuse(exchange, method, refusal);
            case Authentication.Answered(Response response) -> new Decision.Respond(response);
            case Authentication.Awaited _ ->
                throw new IllegalStateException(method.rule() + " waits for something it has to wait for");
        };
    }

    private static Decision refuse(Exchange exchange, Method method, Authentication.Refused refusal) {
        String told = refusal.challenge() == null ? method.authenticator().challenge(exchange) : refusal.challenge();
        exchange.set(CHALLENGES, told == null ? List.of() : List.of(told));
        return new Decision.Reject(refusal.failure());
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

    /// Somebody who is taken for granted, if this route asks for anybody of that kind.
    private Decision assume(Exchange exchange, Identity identity) {
        for (Method method : methods) {
            if (identity.method().isEmpty() || identity.method().equals(method.name())) {
                exchange.rule(method.rule(), method.place());
                exchange.note("assumed");
                return pass(exchange, identity, List.of());
            }
        }
        return missing(exchange);
    }

    private Decision missing(Exchange exchange) {
        exchange.note("no credential");
        if (orNobody) {
            exchange.rule("auth.none", "");
            return Decision.CONTINUE;
        }
        return invite(exchange, 0);
    }

    /// The first answer that a method from `index` on has in place of a refusal.
    private Decision invite(Exchange exchange, int index) {
        for (int i = index; i < methods.size(); i++) {
            Method method = methods.get(i);
            Authentication said = method.authenticator().invitation(exchange);
            if (said instanceof Authentication.Awaited(CompletionStage<? extends Authentication> stage)) {
                return inviteLater(exchange, i, stage);
            }
            Decision invitation = invitation(exchange, method, said);
            if (invitation != null) {
                return invitation;
            }
        }
        exchange.set(CHALLENGES, challenges(exchange));
        return MISSING;
    }

    private Decision inviteLater(Exchange exchange, int index, CompletionStage<? extends Authentication> stage) {
        return new Decision.Await(exchange.onLoop(stage).thenCompose(said -> {
            Decision invitation = invitation(exchange, methods.get(index), said);
            Decision end = invitation == null ? invite(exchange, index + 1) : invitation;
            return end instanceof Decision.Await(CompletionStage<? extends Decision> more)
                    ? more.thenApply(decision -> (Decision) decision)
                    : CompletableFuture.completedFuture(end);
        }));
    }

    /// Null when the method has none.
    private static @Nullable Decision invitation(Exchange exchange, Method method, Authentication said) {
        Decision invitation =
                switch (said) {
                    case Authentication.Absent _ -> null;
                    case Authentication.Answered(Response response) -> new Decision.Respond(response);
                    case Authentication.Refused refusal -> refuse(exchange, method, refusal);
                    case Foreign _, Authentication.Identified _, Authentication.Awaited _ ->
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
        if (challenges != null && response.status() == 401) {
            challenges.forEach(challenge -> response.add(HeaderName.WWW_AUTHENTICATE, challenge));
        }
        List<Method> asked = exchange.get(ASKED);
        if (asked != null) {
            asked.forEach(method -> method.authenticator().onResponse(exchange, response));
        }
        return Decision.CONTINUE;
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
