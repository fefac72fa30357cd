package dev.gatehouse.engine.telemetry.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Numbers that one thread writes and others read. Opaque access is what makes that right and no more: a number is
/// never
/// read half written, and one that only grows is never read to shrink; there is no lock and no fence, so that adding
/// costs what adding to a field costs. Two cells read one after the other may be of different moments.
final class Cells {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] cells;

    Cells(int count) {
        cells = new long[count];
    }

    /// By the one thread that writes.
    void add(int cell, long more) {
        CELL.setOpaque(cells, cell, cells[cell] + more);
    }

    /// By the one thread that writes.
    void set(int cell, long value) {
        CELL.setOpaque(cells, cell, value);
    }

    /// By the one thread that writes. What is added need not be whole: a cell holds one or the other, never both.
    void addDecimal(int cell, double more) {
        CELL.setOpaque(cells, cell, Double.doubleToRawLongBits(Double.longBitsToDouble(cells[cell]) + more));
    }

    long get(int cell) {
        return (long) CELL.getOpaque(cells, cell);
    }

    double decimal(int cell) {
        return Double.longBitsToDouble(get(cell));
    }
}
