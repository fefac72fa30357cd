package dev.gatehouse.policy.ratelimit;

/// Whether a store is worth waiting for. One late answer says little of the next one, so it costs one decision and no
/// more. When requests wait in vain several times in a row, each of them put after the one before was given up, the
/// store is left alone; from then on one request asks now and then, and the others go on without it until that one has
/// had an answer. So a store that hangs makes few requests wait, and is found again within a quarter of a second.
///
/// Who is told at once that the store is down has not waited, and says nothing here: asking a store that fails
/// fast, as Redis does, costs nothing and finds it again with its first answer. Safe for threads.
final class StoreCircuit {
    /// So often in a row.
    static final int PATIENCE = 3;

    /// How long it is left alone, in nanoseconds.
    static final long PAUSE = 250_000_000;

    private volatile int inVain;

    /// When the last one that counted was given up.
    private long givenUp;

    /// When somebody may ask again, while it is left alone.
    private long nextAt;

    /// @param now in nanoseconds
    boolean mayAsk(long now) {
        return inVain < PATIENCE || isTurn(now);
    }

    private synchronized boolean isTurn(long now) {
        if (inVain < PATIENCE) {
            return true;
        }
        if (now - nextAt < 0) {
            return false;
        }
        nextAt = now + PAUSE;
        return true;
    }

    /// In time.
    void answered() {
        if (inVain != 0) {
            forget();
        }
    }

    private synchronized void forget() {
        inVain = 0;
    }

    /// A request waited, and got no answer.
    ///
    /// @param asked when it began to wait, in nanoseconds
    synchronized void waitedInVain(long asked, long now) {
        // Those who waited at the same time have met with one mishap, however many they are.
        if (inVain == 0 || asked - givenUp >= 0) {
            inVain = Math.min(inVain + 1, PATIENCE);
            givenUp = now;
            nextAt = now + PAUSE;
        }
    }
}
