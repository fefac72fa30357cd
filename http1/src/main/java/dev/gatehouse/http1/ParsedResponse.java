package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A response head as slices (RFC 9112 §4, §6.3). As [ParsedRequest]: fed until COMPLETE; the same strictness.
public final class ParsedResponse extends FieldBlock {
    private static final byte[] VERSION = "HTTP/1.".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "chunked".getBytes(US_ASCII);

    private boolean inFields;
    private int status;
    private int reasonStart;
    private int reasonEnd;
    private boolean http10;
    private boolean keepAlive;
    private boolean asksUpgrade;
    private long contentLength;
    private boolean chunked;

    public ParsedResponse() {
        reset();
    }

    @Override
    public void reset() {
        super.reset();
        inFields = false;
        status = 0;
        reasonStart = 0;
        reasonEnd = 0;
        http10 = false;
        keepAlive = false;
        asksUpgrade = false;
        contentLength = -1;
        chunked = false;
    }

    /// Takes octets from `in` up to the end of the head, and none beyond it.
    public Progress parse(ByteBuf in, HeadLimits limits) {
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

    private Progress advance(HeadLimits limits) {
        if (!inFields) {
            int lf = Octets.indexOfLf(bytes, searched, filled);
            int lineEnd = lf < 0 ? filled - 1 : lf - 1;
            if (lineEnd > limits.startLine()) {
                return refuse(HeadFault.STATUS_LINE_INVALID);
            }
            if (lf < 0) {
                searched = filled;
                return Progress.INCOMPLETE;
            }
            searched = lf + 1;
            line = lf + 1;
            HeadFault fault = parseStatusLine(lf);
            if (fault != null) {
                return refuse(fault);
            }
            inFields = true;
            fieldsStartHere();
        }
        Progress progress = parseFields(limits.head(), limits.fields(), HeadFault.HEAD_TOO_LARGE);
        if (progress != Progress.COMPLETE) {
            return progress;
        }
        HeadFault fault = interpret();
        return fault == null ? Progress.COMPLETE : refuse(fault);
    }

    private @Nullable HeadFault parseStatusLine(int lf) {
        byte[] b = bytes;
        if (lf == 0 || b[lf - 1] != Octets.CR) {
            return HeadFault.LINE_END_INVALID;
        }
        int end = lf - 1;
        if (end < 12 || !Arrays.equals(b, 0, 7, VERSION, 0, 7) || b[8] != ' ') {
            return HeadFault.STATUS_LINE_INVALID;
        }
        if (b[7] != '1' && b[7] != '0') {
            return HeadFault.STATUS_LINE_INVALID;
        }
        http10 = b[7] == '0';
        long code = Octets.decimal(b, 9, 12);
        // The space before an empty reason is forgiven (RFC 9112 §4 says MUST; well-known servers leave it out).
        if (code < 100 || code > 599 || (end > 12 && b[12] != ' ')) {
            return HeadFault.STATUS_LINE_INVALID;
        }
        status = (int) code;
        reasonStart = Math.min(end, 13);
        reasonEnd = end;
        for (int at = reasonStart; (at = Octets.firstControl(b, at, end)) < end; at++) {
            if (b[at] != '\t') {
                return HeadFault.STATUS_LINE_INVALID;
            }
        }
        return null;
    }

    private @Nullable HeadFault interpret() {
        int options = 0;
        int lengths = 0;
        int codings = 0;
        boolean codingKnown = true;
        for (int i = 0, n = count(); i < n; i++) {
            KnownField field = known(i);
            if (field == null) {
                continue;
            }
            if (!Octets.equalsIgnoreCase(bytes, nameStart(i), nameEnd(i), field.lowerCase())) {
                continue;
            }
            switch (field) {
                case CONTENT_LENGTH -> {
                    lengths++;
                    contentLength = Octets.decimal(bytes, valueStart(i), valueEnd(i));
                    if (contentLength < 0) {
                        return HeadFault.CONTENT_LENGTH_INVALID;
                    }
                }
                case TRANSFER_ENCODING -> {
                    codings++;
                    codingKnown = valueIs(i, CHUNKED);
                }
                case CONNECTION -> {
                    options = connectionOptions(i, options);
                    if (options < 0) {
                        return HeadFault.CONNECTION_OPTIONS;
                    }
                }
                case UPGRADE -> asksUpgrade = true;
                default -> {}
            }
        }
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
            if (codings > 1 || !codingKnown) {
                return HeadFault.CODING_NOT_CHUNKED;
            }
            chunked = true;
        }
        boolean close = (options & ConnectionOption.CLOSE) != 0;
        keepAlive = !close && (!http10 || (options & ConnectionOption.KEEP_ALIVE) != 0);
        asksUpgrade &= (options & ConnectionOption.UPGRADE) != 0;
        return null;
    }

    public int status() {
        return status;
    }

    /// 100 to 199: more answers to the same request follow; only 101 ends HTTP on the connection.
    public boolean isInterim() {
        return status < 200 && status != 101;
    }

    public int reasonStart() {
        return reasonStart;
    }

    public int reasonEnd() {
        return reasonEnd;
    }

    /// Whether the service lets the connection live on after this answer.
    public boolean keepAlive() {
        return keepAlive;
    }

    /// Whether the head carries `Connection: upgrade` and names a protocol.
    public boolean isUpgrade() {
        return asksUpgrade;
    }

    /// What Content-Length says, or -1. For HEAD and 304 it is not the length of what follows.
    public long contentLength() {
        return contentLength;
    }

    public boolean isChunked() {
        return chunked;
    }

    /// Whether octets of a body follow, given the method it answers (RFC 9112 §6.3).
    public boolean hasBody(boolean toHead) {
        return !toHead && status >= 200 && status != 204 && status != 304 && contentLength != 0;
    }

    /// Whether the fields announce a body that this status cannot have: the octets that may follow belong to
    /// nothing, so the connection is not used again.
    public boolean announcesImpossibleBody() {
        return (status == 204 || status < 200) && (chunked || contentLength > 0);
    }
}
