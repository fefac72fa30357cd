package dev.gatehouse.http1;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The field lines of one message as slices of one array: what a [ParsedBlock] has read, and what of it is to be
/// written on.
///
/// Owned by one exchange, on its event loop, and used again by the next: [#reset] forgets everything but the array.
/// Fields are numbered from 0 in the order they came. A *dropped* field stays where it is and is left out when the
/// block is written; one that was only *taken out* is left out as well, and still counts as received.
public class FieldBlock {
    /// An array that grew past this is given back instead of being kept for the next exchange.
    private static final int KEPT_ARRAY = 16 << 10;

    private static final int INITIAL_ARRAY = 2 << 10;
    private static final int NAME = 0;
    private static final int NAME_END = 1;
    private static final int VALUE = 2;
    private static final int VALUE_END = 3;
    private static final int STRIDE = 4;

    // What becomes of a field.
    private static final byte WRITTEN = 0;
    private static final byte TAKEN_OUT = 1;
    private static final byte DROPPED = 2;

    /// The octets of the block, and of the start line before it.
    byte[] bytes = new byte[INITIAL_ARRAY];

    /// Where the first field line starts.
    int fieldsStart;

    /// Where the last field line ends: behind its line end.
    int fieldsEnd;

    private int[] at = new int[24 * STRIDE];
    private int[] hashes = new int[24];
    private @Nullable KnownField[] known = new @Nullable KnownField[24];
    private byte[] fate = new byte[24];
    private int count;
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

    FieldBlock() {}

    /// Forgets the message. Slices handed out before are void from here on.
    public void reset() {
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

    final Progress refuse(HeadFault why) {
        fault = why;
        return Progress.REFUSED;
    }

    public final int count() {
        return count;
    }

    /// Whether the field is left out of what is written, for whichever reason.
    public final boolean dropped(int field) {
        return fate[field] != WRITTEN;
    }

    /// Whether the field counts as received: it was not dropped, though it may have been taken out since.
    public final boolean received(int field) {
        return fate[field] != DROPPED;
    }

    /// Leaves the field out of what is written, as if it had never come; or puts it back.
    public final void drop(int field, boolean drop) {
        fate[field] = drop ? DROPPED : WRITTEN;
    }

    /// Leaves a field that would be written out of it. Whoever asks what was received still sees it.
    final void takeOut(int field) {
        fate[field] = TAKEN_OUT;
    }

    /// Leaves every field recognised as `name`, in any spelling, out of what is written. Whoever asks what was
    /// received still sees it.
    public final void takeOutAll(KnownField name) {
        for (int i = 0; i < count; i++) {
            if (known[i] == name && fate[i] == WRITTEN) {
                fate[i] = TAKEN_OUT;
            }
        }
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
                fate[i] = DROPPED;
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

    /// Drops every field of this name, spellings with `_` for `-` among them.
    ///
    /// @param lowerCase the name's octets in lower case
    /// @param hash what [#hash(byte[])] says of it
    public final void dropAlike(byte[] lowerCase, int hash) {
        for (int i = findAlike(lowerCase, hash, 0); i >= 0; i = findAlike(lowerCase, hash, i + 1)) {
            drop(i, true);
        }
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

    /// Takes octets out of the field's value, where they stand: whoever reads the message sees it without them.
    /// The line keeps its length, with white space behind the value.
    ///
    /// @param from the first octet that goes, counted from the beginning of the value
    public final void cut(int field, int from, int length) {
        int start = valueStart(field) + from;
        int end = valueEnd(field);
        System.arraycopy(bytes, start + length, bytes, start, end - start - length);
        Arrays.fill(bytes, end - length, end, (byte) ' ');
        at[field * STRIDE + VALUE_END] = end - length;
    }

    /// Whether the field's value is `word` (lower case), letters in any case.
    public final boolean valueIs(int field, byte[] word) {
        return Octets.equalsIgnoreCase(bytes, valueStart(field), valueEnd(field), word);
    }

    /// Whether `[from, to)` is exactly `word`, letters in their case.
    final boolean spells(int from, int to, byte[] word) {
        return Arrays.equals(bytes, from, to, word, 0, word.length);
    }

    /// Whether the field is spelt exactly `lowerCase`, letters in any case: no `_` for `-`.
    final boolean nameIs(int field, byte[] lowerCase) {
        return Octets.equalsIgnoreCase(bytes, nameStart(field), nameEnd(field), lowerCase);
    }

    /// Writes the lines that are not dropped as they came, each run of neighbours in one copy.
    public final void writeFields(HeadWriter out) {
        int run = fieldsStart;
        for (int i = 0; i < count; i++) {
            if (fate[i] != WRITTEN) {
                int start = nameStart(i);
                out.copy(bytes, run, start);
                run = i + 1 < count ? nameStart(i + 1) : fieldsEnd;
            }
        }
        out.copy(bytes, run, fieldsEnd);
    }

    /// Tells `sink` of the fields that are not dropped, but for those that end at each hop.
    public final void tell(FieldSink sink) {
        for (int i = 0; i < count; i++) {
            KnownField field = known[i];
            if (fate[i] == WRITTEN && (field == null || field.role() != KnownField.Role.HOP_BY_HOP)) {
                sink.field(bytes, nameStart(i), nameEnd(i), bytes, valueStart(i), valueEnd(i));
            }
        }
    }

    /// Adds the field whose name is `[start, nameEnd)` and whose value, with the white space behind it, is
    /// `[value, end)`.
    final void add(int start, int nameEnd, int value, int end) {
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
        fate[count] = field != null && field.role() == KnownField.Role.HOP_BY_HOP ? DROPPED : WRITTEN;
        count++;
    }

    /// Drops the fields a Connection field nominates by the name `[start, stop)`, in any spelling; never those that
    /// frame or address the message.
    final void dropNominated(int start, int stop) {
        int hash = Octets.hash(bytes, start, stop);
        for (int i = 0; i < count; i++) {
            KnownField field = known[i];
            if (hashes[i] == hash
                    && field != KnownField.HOST
                    && field != KnownField.CONTENT_LENGTH
                    && sameName(i, bytes, start, stop)) {
                fate[i] = DROPPED;
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

    private void grow() {
        int size = count * 2;
        at = Arrays.copyOf(at, size * STRIDE);
        hashes = Arrays.copyOf(hashes, size);
        known = Arrays.copyOf(known, size);
        fate = Arrays.copyOf(fate, size);
    }
}
