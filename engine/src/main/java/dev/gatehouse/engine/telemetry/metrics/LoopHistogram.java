package dev.gatehouse.engine.telemetry.metrics;

/// How long things took on one loop. Written by its thread only, read by any.
///
/// How many there are is not kept but added up from the buckets, so that whatever moment a reader comes at, the
/// buckets agree with their number. The sum may be one exchange ahead or behind. It is a floating-point number,
/// because whole nanoseconds of many thousand waiting clients overflow within days; up to 104 days of time
/// together it is exact.
final class LoopHistogram {
    private final Buckets buckets;

    /// One for each bucket, then the sum in nanoseconds.
    private final Cells cells;

    LoopHistogram(Buckets buckets) {
        this.buckets = buckets;
        this.cells = new Cells(buckets.count() + 1);
    }

    void record(long nanos) {
        cells.add(buckets.of(nanos), 1);
        cells.addDecimal(buckets.count(), (double) nanos);
    }

    long count(int bucket) {
        return cells.get(bucket);
    }

    double sumNanos() {
        return cells.decimal(buckets.count());
    }
}
