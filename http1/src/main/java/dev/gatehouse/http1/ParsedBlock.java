package dev.gatehouse.http1;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A field block while it arrives: the octets taken so far, and the parse of its lines (RFC 9112 §5). Base of the two
/// heads and of a trailer section.
///
/// What it says does not depend on how the octets were split: a line is judged when it is whole.
abstract class ParsedBlock extends FieldBlock {
    /// How many octets of [#bytes] hold something.
    int filled;

    /// Where the next line to parse starts.
    int line;

    /// Where the line end of [#line] is still to be looked for.
    int searched;

    @Override
    public void reset() {
        super.reset();
        filled = 0;
        line = 0;
        searched = 0;
    }

    /// Takes octets from `in` up to the end of the block, and none beyond it.
    final Progress feed(ByteBuf in, HeadLimits limits) {
        while (in.isReadable()) {
            take(in, limits.head());
            Progress progress = advance(limits);
            if (progress != Progress.INCOMPLETE) {
                if (progress == Progress.COMPLETE) {
                    giveBack(in);
                }
                return progress;
            }
        }
        return Progress.INCOMPLETE;
    }

    /// Takes a block that was put together elsewhere, as a whole: there is no more to come.
    final Progress feedWhole(HeadWriter octets, HeadLimits limits) {
        if (bytes.length < octets.length()) {
            bytes = new byte[octets.length()];
        }
        octets.copyTo(bytes);
        filled = octets.length();
        return advance(limits);
    }

    /// Parses what has been taken. COMPLETE means that [#line] stands behind the block.
    abstract Progress advance(HeadLimits limits);

    /// Takes from `in` what the array has room for; a full array grows first, to `max` octets and a line end at
    /// most.
    private void take(ByteBuf in, int max) {
        if (filled == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(filled + 1, Math.min(max + 2, filled * 2)));
        }
        int wanted = Math.min(in.readableBytes(), bytes.length - filled);
        in.readBytes(bytes, filled, wanted);
        filled += wanted;
    }

    /// Gives back to `in` what was taken beyond the end of the block.
    private void giveBack(ByteBuf in) {
        in.readerIndex(in.readerIndex() - (filled - line));
        filled = line;
    }

    /// COMPLETE when there is no fault, else the refusal.
    final Progress verdict(@Nullable HeadFault fault) {
        return fault == null ? Progress.COMPLETE : refuse(fault);
    }

    /// Parses the field lines that are whole. COMPLETE means that the empty line was read and [#line] stands
    /// behind it.
    final Progress parseFields(HeadLimits limits, HeadFault tooLarge) {
        int maxHead = limits.head();
        int maxFields = limits.fields();
        while (true) {
            int start = line;
            if (searched == start && count() < maxFields) {
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
            if (count() == maxFields) {
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
        int forbidden = Octets.firstForbidden(b, value, end);
        if (forbidden < end) {
            return b[forbidden] == Octets.CR ? HeadFault.LINE_END_INVALID : HeadFault.FIELD_VALUE_INVALID;
        }
        add(start, nameEnd, value, end);
        return null;
    }
}
