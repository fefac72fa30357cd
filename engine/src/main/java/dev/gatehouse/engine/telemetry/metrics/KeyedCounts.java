package dev.gatehouse.engine.telemetry.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Counts by a small number, such as a status: few of the many possible ones ever occur. Written by one thread,
/// read by any; no object is made once every key has been seen.
final class KeyedCounts {
    private static final VarHandle KEY = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int SMALLEST = 4;

    /// Open addressing, at most three quarters full. A place is taken for good: first its count is written, then
    /// its key, so that who sees the key sees the count.
    private static final class Table {
        /// The key and one; 0 where there is none.
        private final int[] keys;

        private final Cells counts;

        private Table(int size) {
            keys = new int[size];
            counts = new Cells(size);
        }

        private int place(int key) {
            int mask = keys.length - 1;
            int place = (key * 0x9E3779B9 >>> 16) & mask;
            while (keys[place] != 0 && keys[place] != key + 1) {
                place = (place + 1) & mask;
            }
            return place;
        }

        private void take(int place, int key, long count) {
            counts.add(place, count);
            KEY.setRelease(keys, place, key + 1);
        }
    }

    /// Who reads the counts.
    @FunctionalInterface
    interface Reader {
        void count(int key, long count);
    }

    /// Replaced by a larger one that holds as much, and not written to after that.
    private volatile Table table = new Table(SMALLEST);

    private int size;

    /// One more.
    ///
    /// @param key from 0 on
    void add(int key) {
        Table now = table;
        int place = now.place(key);
        if (now.keys[place] != 0) {
            now.counts.add(place, 1);
            return;
        }
        if (++size * 4 > now.keys.length * 3) {
            now = grown(now);
            place = now.place(key);
            now.take(place, key, 1);
            table = now;
        } else {
            now.take(place, key, 1);
        }
    }

    private static Table grown(Table old) {
        Table larger = new Table(old.keys.length * 2);
        for (int i = 0; i < old.keys.length; i++) {
            if (old.keys[i] != 0) {
                int key = old.keys[i] - 1;
                larger.take(larger.place(key), key, old.counts.get(i));
            }
        }
        return larger;
    }

    /// In no order.
    void forEach(Reader reader) {
        Table now = table;
        for (int i = 0; i < now.keys.length; i++) {
            int key = (int) KEY.getAcquire(now.keys, i);
            if (key != 0) {
                reader.count(key - 1, now.counts.get(i));
            }
        }
    }
}
