package dev.gatehouse.api.state;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Small values by key, that expire: sessions, tokens that were revoked, counters. In the gateway's memory, or in a
/// server that several gateways share. Every call may have to wait, so every answer is a stage; a stage fails when the
/// store cannot be reached.
///
/// Keys are for everybody: who stores something begins its keys with the name of its feature (`session/…`).
public interface Store extends SharedState<Store> {
    /// The value, or null when there is none or it has expired.
    CompletionStage<byte @Nullable []> get(String key);

    /// @param lasts how long it is kept; at least 1 ms
    CompletionStage<Void> put(String key, byte[] value, Duration lasts);

    /// Keeps the value only when there is none.
    ///
    /// @return whether it was kept
    CompletionStage<Boolean> putIfAbsent(String key, byte[] value, Duration lasts);

    /// Adds to a number, which begins at 0.
    ///
    /// @param lasts from the first addition on; later ones do not prolong it
    /// @return the number after that
    CompletionStage<Long> add(String key, long amount, Duration lasts);

    /// @return whether there was a value
    CompletionStage<Boolean> remove(String key);
}
