package dev.gatehouse.api.state;

import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Small values by key, that expire: sessions, tokens that were revoked, counters, limits. In the gateway's memory, or
/// in a server that several gateways share. Every call may have to wait, so every answer is a stage; a stage fails
/// with an [java.io.IOException] when the store cannot be reached in its time. Whoever is in memory answers at
/// once: its stages are complete.
///
/// Keys are for everybody: who stores something begins its keys with the name of its feature (`session/…`).
public interface Store extends SharedState<Store>, AutoCloseable {
    /// The value, or null when there is none or it has expired.
    CompletionStage<byte @Nullable []> get(String key);

    /// @param lasts how long it is kept; at least 1 ms
    CompletionStage<Void> put(String key, byte[] value, Duration lasts);

    /// Keeps the value only when there is none.
    ///
    /// @return whether it was kept
    CompletionStage<Boolean> putIfAbsent(String key, byte[] value, Duration lasts);

    /// Keeps a value for longer, or less long; one that was removed meanwhile stays removed.
    ///
    /// @param lasts from now on; at least 1 ms
    /// @return whether there was one
    CompletionStage<Boolean> prolong(String key, Duration lasts);

    /// Adds to a number, which begins at 0.
    ///
    /// @param lasts from the first addition on; later ones do not prolong it
    /// @return the number after that
    CompletionStage<Long> add(String key, long amount, Duration lasts);

    /// @return whether there was a value
    CompletionStage<Boolean> remove(String key);

    /// The keys that begin so, at most `limit` of them, in no order. For operators, not for requests: it may look
    /// at all keys there are.
    CompletionStage<List<String>> keys(String prefix, int limit);

    /// Takes from several limits as one decision: from all of them or, when one of them has not enough left, from
    /// none.
    ///
    /// @return the state of each, in the same order
    CompletionStage<List<LimitState>> take(List<LimitTake> wishes);

    /// What [#take] would say now, with nothing taken.
    CompletionStage<List<LimitState>> look(List<LimitTake> wishes);

    /// Gives back what was taken from limits of concurrency; of all other kinds nothing is given back. Told and
    /// forgotten: a store that cannot be reached lets the lease run out.
    void giveBack(List<LimitTake> taken);

    @Override
    default Store peek() {
        return new PeekedStore(this);
    }

    /// How many gateways share this store and live, this one included: the last count known. 1 for memory.
    default int nodes() {
        return 1;
    }

    /// Whether it can be reached, as far as the last call says. True for memory.
    default boolean isUp() {
        return true;
    }

    /// Nobody will ask it again. On any thread.
    @Override
    default void close() {}
}
