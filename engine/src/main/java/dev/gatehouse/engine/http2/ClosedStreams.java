package dev.gatehouse.engine.http2;

/// The numbers of the streams that ended last, and how: what a peer may still send on them differs (RFC 9113
/// §5.1).
final class ClosedStreams {
    private static final int KEPT = 64;

    /// A number, negative when we reset the stream.
    private final int[] last = new int[KEPT];

    private int next;

    void add(int id, boolean reset) {
        last[next++ & (KEPT - 1)] = reset ? -id : id;
    }

    /// Whether it was used, and has ended.
    boolean has(int id) {
        return indexOf(id) >= 0 || wasReset(id);
    }

    /// Whether we reset it: the peer may not know yet.
    boolean wasReset(int id) {
        return indexOf(-id) >= 0;
    }

    private int indexOf(int number) {
        for (int i = 0; i < KEPT; i++) {
            if (last[i] == number) {
                return i;
            }
        }
        return -1;
    }
}
