package dev.gatehouse.engine.service.health;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.service.InstanceState.Health;
import java.time.Duration;

/// What a row of checks of one instance comes to, and when the next is due. Arithmetic only; on the prober's thread.
final class CheckTally {
    /// A doubt about an instance that is up is settled soon.
    private static final Duration DOUBT = Duration.ofMillis(250);

    private final HealthCheckConfig config;
    private Health health;
    private int passed;
    private int failed;

    /// @param known what was known before, from a checker of an earlier snapshot
    CheckTally(HealthCheckConfig config, Health known) {
        this.config = config;
        this.health = known;
    }

    /// Takes one more result in.
    ///
    /// @return what holds now
    Health take(boolean pass) {
        if (pass) {
            failed = 0;
            passed++;
            // The first check of all decides: nothing has been said against the instance.
            if (health == Health.UNKNOWN || passed >= config.healthyAfter()) {
                health = Health.UP;
            }
        } else {
            passed = 0;
            failed++;
            if (failed >= config.unhealthyAfter()) {
                health = Health.DOWN;
            }
        }
        return health;
    }

    /// Nanoseconds until the next check.
    ///
    /// @param chance 0 to 1: spreads checks by a tenth of the interval, half to each side
    long nextIn(double chance) {
        boolean doubt = failed > 0 && health != Health.DOWN;
        Duration interval = doubt && DOUBT.compareTo(config.interval()) < 0 ? DOUBT : config.interval();
        return (long) (interval.toNanos() * (0.95 + chance * 0.1));
    }

    /// Nanoseconds until the first check: anywhere within the interval, but soon, so that what is down is known
    /// soon.
    long firstIn(double chance) {
        return (long)
                (Math.min(config.interval().toNanos(), Duration.ofSeconds(1).toNanos()) * chance);
    }
}
