package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// What the heads of requests and of responses have in common: a start line, then fields, some of which say how the
/// body is framed and what becomes of the connection (RFC 9112 §2.1, §6.3, §9.3).
///
/// Each kind of head walks over its fields itself, once, and hands those that every message may have to [#length],
/// [#coding] and [#connection]; [#settle] then judges them together.
public abstract class ParsedHead extends ParsedBlock {
    static final byte[] CHUNKED = "chunked".getBytes(US_ASCII);

    /// More options than this in Connection fields are refused: each is compared with each field.
    private static final int MAX_CONNECTION_OPTIONS = 32;

    /// Whether the version is 1.0; set by [#parseStartLine].
    boolean http10;

    private boolean inFields;
    private int lengths;
    private int codings;
    private @Nullable HeadFault codingFault;
    private int options;
    private boolean keepAlive;
    private long contentLength;
    private boolean chunked;

    @Override
    public void reset() {
        super.reset();
        http10 = false;
        inFields = false;
        lengths = 0;
        codings = 0;
        codingFault = null;
        options = 0;
        keepAlive = false;
        contentLength = -1;
        chunked = false;
    }

    /// Takes octets from `in` up to the end of the head, and none beyond it.
    public final Progress parse(ByteBuf in, HeadLimits limits) {
        return feed(in, limits);
    }

    /// Parses a head that was put together elsewhere, from what another version of HTTP has brought, say. It is
    /// whole, or already larger than `limits` allow.
    public final Progress parseWhole(HeadWriter octets, HeadLimits limits) {
        return feedWhole(octets, limits);
    }

    @Override
    final Progress advance(HeadLimits limits) {
        if (!inFields) {
            Progress progress = parseStartLine(limits);
            if (progress != Progress.COMPLETE) {
                return progress;
            }
            inFields = true;
            fieldsStart = line;
            fieldsEnd = line;
        }
        Progress progress = parseFields(limits, HeadFault.HEAD_TOO_LARGE);
        return progress == Progress.COMPLETE ? verdict(interpret()) : progress;
    }

    /// Parses the start line if it is whole. COMPLETE means that [#line] stands behind it.
    abstract Progress parseStartLine(HeadLimits limits);

    /// Reads what the fields say of the message itself; called once, when the head is whole.
    abstract @Nullable HeadFault interpret();

    /// Looks for the end of the start line, which begins at `start` and has no line end before `from`. COMPLETE
    /// means that [#line] stands behind it.
    final Progress endStartLine(int start, int from, HeadLimits limits, HeadFault tooLong) {
        int lf = Octets.indexOfLf(bytes, Math.max(searched, from), filled);
        int lineEnd = lf < 0 ? filled - 1 : lf - 1;
        if (lineEnd - start > limits.startLine()) {
            return refuse(tooLong);
        }
        if (lf < 0) {
            searched = filled;
            return Progress.INCOMPLETE;
        }
        searched = lf + 1;
        line = lf + 1;
        return Progress.COMPLETE;
    }

    /// Whether the start line has been read.
    final boolean inFields() {
        return inFields;
    }

    /// Reads a Content-Length field.
    final @Nullable HeadFault length(int field) {
        lengths++;
        contentLength = Octets.decimal(bytes, valueStart(field), valueEnd(field));
        return contentLength < 0 ? HeadFault.CONTENT_LENGTH_INVALID : null;
    }

    /// Counts a Transfer-Encoding field.
    ///
    /// @param unlessChunked what is wrong with it if its value is not `chunked`
    final void coding(int field, HeadFault unlessChunked) {
        codings++;
        codingFault = valueIs(field, CHUNKED) ? null : unlessChunked;
    }

    /// Reads a Connection field: drops the fields that it nominates (RFC 9110 §7.6.1) and keeps what it says of the
    /// connection itself.
    final @Nullable HeadFault connection(int field) {
        byte[] b = bytes;
        int i = valueStart(field);
        int end = valueEnd(field);
        while (i < end) {
            int start = i;
            while (i < end && b[i] != ',') {
                i++;
            }
            int stop = i++;
            while (start < stop && Octets.isOws(b[start])) {
                start++;
            }
            while (stop > start && Octets.isOws(b[stop - 1])) {
                stop--;
            }
            if (start == stop) {
                continue;
            }
            options += ConnectionOption.ONE;
            if (options / ConnectionOption.ONE > MAX_CONNECTION_OPTIONS) {
                return HeadFault.CONNECTION_OPTIONS;
            }
            int option = ConnectionOption.of(b, start, stop);
            options |= option;
            if (option == 0) {
                dropNominated(start, stop);
            }
        }
        return null;
    }

    /// Judges what the fields say together of the body's framing, and whether the connection lives on.
    final @Nullable HeadFault settle() {
        if (lengths > 1) {
            return HeadFault.CONTENT_LENGTH_TWICE;
        }
        if (codings > 0) {
            if (http10) {
                return HeadFault.CODING_IN_HTTP_1_0;
            }
            if (lengths > 0) {
                return HeadFault.LENGTH_AND_CODING;
            }
            if (codings > 1) {
                return HeadFault.CODING_NOT_CHUNKED;
            }
            if (codingFault != null) {
                return codingFault;
            }
            chunked = true;
        }
        keepAlive = !hasOption(ConnectionOption.CLOSE) && (!http10 || hasOption(ConnectionOption.KEEP_ALIVE));
        return null;
    }

    /// Whether a Connection field has the option, one of the bits of [ConnectionOption].
    final boolean hasOption(int option) {
        return (options & option) != 0;
    }

    /// Whether the sender lets the connection live on after this exchange (RFC 9112 §9.3).
    public final boolean keepAlive() {
        return keepAlive;
    }

    /// What Content-Length says, or -1 when there is none. In an answer to HEAD and in a 304 it is not the length
    /// of what follows.
    public final long contentLength() {
        return contentLength;
    }

    public final boolean isChunked() {
        return chunked;
    }
}
