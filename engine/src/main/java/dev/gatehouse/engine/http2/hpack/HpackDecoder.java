package dev.gatehouse.engine.http2.hpack;

import dev.gatehouse.http1.FieldSink;

/// Reads the header blocks of one connection, in the order they came (RFC 7541 §3). Every block has to be
/// read, also one whose fields nobody wants: the next one may refer to it.
public final class HpackDecoder {
    private static final byte[] NONE = new byte[0];

    private final int maxTable;
    private final DynamicTable table;

    private byte[] block = NONE;
    private int at;
    private int end;

    private byte[] name = NONE;
    private int nameStart;
    private int nameEnd;
    private byte[] value = NONE;
    private int valueStart;
    private int valueEnd;

    private byte[] nameText = NONE;
    private byte[] valueText = NONE;

    /// @param maxTable octets we have promised to remember (SETTINGS_HEADER_TABLE_SIZE)
    public HpackDecoder(int maxTable) {
        this.maxTable = maxTable;
        this.table = new DynamicTable(maxTable);
    }

    /// Reads a whole block, `[from, to)` of `octets`.
    ///
    /// @return false when it is broken; nothing can be read on this connection any more
    public boolean decode(byte[] octets, int from, int to, FieldSink sink) {
        block = octets;
        at = from;
        end = to;
        boolean first = true;
        while (at < end) {
            int b = octets[at] & 0xff;
            if (b >= 0x80) {
                if (!indexed(integer(7))) {
                    return false;
                }
            } else if (b >= 0x40) {
                if (!literal(integer(6))) {
                    return false;
                }
                remember();
            } else if (b >= 0x20) {
                int size = integer(5);
                if (!first || size < 0 || size > maxTable) {
                    return false;
                }
                table.capacity(size);
                continue;
            } else if (!literal(integer(4))) {
                return false;
            }
            first = false;
            sink.field(name, nameStart, nameEnd, value, valueStart, valueEnd);
        }
        return true;
    }

    private boolean indexed(int index) {
        if (!named(index)) {
            return false;
        }
        if (index <= StaticTable.SIZE) {
            value = StaticTable.value(index);
            valueStart = 0;
            valueEnd = value.length;
        } else {
            value = table.bytes();
            valueStart = nameEnd;
            valueEnd = table.valueEnd(index - StaticTable.SIZE);
        }
        return true;
    }

    private boolean literal(int index) {
        return (index == 0 ? nameString() : named(index)) && valueString();
    }

    private boolean named(int index) {
        if (index <= 0 || index > StaticTable.SIZE + table.count()) {
            return false;
        }
        if (index <= StaticTable.SIZE) {
            name = StaticTable.name(index);
            nameStart = 0;
            nameEnd = name.length;
        } else {
            name = table.bytes();
            nameStart = table.nameStart(index - StaticTable.SIZE);
            nameEnd = table.nameEnd(index - StaticTable.SIZE);
        }
        return true;
    }

    /// Adds the field that was read to the table, and tells it from its place outside.
    private void remember() {
        if (name == table.bytes()) {
            int length = nameEnd - nameStart;
            if (nameText.length < length) {
                nameText = new byte[length];
            }
            System.arraycopy(name, nameStart, nameText, 0, length);
            name = nameText;
            nameStart = 0;
            nameEnd = length;
        }
        table.add(name, nameStart, nameEnd, value, valueStart, valueEnd);
    }

    private boolean nameString() {
        boolean coded = at < end && block[at] < 0;
        int length = integer(7);
        if (length < 0 || length > end - at) {
            return false;
        }
        if (!coded) {
            name = block;
            nameStart = at;
            nameEnd = at + length;
        } else {
            nameText = room(nameText, length);
            name = nameText;
            nameStart = 0;
            nameEnd = Huffman.decode(block, at, at + length, nameText);
        }
        at += length;
        return nameEnd >= 0;
    }

    private boolean valueString() {
        boolean coded = at < end && block[at] < 0;
        int length = integer(7);
        if (length < 0 || length > end - at) {
            return false;
        }
        if (!coded) {
            value = block;
            valueStart = at;
            valueEnd = at + length;
        } else {
            valueText = room(valueText, length);
            value = valueText;
            valueStart = 0;
            valueEnd = Huffman.decode(block, at, at + length, valueText);
        }
        at += length;
        return valueEnd >= 0;
    }

    private static byte[] room(byte[] text, int coded) {
        int needed = coded * 8 / 5 + 1;
        return text.length >= needed ? text : new byte[Math.max(needed, 128)];
    }

    /// An integer that begins in the lowest `bits` of the next octet (RFC 7541 §5.1); -1 when it is cut off,
    /// or larger than anything we deal in.
    private int integer(int bits) {
        if (at == end) {
            return -1;
        }
        int mask = (1 << bits) - 1;
        int read = block[at++] & mask;
        if (read < mask) {
            return read;
        }
        for (int shift = 0; shift <= 21; shift += 7) {
            if (at == end) {
                return -1;
            }
            int b = block[at++];
            read += (b & 0x7f) << shift;
            if (b >= 0) {
                return read;
            }
        }
        return -1;
    }
}
