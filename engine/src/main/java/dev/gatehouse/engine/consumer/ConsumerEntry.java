package dev.gatehouse.engine.consumer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One consumer, as operators see it.
///
/// @param inFile whether it stands in the file; else it is in the store
public record ConsumerEntry(
        String name,
        boolean inFile,
        @Nullable String plan,
        @Nullable String contact,
        List<String> groups,
        List<String> roles) {
    public ConsumerEntry {
        groups = List.copyOf(groups);
        roles = List.copyOf(roles);
    }

    static ConsumerEntry of(StoredConsumer made) {
        return new ConsumerEntry(made.name(), false, made.plan(), made.contact(), made.groups(), made.roles());
    }
}
