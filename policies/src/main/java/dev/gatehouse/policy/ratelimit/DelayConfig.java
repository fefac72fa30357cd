package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;

/// What the user writes as `delay`.
@Settings(name = "rate_limit.delay", value = "Lets requests wait for their turn in place of refusing them.")
public record DelayConfig(
        @Setting(value = "How long one may wait; who would wait longer is refused at once.", min = "1ms", max = "60s")
        Duration upTo,

        @Setting(
                value = "How many may wait at the same time, in the whole gateway; others are refused at once.",
                byDefault = "100",
                min = "1",
                max = "100000")
        int queue) {
    /// `delay: 2s`
    public static DelayConfig of(Duration upTo) {
        if (upTo.compareTo(Duration.ofMillis(1)) < 0 || upTo.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("a request waits between 1ms and 60s");
        }
        return new DelayConfig(upTo, 100);
    }
}
