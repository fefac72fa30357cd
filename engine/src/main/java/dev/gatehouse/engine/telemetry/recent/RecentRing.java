package dev.gatehouse.engine.telemetry.recent;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.SummarySink;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The last requests of one loop. Written on its thread, read from any.
///
/// Traces are larger than what else is kept, and making one takes a while when nobody recorded it: fewer are kept than
/// requests, and no more than [#MOST_TRACES_A_SECOND] are made afterwards, so that a flood of refusals stays cheap.
final class RecentRing implements SummarySink {
    static final int MOST_TRACES_A_SECOND = 50;

    private static final VarHandle WRITTEN;

    static {
        try {
            WRITTEN = MethodHandles.lookup().findVarHandle(RecentRing.class, "written", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int loop;
    private final Slot[] slots;

    /// The numbers of the requests whose traces are kept.
    private final long[] traced;

    private int nextTraced;
    private long second;
    private int madeThisSecond;
    private long written;

    /// @param size how many are kept; a power of two
    /// @param traces of how many of them the trace is kept
    RecentRing(int loop, int size, int traces) {
        if (Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("not a power of two: " + size);
        }
        this.loop = loop;
        this.slots = new Slot[size];
        for (int i = 0; i < size; i++) {
            slots[i] = new Slot();
        }
        this.traced = new long[traces];
        Arrays.fill(traced, -1);
    }

    int size() {
        return slots.length;
    }

    private Slot slot(long number) {
        return slots[(int) number & (slots.length - 1)];
    }

    // ── the loop
    // ─────────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void ended(ExchangeSummary summary) {
        long number = written;
        slot(number).write(number, summary, isTraced(summary) ? kept(number, summary) : null);
        WRITTEN.setRelease(this, number + 1);
    }

    private boolean isTraced(ExchangeSummary summary) {
        if (summary.isRecorded()) {
            return true;
        }
        FailureKind failure = summary.failure();
        // Who left was not answered: nothing was decided about that.
        boolean decided = summary.decidedBy() != null || (failure != null && failure != FailureKind.CLIENT_LEFT);
        return decided && hasTime(summary.startedMillis() / 1000);
    }

    private boolean hasTime(long now) {
        if (now != second) {
            second = now;
            madeThisSecond = 0;
        }
        return madeThisSecond++ < MOST_TRACES_A_SECOND;
    }

    private DecisionTrace kept(long number, ExchangeSummary summary) {
        long leaving = traced[nextTraced];
        if (leaving >= 0) {
            slot(leaving).dropTrace(leaving);
        }
        traced[nextTraced] = number;
        nextTraced = nextTraced + 1 < traced.length ? nextTraced + 1 : 0;
        return KeptTrace.of(summary.trace());
    }

    // ── readers
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// How many have ended; the newest has one less for its number.
    long written() {
        return (long) WRITTEN.getAcquire(this);
    }

    /// The request of this number; null when it is gone, or is none.
    @Nullable
    RecentRequest read(long number) {
        return number < 0 ? null : slot(number).read(loop, number);
    }
}
