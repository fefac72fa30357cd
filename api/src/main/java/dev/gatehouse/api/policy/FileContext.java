package dev.gatehouse.api.policy;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.PathPattern;
import dev.gatehouse.api.PathPatterns;
import dev.gatehouse.api.expression.Expression;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.state.OnStoreDown;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What policies may reach that is the same on every route of one configuration. Given when that is compiled, which
/// opens nothing; what it hands out may be used from then on by every loop.
public interface FileContext {
    TimeSource time();

    /// A source of chance that every thread may use.
    RandomGenerator random();

    /// The store of the gateway: the one the configuration names first, or the gateway's own memory when it names
    /// none.
    default StateRef<Store> store() {
        return store(null);
    }

    /// @param name under `stores`, or `memory` for the gateway's own; null for [#store()]
    /// @throws IllegalArgumentException when there is none of this name, with a sentence for the user
    StateRef<Store> store(@Nullable String name);

    /// What `stores.<name>` says to do when the store is down.
    ///
    /// @param name as for [#store(String)]
    OnStoreDown onStoreDown(@Nullable String name);

    /// How long a question to this store may take at most, as far as the store knows ([StoreFactory#patience]): who
    /// has waited longer need not expect an answer.
    ///
    /// @param name as for [#store(String)]
    Duration storePatience(@Nullable String name);

    /// A section of the file that came with this plug-in ([dev.gatehouse.api.config.ConfigSection]); null when the
    /// user wrote none.
    <R extends Record> @Nullable R section(Class<R> type);

    /// Where a setting was written, `gateway.yaml:85:9`, for [dev.gatehouse.api.Exchange#rule]; empty when it was
    /// not written in a file.
    ///
    /// @param path from the top of the file: `security.authorization.policies[1]`
    String place(String path);

    /// The entry of `security.authentication` with this name, the same for all routes; null when there is none.
    @Nullable
    Authenticator authenticator(String name);

    /// The names of all entries of `security.authentication`, in the order of the file.
    List<String> authenticators();

    Consumers consumers();

    /// Reads a condition of a rule with a path of its own: `path.x` is a parameter of that.
    ///
    /// @throws dev.gatehouse.api.expression.ExpressionException when it cannot be read or makes no sense
    Expression expression(String text, PathPattern path);

    /// Reads a path as routes write it.
    ///
    /// @throws IllegalArgumentException when it is none, with a sentence for the user
    PathPattern pathPattern(String text);

    /// Many paths, to be asked as one.
    ///
    /// @param patterns made by [#pathPattern]
    PathPatterns pathPatterns(List<PathPattern> patterns);

    /// Nobody but this gateway says so: what clients send in a field of this name, in any spelling a service could
    /// take for the same, is dropped on every route before it reaches a policy's edits.
    void reserve(HeaderName name);

    /// Tells the user, when the configuration is loaded, something about a setting that is no mistake.
    ///
    /// @param path from the top of the file, as for [#place]
    /// @param sentence without a full stop
    void warn(String path, String sentence);

    /// A metric of this policy.
    ///
    /// @param name as Prometheus wants it, without `_total`: `gatehouse_rate_limit_violations`
    /// @param help one sentence
    /// @param labels names of its labels; whoever has values for them sees to it that there are few
    CounterFamily counter(String name, String help, String... labels);
}
