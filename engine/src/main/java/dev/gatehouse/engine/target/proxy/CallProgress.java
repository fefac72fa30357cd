package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.net.Deadline;
import java.util.concurrent.TimeUnit;

/// How far one call has come, and by when it has to have come further. All times are those of the loop's clock, in
/// nanoseconds. Belongs to one [ProxyCall] and is used again with it.
final class CallProgress {
    /// Opening a connection has its own timer; this one is for the wait in the queue, and comes second.
    private static final long CONNECT_GRACE = TimeUnit.MILLISECONDS.toNanos(20);

    /// See the drawing of [ProxyCall].
    enum Phase {
        OVER,
        CONNECT,
        SEND,
        WAIT,
        RECEIVE,
        TUNNEL
    }

    private final Deadline deadline;
    private final CallEnd end = new CallEnd();
    private TimeoutConfig timeouts = TimeoutConfig.DEFAULT;
    private Phase phase = Phase.OVER;
    private long requestDeadline;
    private long lastProgress;

    /// @param deadline the call's only one; in [Phase#TUNNEL] it is the tunnel's
    CallProgress(Deadline deadline) {
        this.deadline = deadline;
    }

    /// A call begins; its first attempt is still to come.
    void begin(TimeoutConfig ofRoute, long callEnd, long now) {
        timeouts = ofRoute;
        end.set(ofRoute, callEnd);
        phase = Phase.CONNECT;
        requestDeadline = end.ofRequest(now);
    }

    Phase phase() {
        return phase;
    }

    /// The end its caller has set, if one has.
    CallEnd end() {
        return end;
    }

    void enter(Phase next, long now) {
        phase = next;
        switch (next) {
            case CONNECT -> arm(now + timeouts.connect().toNanos() + CONNECT_GRACE);
            case WAIT -> arm(end.ofFirstByte(now));
            case SEND, RECEIVE -> deadline.at(end.ofPause(now));
            case TUNNEL -> {}
            case OVER -> deadline.disarm();
        }
    }

    private void arm(long at) {
        deadline.at(at - requestDeadline < 0 ? at : requestDeadline);
    }

    /// The service has the whole request: the time for its answer begins.
    void requestSent(long now) {
        requestDeadline = end.ofRequest(now);
        enter(Phase.WAIT, now);
    }

    /// Something of either body has come, or the head of the answer. Arms nothing: a deadline that comes too early
    /// asks [#isSilent].
    void moved(long now) {
        lastProgress = now;
    }

    /// Whether nothing has come for longer than the route allows; if not, the deadline is set to when that may be.
    boolean isSilent(long now) {
        long idleUntil = end.ofPause(lastProgress);
        if (now - idleUntil < 0) {
            deadline.at(idleUntil);
            return false;
        }
        return true;
    }
}
