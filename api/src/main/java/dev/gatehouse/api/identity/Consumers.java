package dev.gatehouse.api.identity;

import dev.gatehouse.api.Exchange;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Everybody we know by name, and whose keys are whose: those of the file and those that were made while the gateway
/// runs. Shared by all loops.
public interface Consumers {
    /// A consumer of the file, or one that was remembered from the store; null for a name nobody has.
    @Nullable
    Consumer consumer(String name);

    /// A plan; null for a name none has.
    @Nullable
    Plan plan(String name);

    /// Whose key this is. Complete at once for keys of the file, keys that were looked up a moment ago, and texts
    /// that can be no key; else the store is asked. Fails with an [java.io.IOException] when that cannot be
    /// reached.
    ///
    /// @param exchange which knows who is asking: nothing is written in `explain`
    CompletionStage<KeyOwner> owner(Exchange exchange, CharSequence key);

    /// What became of a look-up.
    sealed interface KeyOwner {
        /// @param id what people call the key: `k_7Qd3`
        /// @param expires null for never
        record Known(Consumer consumer, String id, @Nullable Instant expires) implements KeyOwner {}

        /// Somebody's once: expired, or revoked.
        record Lapsed(String id, String why) implements KeyOwner {}

        record Unknown() implements KeyOwner {}
    }
}
