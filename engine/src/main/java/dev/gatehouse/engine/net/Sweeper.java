package dev.gatehouse.engine.net;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Looks at all deadlines of one event loop every so often, instead of a timer object for each: a request costs
/// stores, and a deadline is met at most one period late. Sleeps while nothing is armed. On its loop's thread only.
public final class Sweeper {
    /// After so many sweeps that found nothing armed it goes to sleep.
    private static final int QUIET_SWEEPS = 100;

    private final LongSupplier clock;
    private final Consumer<Runnable> later;
    private @Nullable Deadline[] deadlines = new @Nullable Deadline[64];
    private int count;
    private int quiet;
    private boolean ticking;

    /// @param clock in nanoseconds
    /// @param later runs a sweep one period from now
    Sweeper(LongSupplier clock, Consumer<Runnable> later) {
        this.clock = clock;
        this.later = later;
    }

    /// A new deadline, not armed.
    public Deadline register(Runnable action) {
        Deadline deadline = new Deadline(this, action);
        if (count == deadlines.length) {
            deadlines = Arrays.copyOf(deadlines, count * 2);
        }
        deadline.slot = count;
        deadlines[count++] = deadline;
        return deadline;
    }

    void remove(Deadline deadline) {
        int slot = deadline.slot;
        if (slot < 0) {
            return;
        }
        Deadline last = deadlines[--count];
        deadlines[count] = null;
        if (last != null && last != deadline) {
            deadlines[slot] = last;
            last.slot = slot;
        }
        deadline.slot = -1;
    }

    void awake() {
        if (!ticking) {
            ticking = true;
            quiet = 0;
            later.accept(this::tick);
        }
    }

    private void tick() {
        long now = clock.getAsLong();
        boolean armed = false;
        // Downwards: an action may remove its own deadline, which moves the last one into its place.
        for (int i = count - 1; i >= 0; i--) {
            Deadline deadline = i < count ? deadlines[i] : null;
            if (deadline != null && deadline.armed()) {
                armed = true;
                deadline.fireIfDue(now);
            }
        }
        quiet = armed ? 0 : quiet + 1;
        if (quiet < QUIET_SWEEPS) {
            later.accept(this::tick);
        } else {
            ticking = false;
        }
    }
}
