package dev.gatehouse.engine.store;

import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// The states of a gateway, by name. They survive reloads: a configuration that names one that is there gets it as it
/// is; one that no configuration names any more is forgotten. Safe for threads.
public final class States {
    private final Map<String, Kept> kept = new HashMap<>();

    private static final class Kept {
        private final NamedState<?> state;
        private final Class<?> type;
        private int leases;

        private Kept(NamedState<?> state, Class<?> type) {
            this.state = state;
            this.type = type;
        }
    }

    /// What one configuration names, from its compilation until its last exchange has ended.
    public Lease lease() {
        return new Lease();
    }

    /// How many states there are.
    public synchronized int size() {
        return kept.size();
    }

    private synchronized <S extends SharedState<S>> NamedState<S> take(String name, Supplier<S> fresh) {
        S made = fresh.get();
        Kept there = kept.get(name);
        if (there == null || there.type != made.getClass()) {
            // Of another class it is another version of a plug-in, which cannot read what the one before wrote.
            there = new Kept(new NamedState<>(name, made, fresh), made.getClass());
            kept.put(name, there);
        }
        there.leases++;
        @SuppressWarnings("unchecked") // made under this name, of this very class
        NamedState<S> state = (NamedState<S>) there.state;
        return state;
    }

    private synchronized void giveBack(NamedState<?> state) {
        Kept there = kept.get(state.name());
        if (there != null && there.state == state && --there.leases == 0) {
            kept.remove(state.name());
        }
    }

    /// See [States#lease].
    public final class Lease implements AutoCloseable {
        private final Map<String, NamedState<?>> taken = new HashMap<>();
        private final Set<NamedState<?>> open = new HashSet<>();

        private Lease() {}

        /// The state of this name.
        ///
        /// @param fresh makes it when there is none
        public synchronized <S extends SharedState<S>> StateRef<S> ref(String name, Supplier<S> fresh) {
            NamedState<?> known = taken.get(name);
            if (known == null) {
                known = take(name, fresh);
                taken.put(name, known);
                open.add(known);
            }
            @SuppressWarnings("unchecked") // one policy and one name have one type of state
            NamedState<S> state = (NamedState<S>) known;
            return state;
        }

        @Override
        public synchronized void close() {
            open.forEach(States.this::giveBack);
            open.clear();
        }
    }
}
