package dev.gatehouse.engine.http2;

import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.FieldSink;
import dev.gatehouse.http1.FieldSyntax;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedHead;
import dev.gatehouse.http1.Trailers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A header list while it is decoded: judged by what only HTTP/2 can get wrong (RFC 9113 §8.2, §8.3) and put
/// down as the lines of HTTP/1.1, for the parser of those to judge all the rest. Nothing that could end a line
/// gets that far.
///
/// One per kind and event loop: used for one block, between [#begin] and [#parse].
public abstract sealed class HeaderList implements FieldSink permits RequestList, ResponseList, TrailerList {
    private static final byte[] TRAILERS = {'t', 'r', 'a', 'i', 'l', 'e', 'r', 's'};

    final HeadWriter lines = new HeadWriter(1 << 10);

    private int most;
    private boolean malformed;
    private boolean overflown;
    private boolean inFields;
    private boolean sized;

    HeaderList() {}

    /// A block begins.
    ///
    /// @param limits of the head it is to become
    void begin(HeadLimits limits) {
        lines.clear();
        most = limits.head();
        malformed = false;
        overflown = false;
        inFields = false;
        sized = false;
    }

    @Override
    public final void field(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd) {
        if (malformed || overflown) {
            return;
        }
        if (nameStart < nameEnd && name[nameStart] == ':') {
            if (inFields) {
                malformed = true;
            } else {
                // One octet more than a head may have is enough for the parser to refuse it.
                pseudo(name, nameStart, nameEnd, value, valueStart, Math.min(valueEnd, valueStart + most + 1));
            }
            return;
        }
        if (lines.length() + waiting() + (nameEnd - nameStart) + (valueEnd - valueStart) > most) {
            // The parser will say so: what it gets is too large as it is.
            overflown = true;
            startLine();
            lines.copy(name, nameStart, nameEnd).put(": ").copy(value, valueStart, valueEnd);
            return;
        }
        startLine();
        if (!FieldSyntax.isLowerCaseName(name, nameStart, nameEnd)
                || !FieldSyntax.isValue(value, valueStart, valueEnd)) {
            malformed = true;
            return;
        }
        KnownField known = KnownField.named(name, nameStart, nameEnd);
        if (known != null && isOfConnection(known, value, valueStart, valueEnd)) {
            malformed = true;
            return;
        }
        sized |= known == KnownField.CONTENT_LENGTH;
        if (takes(known, name, nameStart, nameEnd, value, valueStart, valueEnd)) {
            line(name, nameStart, nameEnd, value, valueStart, valueEnd);
        }
    }

    /// Fields that speak of a connection of HTTP/1.1 (RFC 9113 §8.2.2).
    private static boolean isOfConnection(KnownField field, byte[] value, int from, int to) {
        return switch (field) {
            case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TRANSFER_ENCODING, UPGRADE -> true;
            case TE -> !Arrays.equals(value, from, to, TRAILERS, 0, TRAILERS.length);
            default -> false;
        };
    }

    private void startLine() {
        if (!inFields) {
            inFields = true;
            beginFields();
        }
    }

    /// A pseudo-field, before all others.
    abstract void pseudo(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd);

    /// The pseudo-fields are all there: writes the start line.
    abstract void beginFields();

    /// Octets that are put by and will be written yet.
    int waiting() {
        return 0;
    }

    /// Whether the field is written as it is.
    boolean takes(
            @Nullable KnownField known,
            byte[] name,
            int nameStart,
            int nameEnd,
            byte[] value,
            int valueStart,
            int valueEnd) {
        return true;
    }

    /// Writes what stands between the last field and the empty line.
    ///
    /// @param end whether no body follows
    /// @param sized whether a field says how long it is
    abstract void endFields(boolean end, boolean sized);

    /// Whether a message with this head may be followed by others on its stream: a 1xx.
    abstract boolean isInterim();

    final void malformed() {
        malformed = true;
    }

    final void line(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd) {
        lines.copy(name, nameStart, nameEnd)
                .put(": ")
                .copy(value, valueStart, valueEnd)
                .crlf();
    }

    /// The block is over.
    ///
    /// @param end whether no body follows
    /// @return whether it is a message at all; the stream is reset if not
    final boolean finish(boolean end) {
        if (malformed) {
            return false;
        }
        startLine();
        if (!malformed && !overflown) {
            endFields(end, sized);
            lines.crlf();
        }
        return !malformed;
    }

    /// Parses what was put down.
    public final Progress parse(ParsedHead head, HeadLimits limits) {
        return head.parseWhole(lines, limits);
    }

    /// Parses the fields of a trailer section.
    final Progress parse(Trailers trailers) {
        return trailers.parseWhole(lines);
    }
}
