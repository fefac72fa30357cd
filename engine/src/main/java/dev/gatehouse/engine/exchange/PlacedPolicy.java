package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.policy.Stage;
import org.jspecify.annotations.Nullable;

/// A policy of a route: what it is called and where it is configured, for those who ask why.
///
/// @param name its slot and, when its settings have one, their name: `rate_limit by-plan`
/// @param place where its settings are (`gateway.yaml:85:9`); empty when they were not written in a file
/// @param shadow whether what it decides is told only
/// @param stage when it is asked; null for one of every route, asked before all others
public record PlacedPolicy(
        Policy policy,
        String name,
        String place,
        boolean shadow,
        @Nullable Stage stage) {
    public PlacedPolicy(Policy policy, String name, String place, boolean shadow) {
        this(policy, name, place, shadow, null);
    }

    /// A policy nobody configured.
    public static PlacedPolicy of(Policy policy) {
        Class<?> type = policy.getClass();
        return new PlacedPolicy(policy, type.isAnonymousClass() ? type.getName() : type.getSimpleName(), "", false);
    }

    /// Whether it is the same, maybe under the name of one of its rules.
    boolean isSamePolicy(PlacedPolicy other) {
        return policy == other.policy && stage == other.stage;
    }

    @Override
    public String toString() {
        return place.isEmpty() ? name : name + " (" + place + ")";
    }
}
