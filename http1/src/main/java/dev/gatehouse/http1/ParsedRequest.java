package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A request head as slices (RFC 9112 §3, §5, §6).
///
/// Fed from the socket's buffers until [#parse] says COMPLETE; from then on it says what was asked, where it is
/// addressed, how its body is framed and what it wants of the connection. Results do not depend on how the octets
/// were split.
public final class ParsedRequest extends ParsedHead {
    private static final int MAX_METHOD = 32;
    private static final byte[] PREFACE = "PRI".getBytes(US_ASCII);
    private static final byte[] CONNECT = "CONNECT".getBytes(US_ASCII);
    private static final byte[] TRACE = "TRACE".getBytes(US_ASCII);
    private static final byte[] OPTIONS = "OPTIONS".getBytes(US_ASCII);
    private static final byte[] HEAD = "HEAD".getBytes(US_ASCII);
    private static final byte[] VERSION = " HTTP/1.".getBytes(US_ASCII);
    private static final byte[] CHUNKED_LAST = ", chunked".getBytes(US_ASCII);
    private static final byte[] CONTINUE = "100-continue".getBytes(US_ASCII);
    private static final byte[] TRAILERS = "trailers".getBytes(US_ASCII);
    private static final byte[][] IDEMPOTENT = {
        "GET".getBytes(US_ASCII), HEAD, "PUT".getBytes(US_ASCII), "DELETE".getBytes(US_ASCII), OPTIONS
    };

    private final RequestTarget target = new RequestTarget();
    private int methodStart;
    private int methodEnd;
    private boolean expectsContinue;
    private boolean acceptsTrailers;
    private boolean http2;
    private int upgrade;

    public ParsedRequest() {
        reset();
    }

    @Override
    public void reset() {
        super.reset();
        target.reset();
        methodStart = 0;
        methodEnd = 0;
        expectsContinue = false;
        acceptsTrailers = false;
        http2 = false;
        upgrade = -1;
    }

    /// Whether the head has begun: an empty line before it is not a beginning.
    public boolean hasBegun() {
        return inFields() || filled > line;
    }

    @Override
    Progress parseStartLine(HeadLimits limits) {
        byte[] b = bytes;
        if (line == 0 && !skipOneEmptyLine()) {
            return fault() == null ? Progress.INCOMPLETE : Progress.REFUSED;
        }
        // The method is judged on whatever has come of it, so that a stranger to HTTP is told at once.
        methodStart = line;
        methodEnd = line;
        int i = line;
        while (i < filled && Octets.TOKEN_FOLDED[b[i] & 0xff] != 0) {
            if (i - methodStart == MAX_METHOD) {
                return refuse(HeadFault.METHOD_TOO_LONG);
            }
            i++;
        }
        if (i < filled && (b[i] != ' ' || i == methodStart)) {
            return refuse(HeadFault.METHOD_INVALID);
        }
        methodEnd = i;
        Progress progress = endStartLine(methodStart, i, limits, HeadFault.REQUEST_LINE_TOO_LONG);
        return progress == Progress.COMPLETE ? verdict(parseRequestLine(line - 1)) : progress;
    }

    /// RFC 9112 §2.2: one empty line before the request line is forgiven; some clients end a body with it.
    private boolean skipOneEmptyLine() {
        if (bytes[0] != Octets.CR) {
            return true;
        }
        if (filled == 1) {
            return false;
        }
        if (bytes[1] != Octets.LF) {
            refuse(HeadFault.LINE_END_INVALID);
            return false;
        }
        line = 2;
        searched = 2;
        return filled > 2;
    }

    private @Nullable HeadFault parseRequestLine(int lf) {
        byte[] b = bytes;
        if (spells(methodStart, methodEnd, PREFACE)) {
            return HeadFault.HTTP2_PREFACE;
        }
        if (b[lf - 1] != Octets.CR) {
            return HeadFault.LINE_END_INVALID;
        }
        int end = lf - 1;
        int versionStart = end - VERSION.length - 1;
        if (versionStart <= methodEnd || !spells(versionStart, end - 1, VERSION)) {
            return wrongVersion(end);
        }
        byte minor = b[end - 1];
        if (minor != '0' && minor != '1') {
            return minor >= '2' && minor <= '9' ? HeadFault.VERSION_UNSUPPORTED : HeadFault.REQUEST_LINE_INVALID;
        }
        http10 = minor == '0';
        if (spells(methodStart, methodEnd, CONNECT) || spells(methodStart, methodEnd, TRACE)) {
            return HeadFault.METHOD_NOT_ALLOWED;
        }
        int start = methodEnd + 1;
        if (b[start] == '*' && versionStart == start + 1 && spells(methodStart, methodEnd, OPTIONS)) {
            target.setAsterisk(start);
            return null;
        }
        return target.parse(b, start, versionStart);
    }

