package dev.gatehouse.engine.telemetry.accesslog;

import java.util.concurrent.atomic.AtomicLongArray;

/// Lines on their way from one event loop to the writer: octets in a circle. The loop leaves whole lines and never
/// waits; the writer takes whole lines. No lock, no object, no octet twice.
///
/// Both ends count octets from the beginning, so that the difference is what waits, and the rest of the division by
/// the size is the place.
final class LineRing {
    /// Places in [#counts], each in a cache line of its own: two threads write them.
    private static final int TAKEN = 16;

    private static final int LEFT = 32;
    private static final int DROPPED = 40;

    private final byte[] octets;
    private final int mask;
    private final AtomicLongArray counts = new AtomicLongArray(56);

    /// What the loop knows of the writer's end; it looks again only when there is no room.
    private long takenAsSeen;

    /// @param size in octets, rounded up to a power of two
    LineRing(int size) {
        octets = new byte[Integer.highestOneBit(Math.max(1, size - 1)) << 1];
        mask = octets.length - 1;
    }

    int size() {
        return octets.length;
    }

    // ── the loop

    /// Leaves a line, or drops it when there is no room. On the loop's thread.
    ///
    /// @return whether the ring is at least half full, as far as the loop knows: then the writer is to hurry
    boolean leave(byte[] line, int length) {
        long left = counts.getPlain(LEFT);
        if (left + length - takenAsSeen > octets.length) {
            takenAsSeen = counts.getAcquire(TAKEN);
            if (left + length - takenAsSeen > octets.length) {
                counts.setOpaque(DROPPED, counts.getPlain(DROPPED) + 1);
                return true;
            }
        }
        copyIn(line, length, (int) left & mask);
        counts.setRelease(LEFT, left + length);
        if (left + length - takenAsSeen < octets.length / 2) {
            return false;
        }
        takenAsSeen = counts.getAcquire(TAKEN);
        return left + length - takenAsSeen >= octets.length / 2;
    }

    private void copyIn(byte[] line, int length, int place) {
        int first = Math.min(length, octets.length - place);
        System.arraycopy(line, 0, octets, place, first);
        System.arraycopy(line, first, octets, 0, length - first);
    }

    // ── the writer

    /// Moves as many whole lines as fit. On the writer's thread.
    ///
    /// @param room octets that fit from `at` on, at least the longest line
    /// @return octets moved
    int take(byte[] into, int at, int room) {
        long taken = counts.getPlain(TAKEN);
        int waiting = (int) (counts.getAcquire(LEFT) - taken);
        int length = waiting <= room ? waiting : wholeLines((int) taken, room);
        int place = (int) taken & mask;
        int first = Math.min(length, octets.length - place);
        System.arraycopy(octets, place, into, at, first);
        System.arraycopy(octets, 0, into, at + first, length - first);
        counts.setRelease(TAKEN, taken + length);
        return length;
    }

    /// Octets up to the last end of a line within `room`: no line has one inside.
    private int wholeLines(int from, int room) {
        int length = room;
        while (length > 0 && octets[(from + length - 1) & mask] != '\n') {
            length--;
        }
        return length;
    }

    // ── anybody

    /// Lines for which there was no room.
    long dropped() {
        return counts.getOpaque(DROPPED);
    }
}
