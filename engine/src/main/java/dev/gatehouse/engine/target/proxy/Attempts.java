package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.api.template.Facts;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.balancing.InstanceChooser;
import dev.gatehouse.engine.service.balancing.Tried;
import dev.gatehouse.engine.service.health.AttemptOutcome;
import dev.gatehouse.engine.service.health.PassiveHealth;
import org.jspecify.annotations.Nullable;

/// The instances one exchange is sent to, one after the other, never the same twice; and what is told about each:
/// that a request is under way there, and how it went. Used again by the next exchange.
public final class Attempts {
    private final int loop;
    private final InstanceChooser chooser;
    private final PassiveHealth health;
    private final Tried tried = new Tried();
    private @Nullable Instance current;
    private @Nullable Instance led;
    private long key;
    private boolean reported;

    Attempts(int loop, InstanceChooser chooser, PassiveHealth health) {
        this.loop = loop;
        this.chooser = chooser;
        this.health = health;
    }

    /// Where a new exchange goes first; null when there is nobody to go to.
    public @Nullable Instance first(Facts facts, long now) {
        key = chooser.key(facts);
        led = chooser.led(facts, now);
        return begin(led != null ? led : chooser.choose(tried, key, now));
    }

    /// Where it goes after the current one could not be reached; null when all have been tried.
    public @Nullable Instance next(long now) {
        Instance failed = current;
        if (failed != null) {
            endCurrent(failed, now);
            tried.add(failed);
        }
        return begin(chooser.choose(tried, key, now));
    }

    /// To the same instance once more, after [#next] knew no other.
    void again(Instance instance) {
        begin(instance);
    }

    private @Nullable Instance begin(@Nullable Instance instance) {
        current = instance;
        reported = false;
        if (instance != null) {
            instance.state().begin(loop);
        }
        return instance;
    }

    /// How the current attempt went.
    ///
    /// @param status of the answer; 0 when there was none
    public void report(AttemptOutcome outcome, int status, long now) {
        Instance instance = current;
        if (instance == null) {
            return;
        }
        if (outcome != AttemptOutcome.ANSWERED && outcome != AttemptOutcome.NOTHING) {
            instance.state().failed(loop);
        }
        reported = true;
        health.report(instance, outcome, status, now);
    }

    /// The value of a Set-Cookie field the client is to get with the answer of the current instance, or null.
    byte @Nullable [] cookie() {
        return current == null ? null : chooser.cookieFor(current, led);
    }

    /// The exchange is over.
    public void end(long now) {
        Instance last = current;
        if (last != null) {
            endCurrent(last, now);
        }
        led = null;
        tried.clear();
    }

    private void endCurrent(Instance instance, long now) {
        current = null;
        instance.state().end(loop);
        if (!reported) {
            health.report(instance, AttemptOutcome.NOTHING, 0, now);
        }
    }
}
