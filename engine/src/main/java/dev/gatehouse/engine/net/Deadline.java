package dev.gatehouse.engine.net;

/// A moment at which something is to happen unless it is moved or disarmed before. Setting one is a store: it stays
/// registered with its [Sweeper] for as long as its owner lives.
public final class Deadline {
    private static final long NEVER = Long.MAX_VALUE;

    private final Sweeper sweeper;
    private final Runnable action;
    private long at = NEVER;
    int slot = -1;

    Deadline(Sweeper sweeper, Runnable action) {
        this.sweeper = sweeper;
        this.action = action;
    }

    /// Sets or moves it.
    ///
    /// @param nanos on the loop's clock
    public void at(long nanos) {
        at = nanos;
        sweeper.awake();
    }

    public void disarm() {
        at = NEVER;
    }

    /// Gives up the place in the sweeper; never used again.
    public void close() {
        at = NEVER;
        sweeper.remove(this);
    }

    boolean armed() {
        return at != NEVER;
    }

    void fireIfDue(long now) {
        if (at != NEVER && now - at >= 0) {
            at = NEVER;
            action.run();
        }
    }
}
