package dev.gatehouse.app.admin.view;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing that differs from the files because a person changed it while the gateway runs.
///
/// @param state what it is now
/// @param until when it ends by itself; null when it stays until somebody takes it back or the process ends
public record RuntimeOverride(
        String service,
        String instance,
        InstanceState state,
        Instant since,
        @Nullable Instant until) {}
