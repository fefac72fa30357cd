package dev.gatehouse.engine.target.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Failure;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.connection.ConnectionWish;
import dev.gatehouse.engine.service.connection.ServiceFault;
import dev.gatehouse.engine.service.connection.ServicePool;
import dev.gatehouse.engine.service.connection.Waiter;
import dev.gatehouse.engine.service.health.AttemptOutcome;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.engine.target.proxy.CallProgress.Phase;
import dev.gatehouse.http1.ParsedResponse;
import org.jspecify.annotations.Nullable;

/// The attempts of one call to get its request to an instance, and what comes of each fault and each missed moment:
/// another instance while nothing was sent, the same once more when it has certainly not acted, or the failure the
/// client is told.
///
/// Belongs to one [ProxyCall] and is used again with it.
final class AttemptLoop {
    private static final byte[] SET_COOKIE = "Set-Cookie".getBytes(US_ASCII);

    private final ProxyCall call;
    private final Loop loop;
    private final ServicePool pool;
    private final Attempts attempts;
    private final OutgoingRequest outgoing;
    private final CallProgress progress;

    private @Nullable TargetClient client;
    private @Nullable Instance instance;
    private @Nullable Waiter waiter;

    /// Whether the connection has carried other calls before.
    private boolean reused;

    private boolean retried;

    /// Whether octets of the body have been handed over: they are not kept for another attempt.
    private boolean bodyBegun;

    AttemptLoop(ProxyCall call, ServiceLane lane, OutgoingRequest outgoing, CallProgress progress) {
        this.call = call;
        this.loop = lane.loop();
        this.pool = lane.pool();
        this.attempts = lane.attempts();
        this.outgoing = outgoing;
        this.progress = progress;
    }

    /// The first attempt.
    ///
    /// @return why there is none, as the client is told; null when there is
    @Nullable
    Failure begin(TargetClient exchange, long now) {
        client = exchange;
        waiter = null;
        retried = false;
        bodyBegun = false;
        Instance first = attempts.first(exchange.facts(), now);
        if (first == null) {
            return unavailable();
        }
        instance = first;
        outgoing.complete(exchange, first);
        attempt(ConnectionWish.ANY, now);
        return null;
    }

    private void attempt(ConnectionWish wish, long now) {
        Instance to = instance;
        TargetClient exchange = client;
        if (to == null || exchange == null) {
            return;
        }
        exchange.sentTo(pool.service(), to, outgoing.rewritten());
        progress.enter(Phase.CONNECT, now);
        Waiter waiting = pool.acquire(call, to, outgoing.upgrade() != null ? ConnectionWish.HTTP_1_1 : wish);
        // Heard at once, the call may be over by now, or even serve another exchange.
        if (waiting != null && waiting.isWaiting()) {
            waiter = waiting;
        }
    }

    /// There is a connection for it.
    void connected(boolean wasUsed) {
        waiter = null;
        reused = wasUsed;
    }

    /// What of the body is handed over now cannot be sent a second time.
    void bodyBegins() {
        bodyBegun = true;
    }

    /// The instance has answered with a final head, or 101.
    void answered(ParsedResponse head, long now) {
        AttemptOutcome outcome = head.status() >= 500 ? AttemptOutcome.ERROR_STATUS : AttemptOutcome.ANSWERED;
        attempts.report(outcome, head.status(), now);
        byte[] cookie = attempts.cookie();
        if (cookie != null && client != null) {
            client.addToAnswer(SET_COOKIE, cookie);
        }
    }

