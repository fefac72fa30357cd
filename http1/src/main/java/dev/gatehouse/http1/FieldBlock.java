package dev.gatehouse.http1;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The field lines of one message as slices of one array. Base of the two heads and of a trailer section.
///
/// Owned by one exchange, on its event loop, and used again by the next: [#reset] forgets everything but the array.
/// Fields are numbered from 0 in the order they came; a *dropped* field stays where it is and is left out when the
/// block is written.
public class FieldBlock {
    /// An array that grew past this is given back instead of being kept for the next exchange.
    private static final int KEPT_ARRAY = 16 << 10;

    private static final int INITIAL_ARRAY = 2 << 10;
    private static final int NAME = 0;
    private static final int NAME_END = 1;
    private static final int VALUE = 2;
    private static final int VALUE_END = 3;
    private static final int STRIDE = 4;

    /// More options than this in Connection fields are refused: each is compared with each field.
    static final int MAX_CONNECTION_OPTIONS = 32;

    /// The octets of the head. Valid up to [#filled].
    protected byte[] bytes = new byte[INITIAL_ARRAY];

    /// How many octets of [#bytes] hold something.
    protected int filled;

    /// Where the next line to parse starts.
    protected int line;

    /// Where the line end of [#line] is still to be looked for.
    protected int searched;

    private int[] at = new int[24 * STRIDE];
    private int[] hashes = new int[24];
    private @Nullable KnownField[] known = new @Nullable KnownField[24];
    private boolean[] dropped = new boolean[24];
    private int count;
    private int fieldsStart;
    private int fieldsEnd;
    private @Nullable HeadFault fault;

    /// What a parse has come to.
    public enum Progress {
        /// The block is whole; what follows it in the buffer belongs to the body or the next message.
        COMPLETE,
        /// Everything given was taken; more is needed.
        INCOMPLETE,
        /// Refused: see [#fault].
        REFUSED
    }

    /// Forgets the message. Slices handed out before are void from here on.
    public void reset() {
        filled = 0;
        line = 0;
        searched = 0;
        count = 0;
        fieldsStart = 0;
        fieldsEnd = 0;
        fault = null;
        if (bytes.length > KEPT_ARRAY) {
            bytes = new byte[INITIAL_ARRAY];
        }
    }

    /// Why the block was refused, or null.
    public final @Nullable HeadFault fault() {
        return fault;
    }

    public final int count() {
        return count;
    }

    public final boolean dropped(int field) {
        return dropped[field];
    }

    /// Leaves the field out of what is written, or puts it back.
    public final void drop(int field, boolean drop) {
        dropped[field] = drop;
    }

    /// The name this field is recognised by, a spelling with `_` for `-` included; null for a name the gateway
    /// does not know.
    public final @Nullable KnownField known(int field) {
        return known[field];
    }

    /// Drops every field recognised as `name`, in any spelling.
    public final void dropAll(KnownField name) {
        for (int i = 0; i < count; i++) {
            if (known[i] == name) {
                dropped[i] = true;
            }
        }
    }

    /// The first field spelt exactly `name` (letters in any case), dropped or not, or -1.
    public final int find(KnownField name) {
        for (int i = 0; i < count; i++) {
            if (known[i] == name && nameIs(i, name.lowerCase())) {
                return i;
            }
        }
        return -1;
    }

    /// The next field from `from` on with this name, letters in any case, or -1.
    ///
    /// @param lowerCase the name's octets in lower case
    /// @param hash what [#hash(byte[])] says of it
    public final int find(byte[] lowerCase, int hash, int from) {
        for (int i = from; i < count; i++) {
            if (hashes[i] == hash && nameIs(i, lowerCase)) {
                return i;
            }
        }
        return -1;
    }

    /// As [#find(byte[], int, int)], and takes `_` for `-`: a service that maps names to environment variables
    /// does.
    final int findAlike(byte[] lowerCase, int hash, int from) {
        for (int i = from; i < count; i++) {
            if (hashes[i] == hash && sameName(i, lowerCase, 0, lowerCase.length)) {
                return i;
            }
        }
        return -1;
    }

    /// The hash [#find(byte[], int, int)] wants for a lower-case name; worked out once per name.
    public static int hash(byte[] lowerCase) {
        return Octets.hash(lowerCase, 0, lowerCase.length);
    }

