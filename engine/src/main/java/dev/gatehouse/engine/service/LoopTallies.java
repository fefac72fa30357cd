package dev.gatehouse.engine.service;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Requests to one instance, counted by each loop in a cache line of its own: counting costs a plain store, and only
/// who wants the sum looks at the others'. A loop's figures are written by its thread only.
final class LoopTallies {
    /// Two cache lines, because processors fetch them in pairs.
    private static final int STRIDE = 16;

    private static final int IN_FLIGHT = 0;
    private static final int ATTEMPTS = 1;
    private static final int FAILURES = 2;

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] cells;

    LoopTallies(int loops) {
        cells = new long[(loops + 1) * STRIDE];
    }

    void begin(int loop) {
        add(loop, ATTEMPTS, 1);
        add(loop, IN_FLIGHT, 1);
    }

    void end(int loop) {
        add(loop, IN_FLIGHT, -1);
    }

    void failed(int loop) {
        add(loop, FAILURES, 1);
    }

    long inFlight() {
        return sum(IN_FLIGHT);
    }

    long attempts() {
        return sum(ATTEMPTS);
    }

    long failures() {
        return sum(FAILURES);
    }

    private void add(int loop, int what, long more) {
        // The first stride stays empty: the array's length and what lies before it change at other times.
        int cell = (loop + 1) * STRIDE + what;
        CELLS.setOpaque(cells, cell, (long) CELLS.getOpaque(cells, cell) + more);
    }

    private long sum(int what) {
        long sum = 0;
        for (int cell = STRIDE + what; cell < cells.length; cell += STRIDE) {
            sum += (long) CELLS.getOpaque(cells, cell);
        }
        return sum;
    }
}
