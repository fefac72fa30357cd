package dev.gatehouse.api.state;

import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.time.TimeSource;
import java.time.Duration;

/// Makes stores of one type from what the user wrote under `stores`. Found by [java.util.ServiceLoader].
///
/// @param <C> the settings, a record with [dev.gatehouse.api.config.Settings] called `stores.<type>`; the keys `type`
///     and `on_store_down` are not its own
public interface StoreFactory<C extends Record> {
    /// Of stores that say nothing else.
    Duration USUAL_PATIENCE = Duration.ofMillis(20);

    /// What the user writes as `type`, and the name of an entry that says no type. In `snake_case`.
    String type();

    Class<C> configType();

    /// Connects to nothing yet: a store does so when it is first asked, or told to [Context#isRunning].
    ///
    /// @throws IllegalArgumentException for settings that make no sense, with a sentence for the user; one that
    ///     begins with `key: ` is shown at that key
    Store create(C config, Context context);

    /// How long a question to a store made so takes at most before it fails. At load, without the store.
    default Duration patience(C config) {
        return USUAL_PATIENCE;
    }

    /// What a store may reach.
    interface Context {
        /// The name under `stores`.
        String name();

        TimeSource time();

        /// What this gateway is called among those that share the store: unlike any other, another one after a
        /// restart.
        String node();

        /// Whether requests will be served with it: else it is only looked at, as for `check`.
        boolean isRunning();

        /// A metric.
        ///
        /// @param name as Prometheus wants it, without `_total`
        CounterFamily counter(String name, String help, String... labels);
    }
}
