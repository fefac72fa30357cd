package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.Response;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.PolicyStep.Verdict;
import dev.gatehouse.http1.FieldEdits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policies of a route as one exchange meets them: down in order until one does not let it pass, up in reverse
/// through those it has met, and once more at the end. One that has to wait stops the walk, which goes on later on the
/// same loop. A policy that throws, or whose jar lacks a class, fails its exchange and no other.
///
/// One that is in shadow mode is asked like any other, and what it did and decided is undone. Belongs to one
/// [ExchangeDriver] and is used again with it.
final class PolicyWalk {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyWalk.class);

    private final Loop loop;
    private final PolicyExchange exchange;
    private final FieldEdits onRequest;
    private final FieldEdits onAnswer;
    private final Walker walker;
    private final AwaitedDecision awaited;
    private final PolicyFaults faults;

    private List<PlacedPolicy> policies = List.of();
    private Duration patience = Duration.ZERO;
    private int met;
    private int above = -1;
    private @Nullable Response answer;
    private @Nullable PlacedPolicy current;
    private @Nullable PlacedPolicy decidedBy;
    private List<PolicyStep> shadows = List.of();

    private long editsBefore;
    private int attributesBefore;
    private long nanosBefore;

    /// Hears how a walk ended that had to wait.
    interface Walker {
        /// @param end the decision that ended the way down, or [Decision#CONTINUE]
        void wentDown(Decision end);

        /// @param end the decision that put an end to the answer, or [Decision#CONTINUE]
        void wentUp(Decision end);
    }

    /// @param onRequest what policies change on the way down
    /// @param onAnswer what they change on the way up
    PolicyWalk(Loop loop, PolicyExchange exchange, FieldEdits onRequest, FieldEdits onAnswer, Walker walker) {
        this.loop = loop;
        this.exchange = exchange;
        this.onRequest = onRequest;
        this.onAnswer = onAnswer;
        this.walker = walker;
        this.awaited = new AwaitedDecision(loop, this::goOn);
        this.faults = new PolicyFaults(exchange);
    }

    // ── the ways
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Down.
    ///
    /// @param wait how long one policy may make it wait
    /// @return the first decision that ends the way down, or [Decision#CONTINUE]; null when it is waited for, and
    ///     [Walker#wentDown] will be told
    @Nullable
    Decision down(List<PlacedPolicy> all, Duration wait) {
        policies = all;
        patience = wait;
        return goDown();
    }

    private @Nullable Decision goDown() {
        while (met < policies.size()) {
            PlacedPolicy one = policies.get(met++);
            before(one);
            Decision said;
            try {
                said = one.policy().onRequest(exchange);
            } catch (RuntimeException | LinkageError e) {
                said = faults.thrown(one, e, isUp());
            }
            Decision decision = heard(one, said);
            if (decision != Decision.CONTINUE) {
                return decision;
            }
        }
        return Decision.CONTINUE;
    }

    /// Whether [#up] would ask anybody.
    boolean hasAbove() {
        return above < 0 ? met > 0 : above > 0;
    }

    /// Up, or further up with another answer in the place of the one before.
    ///
    /// @return the decision that puts an end to this answer, or [Decision#CONTINUE]; null when it is waited for,
    ///     and [Walker#wentUp] will be told
    @Nullable
    Decision up(Response with) {
        answer = with;
        if (above < 0) {
            above = met;
        }
        return goUp(with);
    }

    private @Nullable Decision goUp(Response with) {
        while (above > 0) {
            PlacedPolicy one = policies.get(--above);
            before(one);
            Decision said;
            try {
                said = one.policy().onResponse(exchange, one.shadow() ? new ShadowResponse(with) : with);
            } catch (RuntimeException | LinkageError e) {
                said = faults.thrown(one, e, isUp());
            }
            Decision decision = heard(one, said);
            if (decision != Decision.CONTINUE) {
                return decision;
            }
        }
        return Decision.CONTINUE;
    }

    private boolean isUp() {
        return above >= 0;
    }

    /// Of the fields that policies change now.
    private FieldEdits edits() {
        return isUp() ? onAnswer : onRequest;
    }

    void end(Outcome outcome) {
        for (int i = met - 1; i >= 0; i--) {
            PlacedPolicy one = policies.get(i);
            exchange.asked(one);
            try {
                one.policy().onEnd(exchange, outcome);
            } catch (RuntimeException | LinkageError e) {
                LOG.error("policy {} failed at the end of an exchange", one, e);
            }
        }
    }

    /// Forgets the exchange.
    void clear() {
        policies = List.of();
        met = 0;
        above = -1;
        answer = null;
        current = null;
        decidedBy = null;
        if (!shadows.isEmpty()) {
            shadows = List.of();
        }
    }

    // ── one policy
    // ───────────────────────────────────────────────────────────────────────────────────────────────────

    private void before(PlacedPolicy one) {
        current = one;
        exchange.asked(one);
        if (one.shadow() || exchange.isRecorded()) {
            editsBefore = edits().mark();
            attributesBefore = exchange.attributes().mark();
            nanosBefore = loop.now();
        }
    }

    /// @return null when it is waited for
    private @Nullable Decision heard(PlacedPolicy one, Decision said) {
        if (said == Decision.CONTINUE && !one.shadow() && !exchange.isRecorded()) {
            return said;
        }
        Decision decision = said;
        if (said instanceof Decision.Await(var stage)) {
            CompletableFuture<? extends Decision> future = stage.toCompletableFuture();
            if (!future.isDone() && !exchange.isRehearsed()) {
                awaited.await(future, patience);
                return null;
            }
            decision = faults.result(one, future, isUp());
        }
        return settled(one, decision);
    }

    /// The policy has decided.
    ///
    /// @return what is to be done about it
    private Decision settled(PlacedPolicy one, Decision decision) {
        boolean ends = !(decision instanceof Decision.Continue);
        if (one.shadow() || exchange.isRecorded()) {
            PolicyStep step = step(one, decision);
            exchange.record(step);
            if (one.shadow()) {
                edits().rollback(editsBefore);
                exchange.attributes().rollback(attributesBefore);
                if (ends) {
                    if (shadows.isEmpty()) {
                        shadows = new ArrayList<>(2);
                    }
                    shadows.add(step);
                }
                return Decision.CONTINUE;
            }
        }
        if (ends) {
            decidedBy = exchange.decider(one);
            return decision;
        }
        return Decision.CONTINUE;
    }

    private PolicyStep step(PlacedPolicy one, Decision decision) {
        List<String> facts = exchange.takeFacts();
        String skipped = exchange.takeSkip();
        boolean changed = edits().mark() != editsBefore;
        Verdict verdict = switch (decision) {
            case Decision.Continue _ when skipped != null -> Verdict.SKIP;
            case Decision.Continue _ -> changed ? Verdict.MODIFY : Verdict.PASS;
            case Decision.Respond _ -> Verdict.ANSWER;
            case Decision.Reject(Failure failure) ->
                failure.kind() == FailureKind.INTERNAL_ERROR ? Verdict.ERROR : Verdict.DENY;
            case Decision.Await _ -> Verdict.ERROR;
        };
        String reason = switch (decision) {
            case Decision.Reject(Failure failure) -> failure.message();
            case Decision.Respond(Response response) -> "answered " + response.status();
            default -> skipped == null ? "" : skipped;
        };
        PlacedPolicy told = exchange.decider(one);
        return new PolicyStep(
                told.name(), told.place(), isUp(), verdict, one.shadow(), facts, reason, loop.now() - nanosBefore);
    }

    // ── waiting
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// What was waited for is complete: on from there.
    private void goOn(CompletableFuture<? extends Decision> future) {
        PlacedPolicy one = current;
        if (one == null) {
            return;
        }
        Decision decision = settled(one, faults.result(one, future, isUp()));
        Response with = answer;
        if (!isUp()) {
            Decision end = decision == Decision.CONTINUE ? goDown() : decision;
            if (end != null) {
                walker.wentDown(end);
            }
        } else if (with != null) {
            Decision end = decision == Decision.CONTINUE ? goUp(with) : decision;
            if (end != null) {
                walker.wentUp(end);
            }
        }
    }

    /// Whether a policy has still to decide.
    boolean isWaiting() {
        return awaited.isAwaited();
    }

    /// Nobody waits for the decision any more.
    void cancel() {
        awaited.cancel();
    }

    // ── what others see
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    /// The policy that answered or refused; null when none did.
    @Nullable
    PlacedPolicy decidedBy() {
        return decidedBy;
    }

    /// What policies in shadow mode would have decided, other than to go on.
    List<PolicyStep> shadows() {
        return shadows;
    }

    boolean hasMet() {
        return met > 0;
    }

    /// Those it has met, in order.
    List<PlacedPolicy> met() {
        return policies.subList(0, met);
    }

    /// Those it has not come to.
    List<PlacedPolicy> ahead() {
        return policies.subList(met, policies.size());
    }
}
