package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.BodyTooLargeException;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.NeedsNetworkException;
import java.io.IOException;
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

/// What becomes of one exchange when a policy did not decide but threw, or promised a decision and did not keep it: a
/// body too large is the client's or the service's fault, a network that fails leaves the rule undecided, anything
/// else is a bug of the policy and fails this exchange, and no other.
final class PolicyFaults {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyFaults.class);

    /// In a rehearsal nobody else is kept waiting.
    private static final long REHEARSAL_SECONDS = 5;

    private final PolicyExchange exchange;

    PolicyFaults(PolicyExchange exchange) {
        this.exchange = exchange;
    }

    /// What `one` has decided in the end. Waits for it in a rehearsal, and nowhere else.
    ///
    /// @param future complete, but for a rehearsal
    /// @param onAnswer whether it was asked on the way up
    /// @return never [Decision.Await]
    Decision result(PlacedPolicy one, CompletableFuture<? extends Decision> future, boolean onAnswer) {
        try {
            Decision decision =
                    exchange.isRehearsed() ? future.get(REHEARSAL_SECONDS, TimeUnit.SECONDS) : future.resultNow();
            if (decision instanceof Decision.Await || decision == null) {
                throw new IllegalStateException("a stage must complete with a decision, not with " + decision);
            }
            return decision;
        } catch (ExecutionException e) {
            return thrown(one, e.getCause(), onAnswer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return thrown(one, e, onAnswer);
        } catch (TimeoutException | CancellationException e) {
            return undecided("The request could not be judged in time. Please try again.");
        } catch (IllegalStateException e) {
            boolean kept = future.state() == CompletableFuture.State.SUCCESS;
            return thrown(one, kept ? e : causeOf(future, e), onAnswer);
        }
    }

    private static Throwable causeOf(CompletableFuture<? extends Decision> future, IllegalStateException e) {
        return switch (future.state()) {
            case FAILED -> future.exceptionNow();
            case CANCELLED -> new CancellationException();
            case SUCCESS, RUNNING -> e;
        };
    }

    /// What comes of what `one` has thrown.
    Decision thrown(PlacedPolicy one, @Nullable Throwable thrown, boolean onAnswer) {
        Throwable why = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        return switch (why) {
            case BodyTooLargeException e when !onAnswer -> new Decision.Reject(Faults.bodyTooLarge(e.limit()));
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
                LOG.error("policy {} failed on {}", one, onAnswer ? "an answer" : "a request", why);
                yield new Decision.Reject(
                        new Failure(FailureKind.INTERNAL_ERROR, "Something went wrong in the gateway."));
            }
        };
    }

    private static Decision undecided(String message) {
        return new Decision.Reject(new Failure(FailureKind.POLICY_UNDECIDED, message, Map.of("retry_after", 1)));
    }
}
