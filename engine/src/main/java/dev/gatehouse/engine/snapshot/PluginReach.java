package dev.gatehouse.engine.snapshot;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.state.OnStoreDown;
import dev.gatehouse.api.state.StateRef;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.api.state.StoreFactory;
import dev.gatehouse.api.time.TimeSource;
import dev.gatehouse.engine.config.StoreSetting;
import dev.gatehouse.engine.consumer.ConsumerDirectory;
import dev.gatehouse.engine.consumer.KeyUsage;
import dev.gatehouse.engine.store.MemoryStore;
import dev.gatehouse.engine.store.NamedState;
import dev.gatehouse.engine.store.States;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What all plug-ins of one snapshot share: the time, the stores, and the fields only they may set. For the thread
/// that compiles.
final class PluginReach {
    private final Plan plan;
    private final Surroundings around;
    private final States.Lease lease;
    private final Set<HeaderName> reserved = new LinkedHashSet<>();
    private final Set<SettingWarning> warnings = new LinkedHashSet<>();
    private final Map<String, Store> revocations = new LinkedHashMap<>();
    private final TimeSource time;
    private @Nullable ConsumerDirectory consumers;

    PluginReach(Plan plan, Surroundings around, States.Lease lease) {
        this.plan = plan;
        this.around = around;
        this.lease = lease;
        this.time = new TimeSource() {
            @Override
            public Instant now() {
                return around.wallClock().instant();
            }

            @Override
            public long nanos() {
                return around.clock().getAsLong();
            }
        };
    }

    Plan plan() {
        return plan;
    }

    Surroundings around() {
        return around;
    }

    States.Lease lease() {
        return lease;
    }

    TimeSource time() {
        return time;
    }

    /// Who is known by name.
    ///
    /// @throws IllegalArgumentException when the store for those who are in no file cannot be made
    ConsumerDirectory consumers() {
        ConsumerDirectory known = consumers;
        if (known == null) {
            NamedState<Store> store = (NamedState<Store>) store(null);
            NamedState<KeyUsage> usage = (NamedState<KeyUsage>) lease.ref("key usage", KeyUsage::new);
            known = new ConsumerDirectory(
                    plan.config().plans(),
                    plan.config().consumers(),
                    store.live(),
                    usage.live(),
                    around.wallClock(),
                    around.clock());
            consumers = known;
        }
        return known;
    }

    // ── stores

    /// @param name null for the first of the file, or memory when it has none
    /// @throws IllegalArgumentException when there is none of this name
    StateRef<Store> store(@Nullable String name) {
        StoreSetting setting = setting(name);
        // A configuration that is only looked at, or rehearsed, shares nothing with anybody.
        return setting == null || around.loops().isEmpty()
                ? lease.ref("store", memory(around))
                : lease.ref("store/" + setting.name(), setting, () -> open(setting), memory(around));
    }

    /// The same, for whoever asks it who was revoked.
    StateRef<Store> revocations(@Nullable String name) {
        NamedState<Store> store = (NamedState<Store>) store(name);
        StoreSetting setting = setting(name);
        revocations.put(setting == null ? StoreSetting.MEMORY : setting.name(), store.live());
        return store;
    }

    /// The stores somebody asks for that, by name.
    Map<String, Store> revocations() {
        return revocations;
    }

    OnStoreDown onStoreDown(@Nullable String name) {
        StoreSetting setting = setting(name);
        return setting == null ? OnStoreDown.LOCAL_SHARE : setting.onStoreDown();
    }

    /// Nobody waits for memory.
    Duration storePatience(@Nullable String name) {
        StoreSetting setting = setting(name);
        StoreFactory<?> factory = setting == null ? null : plan.extensions().store(setting.type());
        return setting == null || factory == null ? Duration.ZERO : patience(factory, setting);
    }

    private static <C extends Record> Duration patience(StoreFactory<C> factory, StoreSetting setting) {
        return factory.patience(factory.configType().cast(setting.config()));
    }

    /// Null for memory.
    private @Nullable StoreSetting setting(@Nullable String name) {
        Map<String, StoreSetting> all = plan.config().stores();
        if (name == null) {
            return all.values().stream().findFirst().orElse(null);
        }
        StoreSetting setting = all.get(name);
        if (setting == null && !name.equals(StoreSetting.MEMORY)) {
            throw new IllegalArgumentException("store: there is no store '" + name + "' (there are: "
                    + String.join(", ", all.keySet()) + (all.isEmpty() ? "" : ", ") + StoreSetting.MEMORY + ")");
        }
        return setting;
    }

    /// What makes it outlives this snapshot, and must not hold on to it.
    private static Supplier<Store> memory(Surroundings around) {
        return () -> new MemoryStore(around.clock(), around.wallClock()::millis);
    }

    private Store open(StoreSetting setting) {
        StoreFactory<?> factory = plan.extensions().store(setting.type());
        if (factory == null) {
            throw new IllegalArgumentException("no plug-in makes stores of type '" + setting.type() + "'");
        }
        return open(factory, setting);
    }

    private <C extends Record> Store open(StoreFactory<C> factory, StoreSetting setting) {
        return factory.create(
                factory.configType().cast(setting.config()), new StoreContext(setting.name(), around, time));
    }

    // ── what the user is told

    /// Once, however many routes it is found for.
    void warn(SettingWarning warning) {
        warnings.add(warning);
    }

    Set<SettingWarning> warnings() {
        return warnings;
    }

    // ── fields

    void reserve(HeaderName field) {
        reserved.add(field);
    }

    /// The fields nobody but this gateway sets.
    Set<HeaderName> reserved() {
        return reserved;
    }
}