    private HeadFault wrongVersion(int end) {
        int i = end;
        while (i > methodEnd && bytes[i - 1] != ' ') {
            i--;
        }
        boolean otherHttp = end - i == 8
                && bytes[i] == 'H'
                && bytes[i + 1] == 'T'
                && bytes[i + 2] == 'T'
                && bytes[i + 3] == 'P'
                && bytes[i + 4] == '/'
                && bytes[i + 5] >= '0'
                && bytes[i + 5] <= '9'
                && bytes[i + 6] == '.'
                && bytes[i + 7] >= '0'
                && bytes[i + 7] <= '9';
        return otherHttp && i > methodEnd + 1 ? HeadFault.VERSION_UNSUPPORTED : HeadFault.REQUEST_LINE_INVALID;
    }

    /// One pass; most fields are not known and cost one load.
    @Override
    @Nullable
    HeadFault interpret() {
        int hosts = 0;
        for (int i = 0, n = count(); i < n; i++) {
            KnownField field = known(i);
            if (field == null) {
                continue;
            }
            if (!nameIs(i, field.lowerCase())) {
                // 'Content_Length': another name to us, the same one to a service that maps '-' to '_'.
                drop(i, true);
                continue;
            }
            HeadFault fault = null;
            switch (field) {
                case HOST -> {
                    hosts++;
                    fault = host(i);
                }
                case CONTENT_LENGTH -> fault = length(i);
                case TRANSFER_ENCODING -> coding(i, unlessChunked(i));
                case CONNECTION -> fault = connection(i);
                case EXPECT -> fault = expectation(i);
                case TE -> acceptsTrailers |= valueIs(i, TRAILERS);
                case UPGRADE -> upgrade = upgrade < 0 ? i : Integer.MAX_VALUE;
                default -> {}
            }
            if (fault != null) {
                return fault;
            }
        }
        if (hosts > 1) {
            return HeadFault.HOST_TWICE;
        }
        if (hosts == 0 && !http10) {
            return HeadFault.HOST_MISSING;
        }
        HeadFault fault = settle();
        if (fault != null) {
            return fault;
        }
        if (http10 || !hasOption(ConnectionOption.UPGRADE) || upgrade == Integer.MAX_VALUE) {
            upgrade = -1;
        }
        return null;
    }

    /// A host in the target wins over the field (RFC 9112 §3.2.2), which must be valid all the same.
    private @Nullable HeadFault host(int field) {
        if (!Authority.valid(bytes, valueStart(field), valueEnd(field))) {
            return HeadFault.AUTHORITY_INVALID;
        }
        if (target.absolute) {
            drop(field, true);
        } else {
            target.setHost(valueStart(field), valueEnd(field));
        }
        return null;
    }

    /// An expectation in HTTP/1.0 is none (RFC 9110 §10.1.1).
    private @Nullable HeadFault expectation(int field) {
        if (http10) {
            drop(field, true);
        } else if (valueIs(field, CONTINUE)) {
            expectsContinue = true;
        } else {
            return HeadFault.EXPECTATION_UNKNOWN;
        }
        return null;
    }

    /// A body whose last coding is `chunked` has an end: only the codings before it are beyond us (RFC 9112 §6.1).
    private HeadFault unlessChunked(int field) {
        int from = valueStart(field);
        int to = valueEnd(field);
        boolean chunkedLast = to - from > CHUNKED_LAST.length
                && Octets.equalsIgnoreCase(bytes, to - CHUNKED_LAST.length, to, CHUNKED_LAST)
                && !Octets.equalsIgnoreCase(bytes, from, from + CHUNKED.length, CHUNKED);
        return chunkedLast ? HeadFault.CODING_UNKNOWN : HeadFault.CODING_NOT_CHUNKED;
    }

