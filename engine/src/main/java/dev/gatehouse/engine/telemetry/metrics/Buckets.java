package dev.gatehouse.engine.telemetry.metrics;

import java.util.ArrayList;
import java.util.List;

/// The buckets of a histogram of times. Fixed: histograms of one name can only be added up when they agree on them.
final class Buckets {
    /// From the client's side: half a millisecond to half a minute.
    static final Buckets REQUEST = ofMicros(
            500,
            1_000,
            2_500,
            5_000,
            10_000,
            25_000,
            50_000,
            100_000,
            250_000,
            500_000,
            1_000_000,
            2_500_000,
            5_000_000,
            10_000_000,
            30_000_000);

    /// What the gateway itself takes is mostly far below a millisecond.
    static final Buckets OVERHEAD =
            ofMicros(25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000, 1_000_000, 10_000_000);

    /// A loop is late by up to a millisecond when nothing is wrong: that is how finely the kernel's timer is asked.
    static final Buckets LAG = ofMicros(1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000);

    private static final double MICROS_IN_SECOND = 1_000_000;

    private final long[] nanos;
    private final List<Double> seconds;

    private Buckets(long[] nanos, List<Double> seconds) {
        this.nanos = nanos;
        this.seconds = seconds;
    }

    /// @param bounds the upper bound of each bucket, inclusive, rising; one more bucket takes what is above the
    ///     last
    static Buckets ofMicros(long... bounds) {
        long[] nanos = new long[bounds.length];
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < bounds.length; i++) {
            nanos[i] = bounds[i] * 1000;
            seconds.add(bounds[i] / MICROS_IN_SECOND);
        }
        return new Buckets(nanos, List.copyOf(seconds));
    }

    /// Where a time belongs. From below: most are short.
    int of(long time) {
        int bucket = 0;
        while (bucket < nanos.length && time > nanos[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /// The one for what is above the last bound included.
    int count() {
        return nanos.length + 1;
    }

    /// The bounds, in seconds.
    List<Double> seconds() {
        return seconds;
    }
}
