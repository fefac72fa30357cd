package dev.gatehouse.engine.http2;

import java.util.concurrent.TimeUnit;

/// Counts the frames of a peer that cost us more than they are good for: resets, of ours as well as those it
/// provokes (CVE-2023-44487, CVE-2025-8671), pings, settings, empty frames, windows opened in crumbs. No count
/// of frames alone would do: a busy connection has pings and window updates too. What we send earns the peer a
/// few of them.
final class FloodGuard {
    private static final long SPAN = TimeUnit.SECONDS.toNanos(10);

    /// What a frame of ours may bring back: an update of each window, and a ping to measure by.
    private static final int EARNED = 3;

    private static final int MOST_EARNED = 4096;

    private final int most;
    private long spanEnd;
    private int useless;
    private int earned = 64;

    /// @param most useless frames in 10 seconds
    FloodGuard(int most, long now) {
        this.most = most;
        this.spanEnd = now + SPAN;
    }

    /// A frame with content has left, or a stream was opened.
    void earn() {
        earned = Math.min(earned + EARNED, MOST_EARNED);
    }

    /// A frame that has its use, in a measure.
    ///
    /// @return false when there have been too many
    boolean spend(long now) {
        if (earned > 0) {
            earned--;
            return true;
        }
        return useless(now);
    }

    /// A frame without use.
    ///
    /// @return false when there have been too many
    boolean useless(long now) {
        if (now - spanEnd > 0) {
            spanEnd = now + SPAN;
            useless = 0;
        }
        return ++useless <= most;
    }
}
