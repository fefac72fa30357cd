package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/// A response head as slices (RFC 9112 §4, §6.3). As [ParsedRequest]: fed until COMPLETE; the same strictness.
public final class ParsedResponse extends ParsedHead {
    private static final byte[] VERSION = "HTTP/1.".getBytes(US_ASCII);

    private int status;
    private int reasonStart;
    private int reasonEnd;
    private boolean asksUpgrade;

    public ParsedResponse() {
        reset();
    }

    @Override
    public void reset() {
        super.reset();
        status = 0;
        reasonStart = 0;
        reasonEnd = 0;
        asksUpgrade = false;
    }

    @Override
    Progress parseStartLine(HeadLimits limits) {
        Progress progress = endStartLine(0, 0, limits, HeadFault.STATUS_LINE_INVALID);
        return progress == Progress.COMPLETE ? verdict(parseStatusLine(line - 1)) : progress;
    }

    private @Nullable HeadFault parseStatusLine(int lf) {
        byte[] b = bytes;
        if (lf == 0 || b[lf - 1] != Octets.CR) {
            return HeadFault.LINE_END_INVALID;
        }
        int end = lf - 1;
        if (end < 12 || !spells(0, VERSION.length, VERSION) || b[8] != ' ') {
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
        return Octets.firstForbidden(b, reasonStart, end) < end ? HeadFault.STATUS_LINE_INVALID : null;
    }

    @Override
    @Nullable
    HeadFault interpret() {
        for (int i = 0, n = count(); i < n; i++) {
            KnownField field = known(i);
            if (field == null || !nameIs(i, field.lowerCase())) {
                continue;
            }
            HeadFault fault = null;
            switch (field) {
                case CONTENT_LENGTH -> fault = length(i);
                case TRANSFER_ENCODING -> coding(i, HeadFault.CODING_NOT_CHUNKED);
                case CONNECTION -> fault = connection(i);
                case UPGRADE -> asksUpgrade = true;
                default -> {}
            }
            if (fault != null) {
                return fault;
            }
        }
        HeadFault fault = settle();
        if (fault != null) {
            return fault;
        }
        asksUpgrade &= hasOption(ConnectionOption.UPGRADE);
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

    /// Whether the head carries `Connection: upgrade` and names a protocol.
    public boolean isUpgrade() {
        return asksUpgrade;
    }

    /// Whether octets of a body follow, given the method it answers (RFC 9112 §6.3).
    public boolean hasBody(boolean toHead) {
        return !toHead && status >= 200 && status != 204 && status != 304 && contentLength() != 0;
    }

    /// Whether the fields announce a body that this status cannot have: the octets that may follow belong to
    /// nothing, so the connection is not used again.
    public boolean announcesImpossibleBody() {
        return (status == 204 || status < 200) && (isChunked() || contentLength() > 0);
    }
}