    /// The array behind every slice.
    public final byte[] bytes() {
        return bytes;
    }

    public final int nameStart(int field) {
        return at[field * STRIDE + NAME];
    }

    public final int nameEnd(int field) {
        return at[field * STRIDE + NAME_END];
    }

    public final int valueStart(int field) {
        return at[field * STRIDE + VALUE];
    }

    public final int valueEnd(int field) {
        return at[field * STRIDE + VALUE_END];
    }

    /// The field's name as it was sent.
    public final String name(int field) {
        return text(nameStart(field), nameEnd(field));
    }

    /// The field's value, without the white space around it, one char per octet.
    public final String value(int field) {
        return text(valueStart(field), valueEnd(field));
    }

    /// A slice as a String, one char per octet.
    public final String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /// Whether the field's value is `word` (lower case), letters in any case.
    public final boolean valueIs(int field, byte[] word) {
        return Octets.equalsIgnoreCase(bytes, valueStart(field), valueEnd(field), word);
    }

    /// Writes the lines that are not dropped as they came, each run of neighbours in one copy.
    public final void writeFields(HeadWriter out) {
        int run = fieldsStart;
        for (int i = 0; i < count; i++) {
            if (dropped[i]) {
                int start = nameStart(i);
                out.copy(bytes, run, start);
                run = i + 1 < count ? nameStart(i + 1) : fieldsEnd;
            }
        }
        out.copy(bytes, run, fieldsEnd);
    }

