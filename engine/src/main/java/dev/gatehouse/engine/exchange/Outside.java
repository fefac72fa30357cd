package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Mode;
import dev.gatehouse.api.identity.AssumedIdentity;
import dev.gatehouse.engine.net.Loop;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// What exchanges reach beyond themselves: the time that passes, and other servers. A running gateway's, or a
/// stage set for a rehearsal.
public interface Outside {
    /// For whom policies decide, those in shadow mode aside.
    Mode mode();

    /// Whether nobody waits for an answer on a loop, so that a policy may be waited for on the spot.
    boolean isRehearsal();

    /// Whether nobody else has to go on meanwhile: work that takes its time is done here and at once.
    default boolean mayHoldUp() {
        return true;
    }

    /// Completes on the loop after so long.
    CompletableFuture<Void> after(Loop loop, Duration delay);

    /// Calls somebody; completes on the loop.
    ///
    /// @param limit octets of the answer's body
    CompletableFuture<HttpResponse<byte[]>> call(Loop loop, HttpRequest request, int limit);

    /// Who is taken to ask, whatever the request shows. Nobody, where there are clients: only a rehearsal says
    /// otherwise.
    default @Nullable AssumedIdentity assumed() {
        return null;
    }
}
