package dev.gatehouse.policy.ratelimit;

import java.util.List;

/// What stands behind `limits`: the word `plan`, or several limits that all have to be met.
///
/// @param several empty for those of the consumer's plan
public record SeveralLimits(List<LimitConfig> several) {
    /// The only word there is.
    public enum Whose {
        PLAN
    }

    public SeveralLimits {
        several = List.copyOf(several);
    }

    /// `limits: plan`
    public static SeveralLimits of(Whose plan) {
        return new SeveralLimits(List.of());
    }

    /// `limits: [ { limit: 10/s }, { limit: 1000/h } ]`
    public static SeveralLimits of(List<LimitConfig> several) {
        if (several.isEmpty()) {
            throw new IllegalArgumentException("no limit stands here (expected: 'plan', or a list of limits)");
        }
        return new SeveralLimits(several);
    }

    boolean ofPlan() {
        return several.isEmpty();
    }
}
