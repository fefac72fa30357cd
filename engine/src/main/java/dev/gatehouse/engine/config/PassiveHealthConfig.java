package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;
import java.time.Duration;

/// When an instance is left out because of how it treats requests. It works without any of this being written: an
/// instance that cannot be reached three times in a row is left out for a while.
@Settings(
        name = "service.health_check.passive",
        value = "When an instance is left out because of how it treats requests.")
public record PassiveHealthConfig(
        @Setting(
                value = "Requests in a row that came to nothing (no connection, no answer in time, a broken answer)"
                        + " before an instance is left out. 0 means that it never is.",
                byDefault = "3",
                min = "0")
        int consecutiveFailures,

        @Setting(
                value = "Answers in a row with a status of 500 or more before an instance is left out. 0 means that it"
                        + " never is.",
                byDefault = "0",
                min = "0")
        int consecutive5xx,

        @Setting(
                value = "Per cent of requests within window that failed, either way, at which an instance is left out."
                        + " 0 means that it never is.",
                byDefault = "0",
                min = "0",
                max = "100")
        int errorRatePercent,

        @Setting(value = "The time error_rate_percent looks back.", byDefault = "10s", min = "1s", max = "1h")
        Duration window,

        @Setting(value = "Requests within window before error_rate_percent says anything.", byDefault = "20", min = "1")
        int minRequests,

        @Setting(
                value = "Time an instance is left out the first time; doubled each time it fails again at once, up to"
                        + " 5m. Then a single request tries it.",
                byDefault = "10s",
                min = "100ms",
                max = "5m")
        Duration ejectFor,

        @Setting(
                value = "Per cent of the instances that may be left out at the same time: at least one, never all. 0"
                        + " means none.",
                byDefault = "50",
                min = "0",
                max = "100")
        int maxEjectedPercent) {
    public static final PassiveHealthConfig DEFAULT =
            new PassiveHealthConfig(3, 0, 0, Duration.ofSeconds(10), 20, Duration.ofSeconds(10), 50);

    public PassiveHealthConfig {
        Check.between("consecutive_failures", consecutiveFailures, 0, Integer.MAX_VALUE);
        Check.between("consecutive_5xx", consecutive5xx, 0, Integer.MAX_VALUE);
        Check.between("error_rate_percent", errorRatePercent, 0, 100);
        Check.between("window", window, Duration.ofSeconds(1), Duration.ofHours(1));
        Check.between("min_requests", minRequests, 1, Integer.MAX_VALUE);
        Check.between("eject_for", ejectFor, Duration.ofMillis(100), Duration.ofMinutes(5));
        Check.between("max_ejected_percent", maxEjectedPercent, 0, 100);
    }

    public PassiveHealthConfig withEjectFor(Duration time) {
        return new PassiveHealthConfig(
                consecutiveFailures, consecutive5xx, errorRatePercent, window, minRequests, time, maxEjectedPercent);
    }

    public PassiveHealthConfig withConsecutive5xx(int answers) {
        return new PassiveHealthConfig(
                consecutiveFailures, answers, errorRatePercent, window, minRequests, ejectFor, maxEjectedPercent);
    }

    public PassiveHealthConfig withErrorRate(int percent, int ofAtLeast) {
        return new PassiveHealthConfig(
                consecutiveFailures, consecutive5xx, percent, window, ofAtLeast, ejectFor, maxEjectedPercent);
    }

    public PassiveHealthConfig withMaxEjectedPercent(int percent) {
        return new PassiveHealthConfig(
                consecutiveFailures, consecutive5xx, errorRatePercent, window, minRequests, ejectFor, percent);
    }
}