    /// Takes from `in` what the array has room for; a full array grows first, to `max` octets and a line end at
    /// most.
    protected final void take(ByteBuf in, int max) {
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(filled + 1, Math.min(max + 2, filled * 2)));
        }
        int wanted = Math.min(in.readableBytes(), bytes.length - filled);
        in.readBytes(bytes, filled, wanted);
        filled += wanted;
    }

    /// Gives back to `in` what was taken beyond the end of the head.
    protected final void giveBack(ByteBuf in) {
        in.readerIndex(in.readerIndex() - (filled - line));
        filled = line;
    }

    protected final Progress refuse(HeadFault why) {
        fault = why;
        return Progress.REFUSED;
    }

    /// Marks where the field lines start: right after the start line.
    protected final void fieldsStartHere() {
        fieldsStart = line;
        fieldsEnd = line;
    }

    /// Parses the field lines that are whole. COMPLETE means that the empty line was read and [#line] stands
    /// behind it.
    protected final Progress parseFields(int maxHead, int maxFields, HeadFault tooLarge) {
        while (true) {
            int start = line;
            if (searched == start && count < maxFields) {
                int next = parseUsualField(start, maxHead);
                if (next > 0) {
                    line = next;
                    searched = next;
                    continue;
                }
            }
            int lf = Octets.indexOfLf(bytes, searched, filled);
            if (lf < 0) {
                searched = filled;
                return filled >= maxHead ? refuse(tooLarge) : Progress.INCOMPLETE;
            }
            if (lf >= maxHead) {
                return refuse(tooLarge);
            }
            searched = lf + 1;
            if (lf == start || bytes[lf - 1] != Octets.CR) {
                return refuse(HeadFault.LINE_END_INVALID);
            }
            if (lf == start + 1) {
                fieldsEnd = start;
                line = lf + 1;
                return Progress.COMPLETE;
            }
            if (count == maxFields) {
                return refuse(HeadFault.TOO_MANY_FIELDS);
            }
            HeadFault wrong = parseField(start, lf - 1);
            if (wrong != null) {
                return refuse(wrong);
            }
            line = lf + 1;
        }
    }

    /// Parses the field line at `start` in one pass, if it is whole and has nothing unusual about it. Anything else
    /// is left to [#parseField], whose verdict does not depend on how much of the line has arrived.
    ///
    /// @return where the next line starts; 0 when nothing was parsed
    private int parseUsualField(int start, int maxHead) {
        byte[] b = bytes;
        int nameEnd = Octets.endOfToken(b, start, filled);
        if (nameEnd == start || nameEnd >= filled || b[nameEnd] != ':') {
            return 0;
        }
        int value = nameEnd + 1;
        while (value < filled && Octets.isOws(b[value])) {
            value++;
        }
        int end = Octets.firstControl(b, value, filled);
        if (end + 1 >= filled || b[end] != Octets.CR || b[end + 1] != Octets.LF || end + 1 >= maxHead) {
            return 0;
        }
        add(start, nameEnd, value, end);
        return end + 2;
    }

    /// Parses the field line `[start, end)`, which is whole.
    private @Nullable HeadFault parseField(int start, int end) {
        byte[] b = bytes;
        if (Octets.isOws(b[start])) {
            return HeadFault.LINE_FOLDED;
        }
        int nameEnd = Octets.endOfToken(b, start, end);
        if (nameEnd == start || nameEnd == end || b[nameEnd] != ':') {
            return HeadFault.FIELD_NAME_INVALID;
        }
        int value = nameEnd + 1;
        while (value < end && Octets.isOws(b[value])) {
            value++;
        }
        int control = value;
        while ((control = Octets.firstControl(b, control, end)) < end) {
            if (b[control] != '\t') {
                return b[control] == Octets.CR ? HeadFault.LINE_END_INVALID : HeadFault.FIELD_VALUE_INVALID;
            }
            control++;
        }
        add(start, nameEnd, value, end);
        return null;
    }

    private void add(int start, int nameEnd, int value, int end) {
        byte[] b = bytes;
        int valueEnd = end;
        while (valueEnd > value && Octets.isOws(b[valueEnd - 1])) {
            valueEnd--;
        }
        if (count == hashes.length) {
            grow();
        }
        int slot = count * STRIDE;
        at[slot + NAME] = start;
        at[slot + NAME_END] = nameEnd;
        at[slot + VALUE] = value;
        at[slot + VALUE_END] = valueEnd;
        int hash = Octets.hash(b, start, nameEnd);
        hashes[count] = hash;
        KnownField field = KnownField.of(hash, b, start, nameEnd);
        known[count] = field;
        dropped[count] = field != null && field.role() == KnownField.Role.HOP_BY_HOP;
        count++;
    }

    /// Drops the fields that this Connection field nominates (RFC 9110 §7.6.1), never those that frame or address
    /// the message. Adds to `options` what it says of the connection itself.
    ///
    /// @return `options` with what was found, or -1 when there are too many of them
    protected final int connectionOptions(int field, int options) {
        int i = valueStart(field);
        int end = valueEnd(field);
        while (i < end) {
            int start = i;
            while (i < end && bytes[i] != ',') {
                i++;
            }
            int stop = i++;
            while (start < stop && Octets.isOws(bytes[start])) {
                start++;
            }
            while (stop > start && Octets.isOws(bytes[stop - 1])) {
                stop--;
            }
            if (start == stop) {
                continue;
            }
            options += ConnectionOption.ONE;
            if (options / ConnectionOption.ONE > MAX_CONNECTION_OPTIONS) {
                return -1;
            }
            int option = ConnectionOption.of(bytes, start, stop);
            options |= option;
            if (option == 0) {
                nominate(start, stop);
            }
        }
        return options;
    }

    private void nominate(int start, int stop) {
        int hash = Octets.hash(bytes, start, stop);
        for (int i = 0; i < count; i++) {
            KnownField field = known[i];
            if (hashes[i] == hash
                    && field != KnownField.HOST
                    && field != KnownField.CONTENT_LENGTH
                    && sameName(i, bytes, start, stop)) {
                dropped[i] = true;
            }
        }
    }

    private boolean sameName(int field, byte[] name, int start, int stop) {
        int from = nameStart(field);
        if (nameEnd(field) - from != stop - start) {
            return false;
        }
        for (int i = start; i < stop; i++, from++) {
            if (Octets.TOKEN_FOLDED[name[i] & 0xff] != Octets.TOKEN_FOLDED[bytes[from] & 0xff]) {
                return false;
            }
        }
        return true;
    }

    private boolean nameIs(int field, byte[] lowerCase) {
        return Octets.equalsIgnoreCase(bytes, nameStart(field), nameEnd(field), lowerCase);
    }

    private void grow() {
        int size = count * 2;
        at = Arrays.copyOf(at, size * STRIDE);
        hashes = Arrays.copyOf(hashes, size);
        known = Arrays.copyOf(known, size);
        dropped = Arrays.copyOf(dropped, size);
    }
}
