package dev.gatehouse.engine.store.limit;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import java.util.Arrays;

/// What counts for a while and then no more: the requests of a [LimitRule.SlidingWindow], the leases of a
/// [LimitRule.Concurrency].
///
/// Time is cut into 125 parts of the window. What was taken in a part counts until a whole window after the part has
/// ended, that is, through the 125 parts that follow it. So whatever lies within one window of now is in the sum, and
/// never more than the limit fits into any window; a steady overload is let through at the limit per 126 parts, which
/// is 0.8 % less. (A hundred parts would be 1 % less: all that may be lost, and nothing left for the network.)
///
/// Only parts in which something was taken are kept, so a key that was seen once costs one number and not all.
final class PartsBucket extends Bucket {
    static final int PARTS = 125;

    /// A number, without a sign, holds what was taken in a part and, in its lowest bits, which part after `base`
    /// that is. What is too much for one number is a further one of the same part.
    private static final int OFFSET_BITS = 7;

    private static final int OFFSET = (1 << OFFSET_BITS) - 1;

    private static final int MOST = (1 << (Integer.SIZE - OFFSET_BITS)) - 1;

    private static final int OBJECT = 64;

    /// Of one part, in nanoseconds.
    private final long length;

    /// The part that offsets begin at: that of the first number.
    private long base;

    /// Of all numbers.
    private long total;

    private int[] numbers;
    private int size;

    PartsBucket(long windowMillis) {
        this(windowMillis * (NANOS_PER_MILLI / PARTS), 0, 0, new int[1], 0);
    }

    private PartsBucket(long length, long base, long total, int[] numbers, int size) {
        this.length = length;
        this.base = base;
        this.total = total;
        this.numbers = numbers;
        this.size = size;
    }

    @Override
    boolean fits(LimitRule rule) {
        long windowMillis = switch (rule) {
            case LimitRule.SlidingWindow window -> window.windowMillis();
            case LimitRule.Concurrency leases -> leases.leaseMillis();
            default -> -1;
        };
        return length == windowMillis * (NANOS_PER_MILLI / PARTS);
    }

    @Override
    boolean isEnough(LimitRule rule, long cost, long now) {
        forget(now);
        return cost <= rule.limit() - total;
    }

    @Override
    void take(LimitRule rule, long cost, long now) {
        if (cost == 0) {
            return;
        }
        forget(now);
        long part = part(now);
        if (size == 0) {
            base = part;
        } else {
            part = Math.max(part, part(size - 1)); // another thread may have read the clock a little later
        }
        int offset = (int) (part - base);
        long left = cost;
        if (size > 0 && (numbers[size - 1] & OFFSET) == offset) {
            left -= add(size - 1, left);
        }
        while (left > 0) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size <= PARTS ? Math.min(2 * size, PARTS + 1) : size + 1);
            }
            numbers[size] = offset;
            left -= add(size++, left);
        }
        total += cost;
    }

    /// @return what there was room for
    private long add(int i, long cost) {
        int room = (int) Math.min(cost, MOST - taken(i));
        numbers[i] += room << OFFSET_BITS;
        return room;
    }

    private int taken(int i) {
        return numbers[i] >>> OFFSET_BITS;
    }

    /// The newest first: a lease that nobody will give back grows old and ends.
    @Override
    void giveBack(long cost, long now) {
        forget(now);
        long left = Math.min(cost, total);
        total -= left;
        while (left > 0) {
            int taken = taken(size - 1);
            int back = (int) Math.min(taken, left);
            numbers[size - 1] -= back << OFFSET_BITS;
            left -= back;
            if (back == taken) {
                size--;
            }
        }
    }

    @Override
    LimitState state(LimitRule rule, boolean allowed, long cost, long now) {
        forget(now);
        long reset = size == 0 ? 0 : millis(end(size - 1) - now);
        return new LimitState(
                allowed, Math.max(0, rule.limit() - total), reset, allowed ? 0 : retry(rule, cost, now, reset));
    }

    private long retry(LimitRule rule, long cost, long now, long reset) {
        long missing = cost - (rule.limit() - total);
        for (int i = 0; i < size; i++) {
            missing -= taken(i);
            if (missing <= 0) {
                return millis(end(i) - now);
            }
        }
        return reset;
    }

    @Override
    long lasts(LimitRule rule) {
        return (PARTS + 1) * length;
    }

    @Override
    int weight() {
        return OBJECT + Integer.BYTES * numbers.length;
    }

    @Override
    Bucket copy() {
        return new PartsBucket(length, base, total, numbers.clone(), size);
    }

    private long part(long now) {
        return Math.floorDiv(now, length);
    }

    private long part(int i) {
        return base + (numbers[i] & OFFSET);
    }

    /// When what stands there begins to count no more.
    private long end(int i) {
        return (part(i) + PARTS + 1) * length;
    }

    /// Drops what counts no more.
    private void forget(long now) {
        long oldest = part(now) - PARTS;
        if (size == 0 || base >= oldest) {
            return;
        }
        int past = 0;
        while (past < size && part(past) < oldest) {
            total -= taken(past++);
        }
        size -= past;
        if (size > 0) {
            int moved = numbers[past] & OFFSET;
            for (int i = 0; i < size; i++) {
                numbers[i] = numbers[past + i] - moved;
            }
            base += moved;
        }
    }
}
