package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.AuthenticatorContext;
import dev.gatehouse.api.identity.AuthenticatorFactory;
import dev.gatehouse.api.identity.Consumers;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.engine.config.AuthenticatorSetting;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The authenticators of one snapshot: one per entry of `security.authentication`, whatever the number of routes.
final class Authenticators {
    private static final Logger LOG = LoggerFactory.getLogger(Authenticators.class);

    private final Map<String, Authenticator> all = new LinkedHashMap<>();

    /// @param refused takes why some cannot be made
    static Authenticators of(PluginReach reach, List<SettingsRefused.Reason> refused) {
        Authenticators authenticators = new Authenticators();
        for (AuthenticatorSetting setting :
                reach.plan().config().authenticators().values()) {
            String path = "security.authentication." + setting.name();
            try {
                authenticators.all.put(setting.name(), make(setting, reach));
            } catch (IllegalArgumentException e) {
                String said = String.valueOf(e.getMessage());
                int colon = said.indexOf(": ");
                boolean keyed = colon > 0 && said.substring(0, colon).matches("[a-z][a-z0-9_.]*");
                refused.add(
                        keyed
                                ? new SettingsRefused.Reason(
                                        path + "." + said.substring(0, colon), said.substring(colon + 2))
                                : new SettingsRefused.Reason(path, said));
            } catch (RuntimeException | LinkageError e) {
                LOG.error("what makes authentication '{}' failed", setting.name(), e);
                refused.add(new SettingsRefused.Reason(path, "what makes it failed: " + e));
            }
        }
        return authenticators;
    }

    private static Authenticator make(AuthenticatorSetting setting, PluginReach reach) {
        AuthenticatorFactory<?> factory = reach.plan().extensions().authenticator(setting.type());
        if (factory == null) {
            throw new IllegalArgumentException("no plug-in knows the type '" + setting.type() + "'");
        }
        return make(factory, setting, reach);
    }

    private static <C extends Record> Authenticator make(
            AuthenticatorFactory<C> factory, AuthenticatorSetting setting, PluginReach reach) {
        return factory.create(factory.configType().cast(setting.config()), new Context(setting.name(), reach));
    }

    @Nullable
    Authenticator named(String name) {
        return all.get(name);
    }

    /// In the order of the file.
    List<String> names() {
        return List.copyOf(all.keySet());
    }

    /// To be closed with the snapshot.
    Collection<Authenticator> all() {
        return all.values();
    }

    private record Context(String name, PluginReach reach) implements AuthenticatorContext {
        @Override
        public Consumers consumers() {
            return reach.consumers();
        }

        @Override
        public TimeSource time() {
            return reach.time();
        }

        @Override
        public RandomGenerator random() {
            return reach.around().chance()::getAsLong;
        }

        @Override
        public <S extends SharedState<S>> StateRef<S> state(String state, Supplier<S> fresh) {
            return reach.lease().ref("authentication/" + name + "/" + state, fresh);
        }

        @Override
        public StateRef<Store> store(@Nullable String store) {
            return reach.store(store);
        }

        @Override
        public StateRef<Store> revocations(@Nullable String store) {
            return reach.revocations(store);
        }

        @Override
        public void reserve(HeaderName field) {
            reach.reserve(field);
        }

        @Override
        public void warn(String key, String sentence) {
            reach.warn(new SettingWarning("security.authentication." + name + "." + key, sentence));
        }

        @Override
        public CounterFamily counter(String metric, String help, String... labels) {
            return reach.around().counters().counter(metric, help, labels);
        }
    }
}
