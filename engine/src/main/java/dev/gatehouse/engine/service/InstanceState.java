package dev.gatehouse.engine.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What changes about an instance while the gateway runs. Known by service and address, not by who uses it: a reload
/// finds it as it was. Read by all loops; counting is free of locks, the rare turns (ejected, down, drained) are
/// taken one at a time and told to every [Service] that has the instance.
public final class InstanceState {
    /// Time out is never longer than this, however often an instance fails again.
    private static final long LONGEST_EJECTION = TimeUnit.MINUTES.toNanos(5);

    /// What the health checks say.
    public enum Health {
        /// Never checked, or not checked any more: counts as up.
        UNKNOWN,
        UP,
        DOWN
    }

    /// An operator's wish that no new requests go here.
    ///
    /// @param until in nanoseconds of the gateway's clock; meaningless when `ends` is false
    public record Drain(boolean ends, long until) {}

    private final String key;
    private final LoopTallies tallies;
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final AtomicInteger errorsInARow = new AtomicInteger();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Health health = Health.UNKNOWN;
    private volatile @Nullable CheckResult lastCheck;
    private volatile @Nullable Ejection ejection;
    private volatile @Nullable Drain drain;
    private volatile @Nullable FailureWindow window;
    private int timesEjected;
    private long lastEjection;
    private long backSince;

    /// How many users it has; guarded by [InstanceStates].
    int users;

    InstanceState(String key, int loops) {
        this.key = key;
        this.tallies = new LoopTallies(loops);
    }

    /// `service/address:port`.
    public String key() {
        return key;
    }

    // ── requests
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    /// A request goes there.
    public void begin(int loop) {
        tallies.begin(loop);
        if (ejection != null) {
            beginTrial();
        }
    }

    /// That request is over, however it went.
    public void end(int loop) {
        tallies.end(loop);
    }

    public void failed(int loop) {
        tallies.failed(loop);
    }

    /// Requests under way, from all loops.
    public long inFlight() {
        return tallies.inFlight();
    }

    public long attempts() {
        return tallies.attempts();
    }

    public long failures() {
        return tallies.failures();
    }

    /// Requests in a row that came to nothing.
    public AtomicInteger failuresInARow() {
        return failuresInARow;
    }

    /// Answers in a row with 500 or more.
    public AtomicInteger errorsInARow() {
        return errorsInARow;
    }

    /// The requests of the last `nanos`; starts empty when it looked back another time before.
    public FailureWindow window(long nanos) {
        FailureWindow known = window;
        if (known == null || known.nanos() != nanos) {
            known = new FailureWindow(nanos);
            window = known;
        }
        return known;
    }

    // ── health checks
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    public Health health() {
        return health;
    }

    public @Nullable CheckResult lastCheck() {
        return lastCheck;
    }

    public void checked(CheckResult result) {
        lastCheck = result;
    }

    public void health(Health now) {
        if (health != now) {
            health = now;
            changed();
        }
    }

    /// It is not checked any more: what checks said says nothing.
    public void forgetChecks() {
        lastCheck = null;
        health(Health.UNKNOWN);
    }

    // ── ejection
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    public @Nullable Ejection ejection() {
        return ejection;
    }

    /// Leaves it out. It stays out longer each time it happens again before it was back for as long as it was out.
    ///
    /// @param first how long the first time, in nanoseconds
    /// @return what holds now
    public Ejection eject(String reason, boolean unreachable, long first, long now) {
        Ejection next;
        synchronized (this) {
            boolean again = ejection != null || (timesEjected > 0 && now - backSince < lastEjection);
            timesEjected = again ? timesEjected + 1 : 1;
            // A shift by more would overflow, and is longer than the longest anyway.
            long nanos = Math.min(first << Math.min(timesEjected - 1, 12), LONGEST_EJECTION);
            lastEjection = nanos;
            next = new Ejection(Ejection.Phase.OUT, now + nanos, nanos, timesEjected, reason, unreachable);
            ejection = next;
        }
        changed();
        return next;
    }

    /// Lets it back in.
    ///
    /// @return what had left it out; null when it was in
    public @Nullable Ejection readmit(long now) {
        Ejection was;
        synchronized (this) {
            was = ejection;
            if (was == null) {
                return null;
            }
            ejection = null;
            backSince = now;
            failuresInARow.set(0);
            errorsInARow.set(0);
            FailureWindow known = window;
            if (known != null) {
                known.clear();
            }
        }
        changed();
        return was;
    }

    /// The request on trial said nothing about the instance: another one may try.
    public void trialSaidNothing() {
        move(Ejection.Phase.TRYING, Ejection.Phase.TRIAL);
    }

    private void beginTrial() {
        move(Ejection.Phase.TRIAL, Ejection.Phase.TRYING);
    }

    private void move(Ejection.Phase from, Ejection.Phase to) {
        synchronized (this) {
            Ejection now = ejection;
            if (now == null || now.phase() != from) {
                return;
            }
            ejection = now.in(to);
        }
        changed();
    }

    // ── drain
    // ────────────────────────────────────────────────────────────────────────────────────────────────────────

    public @Nullable Drain drain() {
        return drain;
    }

    /// New requests go elsewhere; those under way finish.
    ///
    /// @param time how long; null until [#undrain]
    public void drain(@Nullable Duration time, long now) {
        drain = time == null ? new Drain(false, 0) : new Drain(true, now + time.toNanos());
        changed();
    }

    public void undrain() {
        drain = null;
        changed();
    }

    // ── time and listeners
    // ───────────────────────────────────────────────────────────────────────────────────────────

    /// Ends what time ends. Tells nobody: whoever looks at the clock is about to read the rest.
    public synchronized void lapse(long now) {
        Ejection out = ejection;
        if (out != null && out.phase() == Ejection.Phase.OUT && now - out.until() >= 0) {
            ejection = out.in(Ejection.Phase.TRIAL);
        }
        Drain wish = drain;
        if (wish != null && wish.ends() && now - wish.until() >= 0) {
            drain = null;
        }
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    void unlisten(Runnable listener) {
        listeners.remove(listener);
    }

    /// Never within a lock of this object: listeners take their own.
    private void changed() {
        listeners.forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return key;
    }
}
