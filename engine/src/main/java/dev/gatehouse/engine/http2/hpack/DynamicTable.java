package dev.gatehouse.engine.http2.hpack;

import java.util.Arrays;

/// The fields one side of a connection has told the other to remember (RFC 7541 §2.3.2), the newest first,
/// numbered from 1. Each stands in one piece in a shared array, name before value.
final class DynamicTable {
    /// What a field counts beside its octets (RFC 7541 §4.1).
    static final int OVERHEAD = 32;

    private static final int FIRST_STORE = 512;
    private static final int STRIDE = 3;

    /// Start, length of the name, length of the value; a ring by insertion.
    private int[] entries = new int[16 * STRIDE];

    private byte[] store = new byte[0];
    private int filled;
    private int capacity;
    private int size;
    private int count;

    /// How many fields have ever been added.
    private int added;

    DynamicTable(int capacity) {
        this.capacity = capacity;
    }

    int capacity() {
        return capacity;
    }

    int count() {
        return count;
    }

    /// How many fields have ever been added; a field's number is this, less what it was when it was added.
    int added() {
        return added;
    }

    void capacity(int octets) {
        capacity = octets;
        evict(0);
    }

    /// The array in which every field stands, until the next one is added.
    byte[] bytes() {
        return store;
    }

    int nameStart(int index) {
        return entries[slot(added - index)];
    }

    int nameEnd(int index) {
        int slot = slot(added - index);
        return entries[slot] + entries[slot + 1];
    }

    int valueEnd(int index) {
        int slot = slot(added - index);
        return entries[slot] + entries[slot + 1] + entries[slot + 2];
    }

    /// Adds a field; older ones give way. One that is larger than the table empties it (RFC 7541 §4.4).
    ///
    /// @param name not from [#bytes], which may move
    /// @param value as `name`
    void add(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd) {
        int nameLength = nameEnd - nameStart;
        int valueLength = valueEnd - valueStart;
        int length = nameLength + valueLength;
        evict(length + OVERHEAD);
        if (length + OVERHEAD > capacity) {
            return;
        }
        makeRoom(length);
        if ((count + 1) * STRIDE > entries.length) {
            growEntries();
        }
        int slot = slot(added);
        entries[slot] = filled;
        entries[slot + 1] = nameLength;
        entries[slot + 2] = valueLength;
        for (int i = nameStart; i < nameEnd; i++) {
            byte b = name[i];
            store[filled++] = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
        }
        System.arraycopy(value, valueStart, store, filled, valueLength);
        filled += valueLength;
        added++;
        count++;
        size += length + OVERHEAD;
    }

    private void evict(int coming) {
        while (count > 0 && size + coming > capacity) {
            int slot = slot(added - count);
            size -= entries[slot + 1] + entries[slot + 2] + OVERHEAD;
            count--;
        }
        if (count == 0) {
            filled = 0;
        }
    }

    /// Fields are added at the end of the array. At its end what is left of them moves to the front, of a
    /// larger array when it would soon be full again.
    private void makeRoom(int length) {
        if (filled + length <= store.length) {
            return;
        }
        int start = count == 0 ? 0 : entries[slot(added - count)];
        int live = count == 0 ? 0 : filled - start;
        int room = Math.max(store.length, FIRST_STORE);
        while (room < 2 * (live + length)) {
            room *= 2;
        }
        byte[] to = room == store.length ? store : new byte[room];
        System.arraycopy(store, start, to, 0, live);
        store = to;
        filled = live;
        for (int i = 1; i <= count; i++) {
            entries[slot(added - i)] -= start;
        }
    }

    private void growEntries() {
        int[] old = entries;
        int[] grown = Arrays.copyOf(old, old.length * 2);
        for (int i = added - count; i != added; i++) {
            int from = (i & (old.length / STRIDE - 1)) * STRIDE;
            int to = (i & (grown.length / STRIDE - 1)) * STRIDE;
            System.arraycopy(old, from, grown, to, STRIDE);
        }
        entries = grown;
    }

    /// A ring of a power of two.
    private int slot(int insertion) {
        return (insertion & (entries.length / STRIDE - 1)) * STRIDE;
    }
}
