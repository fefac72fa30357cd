package dev.gatehouse.engine.service.health;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.net.Deadline;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.CheckResult;
import dev.gatehouse.engine.service.Ejection;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.InstanceState.Health;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.service.connection.HealthProbe;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The checks of one instance, one after the other. On the prober's loop only.
final class InstanceChecks {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceChecks.class);

    /// Between two attempts at an instance that could not be reached and is not checked otherwise.
    private static final long RECONNECT = TimeUnit.SECONDS.toNanos(1);

    private static final Duration RECONNECT_TIMEOUT = Duration.ofSeconds(1);

    private final Loop loop;
    private final Service service;
    private final Instance instance;
    private final PassiveHealth passive;
    private final RandomGenerator random;
    private final HealthCheckConfig config;
    private final @Nullable CheckRequest request;
    private final CheckTally tally;
    private final Deadline due;
    private boolean running;
    private boolean stopped;

    InstanceChecks(Loop loop, Service service, Instance instance, PassiveHealth passive, RandomGenerator random) {
        this.loop = loop;
        this.service = service;
        this.instance = instance;
        this.passive = passive;
        this.random = random;
        this.config = service.healthCheck();
        this.request = CheckRequest.of(config, instance.authority());
        this.tally = new CheckTally(config, instance.state().health());
        this.due = loop.connections().register(this::check);
    }

    void start() {
        if (request != null) {
            due.at(loop.now() + tally.firstIn(random.nextDouble()));
        } else {
            instance.state().forgetChecks();
        }
    }

    void stop() {
        stopped = true;
        due.close();
    }

    /// Without a path to ask for, an instance is connected to only while it is out because it could not be reached.
    void followEjection() {
        if (request == null && !running && !stopped && isUnreachable()) {
            running = true;
            due.at(loop.now() + RECONNECT);
        }
    }

    private boolean isUnreachable() {
        Ejection ejection = instance.state().ejection();
        return ejection != null && ejection.unreachable();
    }

    private void check() {
        if (stopped || (request == null && !isUnreachable())) {
            running = false;
            return;
        }
        running = true;
        Ejection before = instance.state().ejection();
        long begun = loop.now();
        HealthProbe.start(
                loop,
                service,
                instance,
                request,
                request == null ? RECONNECT_TIMEOUT : config.timeout(),
                new HealthProbe.Listener() {
                    @Override
                    public void answered(boolean passes, String what) {
                        ended(passes, what, begun, before);
                    }

                    @Override
                    public void failed(String why) {
                        ended(false, why, begun, before);
                    }
                });
    }

    private void ended(boolean passed, String what, long begun, @Nullable Ejection before) {
        running = false;
        if (stopped) {
            return;
        }
        long now = loop.now();
        if (request == null) {
            if (passed) {
                passive.reachable(instance, now);
            } else if (isUnreachable()) {
                running = true;
                due.at(now + RECONNECT);
            }
            return;
        }
        instance.state().checked(new CheckResult(passed, what, now - begun, now));
        Health was = instance.state().health();
        Health is = tally.take(passed);
        instance.state().health(is);
        tellTurn(was, is, what);
        // Only what was found after it was left out can speak for it.
        if (passed
                && is == Health.UP
                && before != null
                && before.equals(instance.state().ejection())) {
            passive.reachable(instance, now);
        }
        due.at(now + tally.nextIn(random.nextDouble()));
    }

    private void tellTurn(Health was, Health is, String what) {
        if (was != is && is == Health.DOWN) {
            LOG.warn("{} of {} is down: {}", instance, service.key(), what);
        } else if (was == Health.DOWN && is == Health.UP) {
            LOG.info("{} of {} is up again", instance, service.key());
        }
    }
}
