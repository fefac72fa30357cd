package dev.gatehouse.engine.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values by octets, found without making an object: open addressing, at most half full. The caller brings the hash,
/// which it gets for nothing while it looks for the end of the key. Filled while the table is built, only read
/// afterwards.
final class OctetTable<V> {
    private byte[] @Nullable [] keys = new byte[4][];
    private @Nullable Object[] values = new Object[4];
    private int[] hashes = new int[4];
    private int size;

    /// One step of the hash of a key.
    static int hash(int hash, byte next) {
        return hash * 31 + next;
    }

    static int hash(byte[] key) {
        int hash = 0;
        for (byte b : key) {
            hash = hash(hash, b);
        }
        return hash;
    }

    boolean isEmpty() {
        return size == 0;
    }

    @Nullable
    V get(int hash, byte[] bytes, int from, int to) {
        int mask = hashes.length - 1;
        for (int slot = slot(hash, mask); ; slot = (slot + 1) & mask) {
            byte[] key = keys[slot];
            if (key == null) {
                return null;
            }
            if (hashes[slot] == hash && key.length == to - from && Arrays.equals(key, 0, key.length, bytes, from, to)) {
                return value(slot);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable V value(int slot) {
        return (V) values[slot];
    }

    /// Adds a key that is not there yet.
    void add(int hash, byte[] key, V value) {
        if (++size * 2 > hashes.length) {
            grow();
        }
        place(hash, key, value);
    }

    private void grow() {
        byte[] @Nullable [] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        int[] oldHashes = hashes;
        int length = hashes.length * 2;
        keys = new byte[length][];
        values = new Object[length];
        hashes = new int[length];
        for (int i = 0; i < oldKeys.length; i++) {
            byte[] key = oldKeys[i];
            if (key != null) {
                place(oldHashes[i], key, oldValues[i]);
            }
        }
    }

    private void place(int hash, byte[] key, @Nullable Object value) {
        int mask = hashes.length - 1;
        int slot = slot(hash, mask);
        while (keys[slot] != null) {
            slot = (slot + 1) & mask;
        }
        keys[slot] = key;
        values[slot] = value;
        hashes[slot] = hash;
    }

    private static int slot(int hash, int mask) {
        int mixed = hash * 0x9e3779b9;
        return (mixed ^ mixed >>> 15) & mask;
    }
}
