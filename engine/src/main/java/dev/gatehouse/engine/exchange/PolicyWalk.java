package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.BodyTooLargeException;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.NeedsNetworkException;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.Response;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.PolicyStep.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The policies of a route as one exchange meets them: down in order until one does not let it pass, up in reverse
/// through those it has met, and once more at the end. One that has to wait stops the walk, which goes on later on the
/// same loop. A policy that throws, or whose jar lacks a class,
/// fails its exchange and no other.
final class PolicyWalk {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyWalk.class);

    /// In a rehearsal nobody else is kept waiting.
    private static final long REHEARSAL_SECONDS = 5;

    private final Loop loop;
    private final PolicyExchange exchange;
    private final Walker walker;

    private List<PlacedPolicy> policies = List.of();
    private Duration patience = Duration.ZERO;
    private int met;
    private int above = -1;
    private @Nullable Response answer;
    private @Nullable PlacedPolicy current;
    private @Nullable PlacedPolicy decidedBy;
    private List<PolicyStep> shadows = List.of();

    private @Nullable CompletableFuture<? extends Decision> waiting;
    private @Nullable Deadline deadline;
    private int turn;

    private long editsBefore;
    private int attributesBefore;
    private long nanosBefore;

    /// Hears how a walk ended that had to wait.
    interface Walker {
        /// @param end the decision that ended the way down, or [Decision#CONTINUE]
        void wentDown(Decision end);

        /// @param end the decision that put an end to the answer, or [Decision#CONTINUE]
        void wentUp(Decision end);

        /// A moment of the fields that policies change now, to see whether they changed any.
        long mark(boolean onAnswer);

        void rollback(boolean onAnswer, long mark);
    }

    PolicyWalk(Loop loop, PolicyExchange exchange, Walker walker) {
        this.loop = loop;
        this.exchange = exchange;
        this.walker = walker;
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
            before(one, false);
            Decision said;
            try {
                said = one.policy().onRequest(exchange);
            } catch (RuntimeException | LinkageError e) {
                said = failed(one, e);
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
            before(one, true);
            Decision said;
            try {
                said = one.policy().onResponse(exchange, one.shadow() ? new ShadowResponse(with) : with);
            } catch (RuntimeException | LinkageError e) {
                said = failed(one, e);
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

    private void before(PlacedPolicy one, boolean onAnswer) {
        current = one;
        exchange.asked(one);
        if (one.shadow() || exchange.isRecorded()) {
            editsBefore = walker.mark(onAnswer);
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
                waitFor(future);
                return null;
            }
            decision = result(one, future);
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
                walker.rollback(isUp(), editsBefore);
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
        boolean changed = walker.mark(isUp()) != editsBefore;
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

    private void waitFor(CompletableFuture<? extends Decision> future) {
        waiting = future;
        int mine = ++turn;
        Deadline until = deadline;
        if (until == null) {
            until = loop.exchanges().register(this::onDeadline);
            deadline = until;
        }
        until.at(loop.now() + patience.toNanos());
        // Never on the spot: who completes it may be in the middle of something, the body of this exchange perhaps.
        future.whenComplete((_, _) -> loop.execute(() -> goOn(mine, future)));
    }

    private void onDeadline() {
        CompletableFuture<? extends Decision> future = waiting;
        if (future != null) {
            future.cancel(true);
        }
    }

    private void goOn(int mine, CompletableFuture<? extends Decision> future) {
        PlacedPolicy one = current;
        if (mine != turn || waiting != future || one == null) {
            return;
        }
        loop.now();
        stopWaiting();
        Decision decision = settled(one, result(one, future));
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

    private void stopWaiting() {
        waiting = null;
        turn++;
        if (deadline != null) {
            deadline.disarm();
        }
    }

    /// Whether a policy has still to decide.
    boolean isWaiting() {
        return waiting != null;
    }

    /// Nobody waits for the decision any more.
    void cancel() {
        CompletableFuture<? extends Decision> future = waiting;
        if (future != null) {
            stopWaiting();
            future.cancel(true);
        }
    }

    private Decision result(PlacedPolicy one, CompletableFuture<? extends Decision> future) {
        try {
            Decision decision =
                    exchange.isRehearsed() ? future.get(REHEARSAL_SECONDS, TimeUnit.SECONDS) : future.resultNow();
            if (decision instanceof Decision.Await || decision == null) {
                throw new IllegalStateException("a stage must complete with a decision, not with " + decision);
            }
            return decision;
        } catch (ExecutionException e) {
            return failed(one, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(one, e);
        } catch (TimeoutException | CancellationException e) {
            return undecided("The request could not be judged in time. Please try again.");
        } catch (IllegalStateException e) {
            return failed(one, future.state() == CompletableFuture.State.SUCCESS ? e : causeOf(future, e));
        }
    }

    private static Throwable causeOf(CompletableFuture<? extends Decision> future, IllegalStateException e) {
        return switch (future.state()) {
            case FAILED -> future.exceptionNow();
            case CANCELLED -> new CancellationException();
            case SUCCESS, RUNNING -> e;
        };
    }

    private Decision failed(PlacedPolicy one, @Nullable Throwable thrown) {
        Throwable why = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return switch (why) {
            case BodyTooLargeException e when !isUp() -> new Decision.Reject(Faults.bodyTooLarge(e.limit()));
            case BodyTooLargeException _ ->
                new Decision.Reject(new Failure(
                        FailureKind.SERVICE_BAD_RESPONSE,
                        "The service gave an answer that is too large to be passed on."));
            case NeedsNetworkException e
            when exchange.mode() == Mode.EXPLAIN -> {
                exchange.skip(String.valueOf(e.getMessage()));
                yield Decision.CONTINUE;
            }
            case CancellationException _ -> undecided("The request could not be judged in time. Please try again.");
            case IOException e -> {
                exchange.note(e.toString());
                LOG.debug("policy {} could not decide", one, e);
                yield undecided("The request could not be judged at the moment. Please try again.");
            }
            case null, default -> {
                LOG.error("policy {} failed on {}", one, isUp() ? "an answer" : "a request", why);
                yield new Decision.Reject(
                        new Failure(FailureKind.INTERNAL_ERROR, "Something went wrong in the gateway."));
            }
        };
    }

    private static Decision undecided(String message) {
        return new Decision.Reject(new Failure(FailureKind.POLICY_UNDECIDED, message, Map.of("retry_after", 1)));
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
