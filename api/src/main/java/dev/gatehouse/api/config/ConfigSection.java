package dev.gatehouse.api.config;

import java.util.List;

/// A feature's own section at the top of the configuration file. Found by [java.util.ServiceLoader]; called once, when
/// the gateway starts.
///
/// @param <R> the section's record, with [Settings]
public interface ConfigSection<R extends Record> {
    /// The key at the top of the file, in `snake_case`.
    String name();

    /// Older or plainer spellings of the key that mean the same.
    default List<String> aliases() {
        return List.of();
    }

    Class<R> type();
}
