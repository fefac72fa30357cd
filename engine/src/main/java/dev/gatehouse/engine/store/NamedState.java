package dev.gatehouse.engine.store;

import dev.gatehouse.api.state.SharedState;
import dev.gatehouse.api.state.StateRef;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A state and its name; and, once somebody decides in shadow mode, a second state for them: what is tried out counts
/// for nothing else.
///
/// @param <S> the state
public final class NamedState<S extends SharedState<S>> implements StateRef<S> {
    private final String name;
    private volatile Supplier<? extends S> fresh;
    private final S live;
    private volatile @Nullable S shadow;

    NamedState(String name, S live, Supplier<? extends S> fresh) {
        this.name = name;
        this.live = live;
        this.fresh = fresh;
    }

    @Override
    public String name() {
        return name;
    }

    /// A newer configuration names it: what makes the shadow is that one's, or the older one would be held on to.
    @SuppressWarnings("unchecked") // under one name and version there is one type of state
    void renew(Supplier<?> newer) {
        fresh = (Supplier<? extends S>) newer;
    }

    /// The real one.
    public S live() {
        return live;
    }

    /// The one of shadow mode.
    public S shadow() {
        S known = shadow;
        return known == null ? makeShadow() : known;
    }

    private synchronized S makeShadow() {
        S known = shadow;
        if (known == null) {
            known = fresh.get();
            shadow = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return name;
    }
}
