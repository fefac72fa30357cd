package dev.gatehouse.engine.store;

import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The states of a gateway, by name. They survive reloads: a configuration that names one that is there gets it as it
/// is; one that no configuration names any more is closed and forgotten. Safe for threads.
public final class States {
    private static final Logger LOG = LoggerFactory.getLogger(States.class);

    private final Map<String, Kept> kept = new HashMap<>();
    private @Nullable String node;

    private static final class Kept {
        private final NamedState<?> state;
        private final Object version;
        private int leases;

        private Kept(NamedState<?> state, Object version) {
            this.state = state;
            this.version = version;
        }
    }

    /// What one configuration names, from its compilation until its last exchange has ended.
    public Lease lease() {
        return new Lease();
    }

    /// What this process is called among those that share a store with it. Drawn when the first store asks: one
    /// that only looks at a configuration need not start the JVM's chance.
    public synchronized String node() {
        String known = node;
        if (known == null) {
            known = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
            node = known;
        }
        return known;
    }

    /// How many states there are.
    public synchronized int size() {
        return kept.size();
    }

    private synchronized <S extends SharedState<S>> Kept take(
            String name, @Nullable Object version, Supplier<? extends S> fresh, Supplier<? extends S> shadow) {
        Kept there = kept.get(name);
        S made = version == null || there == null || !there.version.equals(version) ? fresh.get() : null;
        // Of another class it is another version of a plug-in, which cannot read what the one before wrote.
        Object wanted = version == null ? Objects.requireNonNull(made).getClass() : version;
        if (made != null && (there == null || !there.version.equals(wanted))) {
            there = new Kept(new NamedState<>(name, made, shadow), wanted);
            kept.put(name, there);
        }
        Kept found = Objects.requireNonNull(there);
        found.state.renew(shadow);
        found.leases++;
        return found;
    }

    private synchronized void giveBack(Kept state) {
        if (--state.leases == 0) {
            kept.remove(state.state.name(), state);
            close(state.state);
        }
    }

    private static void close(NamedState<?> state) {
        if (state.live() instanceof AutoCloseable open) {
            try {
                open.close();
            } catch (Exception e) {
                LOG.error("state {} failed when it was closed", state, e);
            }
        }
    }

    /// See [States#lease].
    public final class Lease implements AutoCloseable {
        private final Map<String, Kept> taken = new HashMap<>();
        private final Set<Kept> open = new HashSet<>();

        private Lease() {}

        /// The state of this name; another class of state is another state.
        ///
        /// @param fresh makes it when there is none, and opens nothing
        public <S extends SharedState<S>> StateRef<S> ref(String name, Supplier<S> fresh) {
            return ref(name, null, fresh, fresh);
        }

        /// The state of this name and version: of another version it is another state, which begins anew.
        ///
        /// @param version compared with `equals`; null for the state's class
        /// @param fresh makes it when there is none
        /// @param shadow makes the one of shadow mode
        public synchronized <S extends SharedState<S>> StateRef<S> ref(
                String name, @Nullable Object version, Supplier<? extends S> fresh, Supplier<? extends S> shadow) {
            Kept known = taken.get(name);
            if (known == null) {
                known = take(name, version, fresh, shadow);
                taken.put(name, known);
                open.add(known);
            }
            @SuppressWarnings("unchecked") // one policy and one name have one type of state
            NamedState<S> state = (NamedState<S>) known.state;
            return state;
        }

        @Override
        public synchronized void close() {
            open.forEach(States.this::giveBack);
            open.clear();
        }
    }
}
