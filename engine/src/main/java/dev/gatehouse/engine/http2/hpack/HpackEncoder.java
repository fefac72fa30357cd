package dev.gatehouse.engine.http2.hpack;

import dev.gatehouse.http1.FieldSink;
import dev.gatehouse.http1.HeadWriter;

/// Writes the header blocks of one connection, in the order they are sent (RFC 7541 §3).
///
/// A field gets a place in the table when it comes for the second time: what differs on every message, an id
/// or a length, never pushes out what does not. Strings are not Huffman-coded: what repeats is a number by
/// then, and the rest is not worth the work.
public final class HpackEncoder implements FieldSink {
    private static final int MAX_TABLE = 4096;

    /// A longer value is not worth a place.
    private static final int LONGEST_KEPT = 256;

    private static final int SLOTS = 256;

    private final DynamicTable table = new DynamicTable(MAX_TABLE);
    private final int[] seen = new int[64];

    /// By hash of name and value, the number of the insertion, from 1.
    private final int[] places = new int[SLOTS];

    private HeadWriter out = new HeadWriter(0);
    private int lowest = MAX_TABLE;
    private boolean resized;

    /// The peer remembers at most so many octets from here on.
    public void maxTable(int octets) {
        int size = Math.min(octets, MAX_TABLE);
        if (size != table.capacity()) {
            lowest = resized ? Math.min(lowest, size) : size;
            resized = true;
            table.capacity(size);
        }
    }

    /// A block begins; it is appended to `to`.
    public void begin(HeadWriter to) {
        out = to;
        if (resized) {
            resized = false;
            if (lowest < table.capacity()) {
                integer(0x20, 5, lowest);
            }
            integer(0x20, 5, table.capacity());
        }
    }

    /// `:status`.
    public void status(int status) {
        int index = switch (status) {
            case 200 -> 8;
            case 204 -> 9;
            case 206 -> 10;
            case 304 -> 11;
            case 400 -> 12;
            case 404 -> 13;
            case 500 -> 14;
            default -> 0;
        };
        if (index > 0) {
            indexed(index);
        } else {
            integer(0, 4, 8);
            out.octet(3).decimal(status);
        }
    }

    /// A field of the static table, as a whole.
    public void indexed(int index) {
        integer(0x80, 7, index);
    }

    @Override
    public void field(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd) {
        int known = StaticTable.indexOf(name, nameStart, nameEnd);
        if (isSecret(known)) {
            literal(0x10, 4, known, name, nameStart, nameEnd, value, valueStart, valueEnd);
            return;
        }
        if (valueEnd - valueStart > LONGEST_KEPT) {
            literal(0, 4, known, name, nameStart, nameEnd, value, valueStart, valueEnd);
            return;
        }
        int hash = hash(name, nameStart, nameEnd, value, valueStart, valueEnd);
        int place = places[hash & (SLOTS - 1)];
        if (place > 0) {
            int index = table.added() - place + 1;
            if (index <= table.count() && is(index, name, nameStart, nameEnd, value, valueStart, valueEnd)) {
                indexed(StaticTable.SIZE + index);
                return;
            }
        }
        int slot = (hash >>> 8) & (seen.length - 1);
        if (seen[slot] != hash) {
            seen[slot] = hash;
            literal(0, 4, known, name, nameStart, nameEnd, value, valueStart, valueEnd);
            return;
        }
        literal(0x40, 6, known, name, nameStart, nameEnd, value, valueStart, valueEnd);
        table.add(name, nameStart, nameEnd, value, valueStart, valueEnd);
        places[hash & (SLOTS - 1)] = table.added();
    }

    /// What would let somebody who can make us send things find out a secret by its size (RFC 7541 §7.1):
    /// credentials and cookies.
    private static boolean isSecret(int known) {
        return known == 23 || known == 32 || known == 49 || known == 55;
    }

    private void literal(
            int pattern,
            int bits,
            int known,
            byte[] name,
            int nameStart,
            int nameEnd,
            byte[] value,
            int valueStart,
            int valueEnd) {
        integer(pattern, bits, known);
        if (known == 0) {
            integer(0, 7, nameEnd - nameStart);
            out.lowerCase(name, nameStart, nameEnd);
        }
        integer(0, 7, valueEnd - valueStart);
        out.copy(value, valueStart, valueEnd);
    }

    private boolean is(int index, byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd) {
        byte[] b = table.bytes();
        int at = table.nameStart(index);
        int valueAt = table.nameEnd(index);
        if (valueAt - at != nameEnd - nameStart || table.valueEnd(index) - valueAt != valueEnd - valueStart) {
            return false;
        }
        for (int i = nameStart; i < nameEnd; i++) {
            if (fold(name[i]) != b[at++]) {
                return false;
            }
        }
        for (int i = valueStart; i < valueEnd; i++) {
            if (value[i] != b[at++]) {
                return false;
            }
        }
        return true;
    }

    private static int hash(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd) {
        int hash = nameEnd - nameStart;
        for (int i = nameStart; i < nameEnd; i++) {
            hash = 31 * hash + fold(name[i]);
        }
        for (int i = valueStart; i < valueEnd; i++) {
            hash = 31 * hash + value[i];
        }
        hash *= 0x9e3779b1;
        return hash ^ (hash >>> 15);
    }

    private static int fold(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }

    private void integer(int pattern, int bits, int value) {
        int mask = (1 << bits) - 1;
        if (value < mask) {
            out.octet(pattern | value);
            return;
        }
        out.octet(pattern | mask);
        int rest = value - mask;
        while (rest >= 0x80) {
            out.octet(rest | 0x80);
            rest >>>= 7;
        }
        out.octet(rest);
    }
}
