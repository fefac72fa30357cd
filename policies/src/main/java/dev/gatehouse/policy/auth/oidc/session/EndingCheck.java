package dev.gatehouse.policy.auth.oidc.session;

import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.policy.auth.oidc.session.KnownSession.Heard;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Whether a session ended before its time, with as few questions to the store as will do. Used by all loops.
///
/// ```
///   asked within `cache`, and nothing ended here since ──────────────▶ good, without a question
///   asked before        ─▶ the mark, the revoked subject ─ same mark ─▶ good, with two
///   never, or a new mark ─▶ … ─▶ the session, its login, its user ───▶ good or ended
/// ```
///
/// @param cache how long a good answer holds for this gateway; zero for not at all
record EndingCheck(EndedSessions ended, Duration cache, TimeSource time) {
    /// Fails with an [java.io.IOException] when the store cannot be reached.
    ///
    /// @param here what this gateway ended itself, which holds at once
    CompletionStage<Boolean> isEnded(Store store, OpenedSessions here, KnownSession known) {
        long endings = here.endings();
        Heard last = known.heard();
        if (last != null && last.endings() == endings && time.nanos() - last.until() < 0) {
            return CompletableFuture.completedFuture(false);
        }
        return ended.glance(store, known).thenCompose(glance -> {
            if (glance.revoked()) {
                return CompletableFuture.completedFuture(true);
            }
            Heard now = new Heard(glance.mark(), time.nanos() + cache.toNanos(), endings);
            if (last != null && Objects.equals(last.mark(), glance.mark())) {
                known.heard(now);
                return CompletableFuture.completedFuture(false);
            }
            return ended.has(store, known).thenApply(is -> {
                known.heard(is ? null : now);
                return is;
            });
        });
    }
}
