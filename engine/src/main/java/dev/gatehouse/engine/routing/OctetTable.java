package dev.gatehouse.engine.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Things by their octets, found without making an object: open addressing, at most half full, each thing carrying
/// its own key, so that a look-up among many touches little memory. The caller brings the hash, which it gets for
/// nothing while it looks for the end of the key. Filled while the table is built, only read afterwards.
final class OctetTable<V extends OctetTable.Keyed> {
    /// What can be found.
    abstract static class Keyed {
        private final int hash;
        private final byte[] key;

        Keyed(int hash, byte[] key) {
            this.hash = hash;
            this.key = key;
        }
    }

    private @Nullable Keyed[] slots = new Keyed[2];
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

    @SuppressWarnings("unchecked")
    @Nullable
    V get(int hash, byte[] bytes, int from, int to) {
        @Nullable Keyed[] all = slots;
        int mask = all.length - 1;
        for (int slot = slot(hash, mask); ; slot = (slot + 1) & mask) {
            Keyed found = all[slot];
            if (found == null) {
                return null;
            }
            byte[] key = found.key;
            if (found.hash == hash && Arrays.equals(key, 0, key.length, bytes, from, to)) {
                // Only V comes in.
                return (V) found;
            }
        }
    }

    /// Adds a thing whose key is not there yet.
    void add(V thing) {
        if (++size * 2 > slots.length) {
            @Nullable Keyed[] old = slots;
            slots = new Keyed[old.length * 2];
            for (Keyed one : old) {
                if (one != null) {
                    place(one);
                }
            }
        }
        place(thing);
    }

    private void place(Keyed thing) {
        int mask = slots.length - 1;
        int slot = slot(thing.hash, mask);
        while (slots[slot] != null) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = thing;
    }

    private static int slot(int hash, int mask) {
        int mixed = hash * 0x9e3779b9;
        return (mixed ^ mixed >>> 15) & mask;
    }
}
