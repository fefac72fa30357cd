package dev.gatehouse.app.admin.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One instance of a service.
///
/// @param address host and port, as written: `10.0.3.11:8080`
/// @param backup it takes requests only when no other can
/// @param reason why it is in this state, in a few words: `5×503, back in 12 s`; null otherwise
/// @param inFlight requests it has not answered yet
/// @param requests sent to it since the process started
/// @param failures how many of these failed: no connection, no answer, a broken one, or a bad status
/// @param lastCheck null when its health is not checked, or not yet
public record InstanceStatus(
        String address,
        int weight,
        boolean backup,
        InstanceState state,
        @Nullable String reason,
        int inFlight,
        long requests,
        long failures,
        @Nullable Check lastCheck) {
    /// The last look at its health.
    ///
    /// @param status of the answer, null when there was none
    /// @param ms how long it took, in milliseconds
    public record Check(@Nullable Integer status, long ms, Instant at) {}
}
