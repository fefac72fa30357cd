package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.grpc.GrpcTimeout;
import dev.gatehouse.engine.target.TargetClient;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The moments by which a call has to have come further: those its route sets, and, where its caller has set an
/// end, that end in the place of all of them but the one for connecting. A caller that gives a stream an hour
/// is not asked whether something came in the last minute.
///
/// All times are those of the loop's clock, in nanoseconds. Belongs to one [ProxyCall].
final class CallEnd {
    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(50);

    private TimeoutConfig timeouts = TimeoutConfig.DEFAULT;
    private long end = TargetClient.NO_END;

    void set(TimeoutConfig ofRoute, long callEnd) {
        timeouts = ofRoute;
        end = callEnd;
    }

    private boolean isSet() {
        return end != TargetClient.NO_END;
    }

    /// Whether the caller's time is over.
    boolean isPast(long now) {
        return isSet() && now - end >= 0;
    }

    /// Whether it is over or just about to be: a service that was told of the same end may act on it a moment
    /// sooner.
    boolean isNear(long now) {
        return isSet() && now - end >= -MOMENT;
    }

    /// The last moment for the head of the answer, all attempts together.
    long ofRequest(long now) {
        return isSet() ? end : now + timeouts.request().toNanos();
    }

    /// The last moment for the first octet of the answer of an instance that has the whole request.
    long ofFirstByte(long now) {
        return isSet() ? end : now + timeouts.firstByte().toNanos();
    }

    /// The last moment for anything more of either body.
    ///
    /// @param lastProgress when something came last
    long ofPause(long lastProgress) {
        return isSet() ? end : lastProgress + timeouts.idle().toNanos();
    }

    /// How much time is left, as a service is told by grpc-timeout; null where no end is set.
    byte @Nullable [] left(long now) {
        return isSet() ? GrpcTimeout.text(Math.max(0, end - now)) : null;
    }
}
