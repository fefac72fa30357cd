package dev.gatehouse.api.identity;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A program or a customer we know by name, whatever credential it shows. Immutable.
///
/// @param name its key under `consumers`
/// @param plan what it has bought; null for nothing
/// @param groups it belongs to
/// @param roles it has, beside those its credential says
/// @param addresses from where it may call
public record Consumer(
        String name, @Nullable Plan plan, Set<String> groups, Set<String> roles, AddressRules addresses) {
    public Consumer {
        groups = Collections.unmodifiableSet(new LinkedHashSet<>(groups));
        roles = Collections.unmodifiableSet(new LinkedHashSet<>(roles));
    }

    /// One that may call from everywhere.
    public Consumer(String name, @Nullable Plan plan, Set<String> groups, Set<String> roles) {
        this(name, plan, groups, roles, AddressRules.NONE);
    }
}
