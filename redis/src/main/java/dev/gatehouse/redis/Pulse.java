package dev.gatehouse.redis;

/// Whether a connection is alive, judged by what comes back on it: one is taken for silent when a question got no
/// answer in its time and nothing else was answered since it was put. The next answer, be it late, is a sign of life.
///
/// Takes the time as a number, in nanoseconds. Safe for threads; who asks during a change may get either answer.
final class Pulse {
    private volatile long lastAnswer;
    private volatile long silentSince;
    private volatile boolean silent;

    /// There is a new connection.
    void begins(long now) {
        lastAnswer = now;
        silent = false;
    }

    /// Something was answered.
    void answered(long now) {
        lastAnswer = now;
        silent = false;
    }

    /// A question was not answered in its time.
    ///
    /// @param put when it was put
    /// @return whether the connection has just fallen silent
    synchronized boolean missed(long put, long now) {
        if (silent || lastAnswer - put >= 0) {
            return false;
        }
        silentSince = now;
        silent = true;
        return true;
    }

    boolean isSilent() {
        return silent;
    }

    /// For how long it has been silent; 0 when it is not.
    long silentFor(long now) {
        return silent ? now - silentSince : 0;
    }
}
