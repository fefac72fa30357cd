package dev.gatehouse.http1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Changes laid over the fields of a head, applied once, when the head is written. The head itself stays as it was
/// sent: what is taken away still counts as received ([FieldBlock#received]).
///
/// [#mark] and [#rollback] undo what came after a moment, so that a rule can be tried without effect. Owned by one
/// exchange and used again by the next. Nothing is copied: names and values stay the caller's and must not change.
public final class FieldEdits implements FieldSource {
    private static final byte[] SEPARATOR = {':', ' '};

    private FieldBlock base = new FieldBlock();
    private byte[] @Nullable [] names = new byte[12][];
    private byte[] @Nullable [] values = new byte[12][];
    private int[] bounds = new int[24];
    private boolean[] gone = new boolean[12];
    private int added;

    /// What was taken away, in order: a field of the base, or `~n` for added field n.
    private int[] taken = new int[8];

    private int takenCount;

    /// Starts over, on the fields of `base`.
    public void reset(FieldBlock fields) {
        base = fields;
        Arrays.fill(names, 0, added, null);
        Arrays.fill(values, 0, added, null);
        Arrays.fill(gone, 0, added, false);
        added = 0;
        takenCount = 0;
    }

    /// Adds a field whose value is `[from, to)` of `value`, checked by the caller to be a value.
    public void add(byte[] name, byte[] value, int from, int to) {
        if (added == names.length) {
            int size = added * 2;
            names = Arrays.copyOf(names, size);
            values = Arrays.copyOf(values, size);
            bounds = Arrays.copyOf(bounds, size * 2);
            gone = Arrays.copyOf(gone, size);
        }
        names[added] = name;
        values[added] = value;
        bounds[added * 2] = from;
        bounds[added * 2 + 1] = to;
        added++;
    }

    public void add(byte[] name, byte[] value) {
        add(name, value, 0, value.length);
    }

    /// Takes away every field of this name, the base's and the added ones. In the base a spelling with `_` for `-`
    /// goes too: a client's `X_User_Id` must not stand beside the `X-User-Id` that is set.
    ///
    /// @param lowerCase the name in lower case
    /// @param hash its [FieldBlock#hash(byte[])]
    public void remove(byte[] lowerCase, int hash) {
        for (int i = base.findAlike(lowerCase, hash, 0); i >= 0; i = base.findAlike(lowerCase, hash, i + 1)) {
            if (!base.dropped(i)) {
                base.takeOut(i);
                take(i);
            }
        }
        for (int i = find(lowerCase, 0); i >= 0; i = find(lowerCase, i + 1)) {
            gone[i] = true;
            take(~i);
        }
    }

    /// Whether no field was added.
    public boolean addsNothing() {
        return added == 0;
    }

    /// A moment to come back to.
    public long mark() {
        return (long) added << 32 | takenCount;
    }

    /// Undoes everything since `mark`.
    public void rollback(long mark) {
        int keepAdded = (int) (mark >>> 32);
        int keepTaken = (int) mark;
        while (takenCount > keepTaken) {
            int field = taken[--takenCount];
            if (field >= 0) {
                base.drop(field, false);
            } else {
                gone[~field] = false;
            }
        }
        while (added > keepAdded) {
            added--;
            names[added] = null;
            values[added] = null;
            gone[added] = false;
        }
    }

    /// The first added field of this name that is still there, or -1.
    public int find(byte[] lowerCase) {
        return find(lowerCase, 0);
    }

    /// The same from added field `from` on.
    public int find(byte[] lowerCase, int from) {
        for (int i = from; i < added; i++) {
            byte[] name = names[i];
            if (name != null && !gone[i] && Octets.equalsIgnoreCase(name, 0, name.length, lowerCase)) {
                return i;
            }
        }
        return -1;
    }

    /// The array behind the value of added field `i`.
    public byte[] value(int i) {
        byte[] value = values[i];
        if (value == null) {
            throw new IndexOutOfBoundsException(i);
        }
        return value;
    }

    public int valueStart(int i) {
        return bounds[i * 2];
    }

    public int valueEnd(int i) {
        return bounds[i * 2 + 1];
    }

    /// Writes the lines of the base that are left, then the added ones.
    public void writeTo(HeadWriter out) {
        base.writeFields(out);
        for (int i = 0; i < added; i++) {
            byte[] name = names[i];
            byte[] value = values[i];
            if (name != null && value != null && !gone[i]) {
                out.put(name)
                        .put(SEPARATOR)
                        .copy(value, bounds[i * 2], bounds[i * 2 + 1])
                        .crlf();
            }
        }
    }

    /// Tells `sink` of the fields of the base that are left, then of the added ones: all but those that end at each
    /// hop. `TE`, which has a meaning in every version, is told of when it was added.
    @Override
    public void tell(FieldSink sink) {
        base.tell(sink);
        for (int i = 0; i < added; i++) {
            byte[] name = names[i];
            byte[] value = values[i];
            if (name != null && value != null && !gone[i] && passes(KnownField.named(name, 0, name.length))) {
                sink.field(name, 0, name.length, value, bounds[i * 2], bounds[i * 2 + 1]);
            }
        }
    }

    private static boolean passes(@Nullable KnownField field) {
        return field == null || field.role() != KnownField.Role.HOP_BY_HOP || field == KnownField.TE;
    }

    private void take(int field) {
        if (takenCount == taken.length) {
            taken = Arrays.copyOf(taken, takenCount * 2);
        }
        taken[takenCount++] = field;
    }
}
