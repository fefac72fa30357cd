package dev.gatehouse.engine.telemetry.recent;

import dev.gatehouse.engine.telemetry.DecisionTrace;
import org.jspecify.annotations.Nullable;

/// A request that has ended, as it is remembered. Its query, its fields and its body are not: they may hold secrets.
///
/// @param at whose ring it stands in, and where
/// @param id under which it is found again
/// @param method empty when the head could not be read
/// @param path without the query; at most [Slot#MOST_PATH] octets of it
/// @param client its address
/// @param route what people call it; null when there was none
/// @param service it was sent to; null when the gateway answered by itself
/// @param instance the address it was sent to last; null when no connection was tried
/// @param consumer who called; null when it is nobody we know by name
/// @param attempts how often an instance was chosen for it
/// @param status what the client was sent; 0 when it was sent no head
/// @param code why it was not served; null when it was
/// @param message what the failure said; null without one
/// @param decidedBy the policy that answered or refused; null when none did
/// @param complete whether the client was sent the whole answer
/// @param bytesIn octets of the request's body
/// @param bytesOut octets of the answer's body
/// @param startedMillis of the epoch
/// @param durationNanos from the whole head to the end of the answer
/// @param serviceNanos from choosing the last instance to the head of its answer; -1 when no service answered
/// @param trace how it came about; null when that was not kept
public record RecentRequest(
        Position at,
        String id,
        String method,
        String path,
        String client,
        @Nullable String route,
        @Nullable String service,
        @Nullable String instance,
        @Nullable String consumer,
        int attempts,
        int status,
        @Nullable String code,
        @Nullable String message,
        @Nullable String decidedBy,
        boolean complete,
        long bytesIn,
        long bytesOut,
        long startedMillis,
        long durationNanos,
        long serviceNanos,
        @Nullable DecisionTrace trace) {
    /// Where it stands among all that are kept: the newest first, and never two at the same place.
    ///
    /// @param ended roughly when, in nanoseconds of the epoch
    /// @param loop whose ring it is in
    /// @param number of this request on its loop
    public record Position(long ended, int loop, long number) implements Comparable<Position> {
        @Override
        public int compareTo(Position other) {
            int order = Long.compare(other.ended, ended);
            order = order != 0 ? order : Integer.compare(loop, other.loop);
            return order != 0 ? order : Long.compare(other.number, number);
        }
    }
}
