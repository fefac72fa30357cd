package dev.gatehouse.redis;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the operator once that the store is away, and once that it is back. Safe for threads.
final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);

    private final String what;
    private final Meter meter;
    private final boolean[] ill;
    private int illOnes;

    /// @param what the store's name and where it is
    Health(String what, int links, Meter meter) {
        this.what = what;
        this.meter = meter;
        this.ill = new boolean[links];
    }

    /// Who listens to one link: told null when it is well, and why not when it is not.
    Consumer<@Nullable String> of(int link) {
        return reason -> tell(link, reason);
    }

    private synchronized void tell(int link, @Nullable String reason) {
        boolean now = reason != null;
        if (ill[link] == now) {
            return;
        }
        ill[link] = now;
        illOnes += now ? 1 : -1;
        if (now && illOnes == 1) {
            meter.outage();
            LOG.warn("{} cannot be used: {}; trying again by itself", what, reason);
        } else if (illOnes == 0) {
            LOG.info("{} is back", what);
        }
    }
}
