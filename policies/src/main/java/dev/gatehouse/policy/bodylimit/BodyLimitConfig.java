package dev.gatehouse.policy.bodylimit;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;

/// What the user writes in the slot `body_limit`.
@Settings(name = "body_limit", value = "Refuses requests whose body is longer, with 413.")
public record BodyLimitConfig(
        @Setting(value = "The longest body, such as 10MiB; 0 for none. The listener's own limit holds too.", min = "0B")
        long size) {
    /// `body_limit: 10MiB`
    public static BodyLimitConfig of(long size) {
        return new BodyLimitConfig(size);
    }
}
