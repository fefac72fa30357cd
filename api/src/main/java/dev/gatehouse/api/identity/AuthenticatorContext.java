package dev.gatehouse.api.identity;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What an [Authenticator] may reach beyond its settings and the exchange it is asked about. Given when a
/// configuration is compiled, which opens nothing; what it hands out may be used from then on by every loop.
public interface AuthenticatorContext {
    /// The name under `security.authentication`.
    String name();

    Consumers consumers();

    TimeSource time();

    /// A source of chance that every thread may use; secrets want a [java.security.SecureRandom] of their own.
    RandomGenerator random();

    /// State that is shared between exchanges, found again by [#name] and `name` after a reload.
    <S extends SharedState<S>> StateRef<S> state(String name, Supplier<S> fresh);

    /// The store sessions and revocations are kept in: the one called so under `stores`, or the gateway's own
    /// memory.
    ///
    /// @param name null for the one the configuration names first, or memory when it names none
    /// @throws IllegalArgumentException when there is none of this name
    StateRef<Store> store(@Nullable String name);

    /// The same store, for whoever asks it whether somebody was revoked ([Revocation]): so the gateway knows where
    /// its operators have to write that.
    ///
    /// @param name as of [#store]
    /// @throws IllegalArgumentException when there is none of this name
    default StateRef<Store> revocations(@Nullable String name) {
        return store(name);
    }

    /// Nobody but this gateway says so: what clients send in a field of this name, in any spelling a service could
    /// take for the same, is dropped on every route.
    void reserve(HeaderName name);

    /// Tells the user, when the configuration is loaded, something about a setting that is no mistake.
    ///
    /// @param key of the settings: `client_secret`, `session.secret`
    /// @param sentence without a full stop
    void warn(String key, String sentence);

    /// A metric.
    ///
    /// @param name as Prometheus wants it, without `_total`
    CounterFamily counter(String name, String help, String... labels);
}