    /// The attempt has come to nothing.
    ///
    /// @return what the client is told; null when there is another attempt
    @Nullable
    Failure onFault(ServiceFault fault, @Nullable String detail) {
        waiter = null;
        TargetClient exchange = client;
        if (exchange == null) {
            return null;
        }
        boolean brokenOff = switch (fault) {
            case CLOSED_BEFORE_ANSWER, CLOSED_WITHIN_ANSWER, RESET_BEFORE_ANSWER -> true;
            case CONNECT_FAILED, TLS_FAILED, NO_CONNECTION, NOT_PROCESSED, NO_UPGRADE, BROKEN_ANSWER -> false;
        };
        if (brokenOff && progress.end().isNear(loop.now())) {
            // It knows when the call has to be over, and gave up in time.
            report(AttemptOutcome.NOTHING);
            return ServiceFailures.late();
        }
        return switch (fault) {
            case CONNECT_FAILED -> {
                report(AttemptOutcome.CONNECT_FAILED);
                yield elsewhere(unavailable());
            }
            case TLS_FAILED -> {
                report(AttemptOutcome.TLS_FAILED);
                yield elsewhere(ServiceFailures.tls(pool.service(), detail));
            }
            case NOT_PROCESSED -> {
                // It closes the connection in good order, or has enough to do: no failure of the instance.
                report(AttemptOutcome.NOTHING);
                yield again();
            }
            case NO_UPGRADE -> {
                report(AttemptOutcome.NOTHING);
                yield ServiceFailures.noUpgrade(pool.service());
            }
            case NO_CONNECTION -> unavailable();
            case CLOSED_BEFORE_ANSWER -> {
                if (!reused) {
                    // A connection that was kept may be closed at any time; a new one that says nothing is a fault.
                    report(AttemptOutcome.BROKEN_ANSWER);
                }
                yield onFreshConnection(exchange);
            }
            case CLOSED_WITHIN_ANSWER -> {
                report(AttemptOutcome.BROKEN_ANSWER);
                yield broken("It closed the connection in the middle of its answer.");
            }
            case BROKEN_ANSWER, RESET_BEFORE_ANSWER -> {
                report(AttemptOutcome.BROKEN_ANSWER);
                yield broken(detail == null ? "It is not HTTP." : detail);
            }
        };
    }

    private void report(AttemptOutcome outcome) {
        attempts.report(outcome, 0, loop.recent());
    }

    /// The service has done nothing about the request: another instance may, if there still is all of it to send.
    private @Nullable Failure elsewhere(Failure otherwise) {
        long now = loop.recent();
        Instance next = bodyBegun ? null : attempts.next(now);
        if (next == null) {
            return otherwise;
        }
        instance = next;
        attempt(ConnectionWish.ANY, now);
        return null;
    }

    /// The same, and the instance itself may be asked once more when there is no other: it closes one connection
    /// and takes the next.
    private @Nullable Failure again() {
        Instance same = instance;
        if (bodyBegun || retried || same == null) {
            return ServiceFailures.notProcessed(pool.service());
        }
        long now = loop.recent();
        Instance next = attempts.next(now);
        if (next == null) {
            retried = true;
            attempts.again(same);
            next = same;
        }
        instance = next;
        attempt(ConnectionWish.ANY, now);
        return null;
    }

    /// The service closed a kept connection as we sent: it never saw the request, or may see it twice without harm.
    private @Nullable Failure onFreshConnection(TargetClient exchange) {
        if (!reused
                || retried
                || exchange.hasRequestBody()
                || !exchange.requestSlices().isIdempotent()) {
            return broken("It closed the connection without an answer.");
        }
        retried = true;
        attempt(ConnectionWish.FRESH, loop.recent());
        return null;
    }

    /// A moment has passed by which the call had to have come further, or might have had to.
    ///
    /// @return what the client is told; null when there still is time, and in a tunnel, which has its own moments
    @Nullable
    Failure onDeadline(long now) {
        if (progress.phase() != Phase.OVER && progress.end().isPast(now)) {
            // It says nothing about the instance: the caller may have had no patience at all.
            forgetWaiter();
            return ServiceFailures.late();
        }
        return switch (progress.phase()) {
            case CONNECT -> {
                forgetWaiter();
                yield unavailable();
            }
            case WAIT -> {
                report(AttemptOutcome.TIMED_OUT);
                yield ServiceFailures.timeout();
            }
            case SEND, RECEIVE -> progress.isSilent(now) ? ServiceFailures.timeout() : null;
            case TUNNEL, OVER -> null;
        };
    }

    /// It no longer waits for a connection, if it does.
    void forgetWaiter() {
        Waiter waiting = waiter;
        waiter = null;
        if (waiting != null) {
            pool.forget(waiting);
        }
    }

    /// The call is over.
    void end() {
        client = null;
        waiter = null;
        instance = null;
        attempts.end(loop.recent());
    }

    private Failure unavailable() {
        return ServiceFailures.unavailable(pool.service());
    }

    Failure broken(String detail) {
        return ServiceFailures.broken(pool.service(), detail);
    }
}