    /// The method, letters in their case: `get` is not `GET` (RFC 9110 §9.1).
    public String method() {
        return text(methodStart, methodEnd);
    }

    public int methodStart() {
        return methodStart;
    }

    public int methodEnd() {
        return methodEnd;
    }

    /// Whether the method is HEAD, whose answer has no body whatever its fields say.
    public boolean isHead() {
        return spells(methodStart, methodEnd, HEAD);
    }

    /// Whether sending the request twice is as good as once (RFC 9110 §9.2.2).
    public boolean isIdempotent() {
        for (byte[] method : IDEMPOTENT) {
            if (spells(methodStart, methodEnd, method)) {
                return true;
            }
        }
        return false;
    }

    /// Where the path in its normal form starts; it begins with `/`, or is `*`.
    public int pathStart() {
        return target.pathStart;
    }

    public int pathEnd() {
        return target.pathEnd;
    }

    /// The path in its normal form.
    public String path() {
        return text(target.pathStart, target.pathEnd);
    }

    /// Whether the path as it was sent holds `%2F`. Some services take it for a `/`: such a request is refused
    /// ([HeadFault#TARGET_ENCODING_INVALID]) unless its route wants it.
    public boolean hasEncodedSlash() {
        return target.encodedSlash;
    }

    /// Whether the path as it was sent holds `%5C`, with the same consequence.
    public boolean hasEncodedBackslash() {
        return target.encodedBackslash;
    }

    /// Whether the client asked with a `?`, even with nothing behind it.
    public boolean asksQuery() {
        return target.asksQuery;
    }

    /// Where the query starts as it was sent, whatever was taken out of it since.
    public int askedQueryStart() {
        return target.askedQueryStart;
    }

    public int askedQueryEnd() {
        return target.askedQueryEnd;
    }

    /// Whether a `?` is written on, even with nothing behind it.
    public boolean hasQuery() {
        return target.hasQuery;
    }

    /// Where the query starts that is written on and logged: the one that was asked without what was taken out of
    /// it.
    public int queryStart() {
        return target.queryStart;
    }

    public int queryEnd() {
        return target.queryEnd;
    }

    /// The query that is written on and logged, without the `?`.
    public String query() {
        return text(target.queryStart, target.queryEnd);
    }

    /// Takes every parameter of this name out of the query that is written on and logged; the query as it was asked
    /// stays. One of which nothing is left goes with its `?`.
    ///
    /// @param name in UTF-8
    public void removeParameter(byte[] name) {
        if (target.queryStart == target.askedQueryStart) {
            copyQuery();
        }
        target.removeParameter(bytes, name);
    }

    /// Puts the query a second time behind the head, where it can be changed. Slices handed out before keep the
    /// array they have.
    private void copyQuery() {
        int length = target.queryEnd - target.queryStart;
        if (bytes.length - filled < length) {
            bytes = Arrays.copyOf(bytes, filled + length);
        }
        System.arraycopy(bytes, target.queryStart, bytes, filled, length);
        target.queryStart = filled;
        target.queryEnd = filled + length;
    }

    /// Whom the request is addressed to: an absolute target's host, else the Host field; empty only in HTTP/1.0.
    public int hostStart() {
        return target.hostStart;
    }

    public int hostEnd() {
        return target.hostEnd;
    }

    public String host() {
        return text(target.hostStart, target.hostEnd);
    }

    /// Whether the host stands in the target, and so has to be written as the Host field when forwarding.
    public boolean isAbsolute() {
        return target.absolute;
    }

    public boolean isHttp10() {
        return http10;
    }

    /// Whether the head was put together from a header list of HTTP/2. Nothing is decided by it; it is said of the
    /// request where its version is.
    public boolean isHttp2() {
        return http2;
    }

    /// What is parsed next came by HTTP/2.
    public void cameByHttp2() {
        http2 = true;
    }

    /// Whether the client waits for 100 (Continue) before it sends the body.
    public boolean expectsContinue() {
        return expectsContinue;
    }

    /// Whether the client says that it reads trailers (`TE: trailers`).
    public boolean acceptsTrailers() {
        return acceptsTrailers;
    }

    /// The field that asks for an upgrade of this connection, or -1.
    public int upgradeField() {
        return upgrade;
    }

    /// Whether a body follows the head.
    public boolean hasBody() {
        return isChunked() || contentLength() > 0;
    }
}
