package dev.gatehouse.engine.service.health;

import dev.gatehouse.engine.config.PassiveHealthConfig;
import dev.gatehouse.engine.service.Ejection;
import dev.gatehouse.engine.service.FailureWindow;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.InstanceState;
import dev.gatehouse.engine.service.Service;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Leaves instances out because of how they treat requests, and lets them back in. One for a service, told by all
/// loops how each attempt went. A success, the usual case, costs two reads.
///
/// Never more than `max_ejected_percent` of the instances are out, and never the last that could be used: with
/// nobody left to turn to, an instance that fails sometimes is better than none.
public final class PassiveHealth {
    private static final Logger LOG = LoggerFactory.getLogger(PassiveHealth.class);

    private final Service service;
    private final PassiveHealthConfig config;
    private final long windowNanos;
    private final Object ejecting = new Object();

    public PassiveHealth(Service service) {
        this.service = service;
        this.config = service.healthCheck().passive();
        this.windowNanos = config.window().toNanos();
    }

    /// An attempt is over, or its answer has begun.
    ///
    /// @param status of the answer; 0 when there was none
    /// @param now in nanoseconds of the gateway's clock
    public void report(Instance instance, AttemptOutcome outcome, int status, long now) {
        InstanceState state = instance.state();
        Ejection ejection = state.ejection();
        if (ejection != null) {
            reportOnTrial(instance, ejection, outcome, status, now);
            return;
        }
        if (outcome == AttemptOutcome.NOTHING || config.maxEjectedPercent() == 0) {
            return;
        }
        boolean failed = outcome != AttemptOutcome.ANSWERED;
        if (config.errorRatePercent() > 0) {
            state.window(windowNanos).count(failed, now);
        }
        if (!failed) {
            // Read before written: the line stays shared between the processors.
            if (state.failuresInARow().getPlain() != 0) {
                state.failuresInARow().set(0);
            }
            if (state.errorsInARow().getPlain() != 0) {
                state.errorsInARow().set(0);
            }
            return;
        }
        judge(instance, outcome, status, now);
    }

    /// A check has reached an instance that could not be reached before.
    public void reachable(Instance instance, long now) {
        Ejection was = instance.state().ejection();
        if (was != null && was.unreachable()) {
            readmit(instance, now);
        }
    }

    private void judge(Instance instance, AttemptOutcome outcome, int status, long now) {
        InstanceState state = instance.state();
        if (outcome.isFailure()) {
            int failures = state.failuresInARow().incrementAndGet();
            if (reached(failures, config.consecutiveFailures())) {
                eject(instance, failures + "×" + outcome.words(), outcome, now);
                return;
            }
        } else {
            state.failuresInARow().set(0);
            int errors = state.errorsInARow().incrementAndGet();
            if (reached(errors, config.consecutive5xx())) {
                eject(instance, errors + "×" + status, outcome, now);
                return;
            }
        }
        if (config.errorRatePercent() > 0) {
            FailureWindow window = state.window(windowNanos);
            int requests = window.requests(now);
            int failures = window.failures(now);
            if (requests >= config.minRequests() && failures * 100L >= (long) config.errorRatePercent() * requests) {
                eject(instance, failures * 100L / requests + " % of " + requests + " requests failed", outcome, now);
            }
        }
    }

    private static boolean reached(int count, int threshold) {
        return threshold > 0 && count >= threshold;
    }

    private void reportOnTrial(Instance instance, Ejection ejection, AttemptOutcome outcome, int status, long now) {
        // While it is out, only stragglers report: requests that were under way when it was left out.
        if (ejection.phase() != Ejection.Phase.TRYING) {
            return;
        }
        switch (outcome) {
            case NOTHING -> instance.state().trialSaidNothing();
            case ANSWERED -> readmit(instance, now);
            case ERROR_STATUS -> {
                if (config.consecutive5xx() == 0 && config.errorRatePercent() == 0) {
                    readmit(instance, now);
                } else {
                    eject(instance, "again " + status, outcome, now);
                }
            }
            case CONNECT_FAILED, TLS_FAILED, TIMED_OUT, BROKEN_ANSWER ->
                eject(instance, "again " + outcome.words(), outcome, now);
        }
    }

    private void eject(Instance instance, String reason, AttemptOutcome outcome, long now) {
        Ejection made;
        synchronized (ejecting) {
            if (!mayLeaveOut(instance)) {
                return;
            }
            made = instance.state()
                    .eject(reason, outcome.isUnreachable(), config.ejectFor().toNanos(), now);
        }
        LOG.warn(
                "{} of {} is left out for {} ms: {}",
                instance,
                service.key(),
                TimeUnit.NANOSECONDS.toMillis(made.nanos()),
                reason);
    }

    private boolean mayLeaveOut(Instance candidate) {
        Ejection ejection = candidate.state().ejection();
        if (ejection != null) {
            // Its place among those that are out is its own already, unless another loop was quicker.
            return ejection.phase() != Ejection.Phase.OUT;
        }
        int all = 0;
        int out = 0;
        int others = 0;
        for (Instance instance : service.instances()) {
            InstanceState state = instance.state();
            all++;
            if (state.ejection() != null) {
                out++;
            } else if (instance != candidate && state.health() != InstanceState.Health.DOWN && state.drain() == null) {
                others++;
            }
        }
        return others > 0 && out < Math.max(1, all * config.maxEjectedPercent() / 100);
    }

    private void readmit(Instance instance, long now) {
        Ejection was = instance.state().readmit(now);
        if (was != null) {
            LOG.info("{} of {} is back in (it was left out for {})", instance, service.key(), was.reason());
        }
    }
}
