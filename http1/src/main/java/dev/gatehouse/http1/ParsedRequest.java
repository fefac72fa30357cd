package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A request head as slices (RFC 9112 §3, §5, §6).
///
/// Fed from the socket's buffers until [#parse] says COMPLETE; from then on it says what was asked, where it is
/// addressed, how its body is framed and what it wants of the connection. Results do not depend on how the octets
/// were split.
public final class ParsedRequest extends FieldBlock {
    private static final int MAX_METHOD = 32;
    private static final byte[] PREFACE = "PRI".getBytes(US_ASCII);
    private static final byte[] CONNECT = "CONNECT".getBytes(US_ASCII);
    private static final byte[] TRACE = "TRACE".getBytes(US_ASCII);
    private static final byte[] OPTIONS = "OPTIONS".getBytes(US_ASCII);
    private static final byte[] HEAD = "HEAD".getBytes(US_ASCII);
    private static final byte[] VERSION = " HTTP/1.".getBytes(US_ASCII);
    private static final byte[] HTTP_SCHEME = "http://".getBytes(US_ASCII);
    private static final byte[] HTTPS_SCHEME = "https://".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "chunked".getBytes(US_ASCII);
    private static final byte[] CHUNKED_LAST = ", chunked".getBytes(US_ASCII);
    private static final byte[] CONTINUE = "100-continue".getBytes(US_ASCII);
    private static final byte[] TRAILERS = "trailers".getBytes(US_ASCII);
    private static final byte[][] IDEMPOTENT = {
        "GET".getBytes(US_ASCII), HEAD, "PUT".getBytes(US_ASCII), "DELETE".getBytes(US_ASCII), OPTIONS
    };

    private boolean inFields;
    private int methodStart;
    private int methodEnd;
    private int pathStart;
    private int pathEnd;
    private int queryStart;
    private int queryEnd;
    private int hostStart;
    private int hostEnd;
    private boolean absolute;
    private boolean hasQuery;
    private boolean http10;
    private boolean keepAlive;
    private boolean expectsContinue;
    private boolean acceptsTrailers;
    private int upgrade;
    private long contentLength;
    private boolean chunked;

    public ParsedRequest() {
        reset();
    }

    @Override
    public void reset() {
        super.reset();
        inFields = false;
        methodStart = 0;
        methodEnd = 0;
        pathStart = 0;
        pathEnd = 0;
        queryStart = 0;
        queryEnd = 0;
        hostStart = 0;
        hostEnd = 0;
        absolute = false;
        hasQuery = false;
        http10 = false;
        keepAlive = false;
        expectsContinue = false;
        acceptsTrailers = false;
        upgrade = -1;
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

    /// Whether the head has begun: an empty line before it is not a beginning.
    public boolean hasBegun() {
        return inFields || filled > line;
    }

    private Progress advance(HeadLimits limits) {
        if (!inFields) {
            Progress progress = parseRequestLine(limits);
            if (progress != Progress.COMPLETE) {
                return progress;
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

    private Progress parseRequestLine(HeadLimits limits) {
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
        int lf = Octets.indexOfLf(b, Math.max(searched, i), filled);
        int lineEnd = lf < 0 ? filled - 1 : lf - 1;
        if (lineEnd - methodStart > limits.startLine()) {
            return refuse(HeadFault.REQUEST_LINE_TOO_LONG);
        }
        if (lf < 0) {
            searched = filled;
            return Progress.INCOMPLETE;
        }
        searched = lf + 1;
        line = lf + 1;
        HeadFault fault = parseRequestLine(lf);
        return fault == null ? Progress.COMPLETE : refuse(fault);
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
        if (equals(methodStart, methodEnd, PREFACE)) {
            return HeadFault.HTTP2_PREFACE;
        }
        if (b[lf - 1] != Octets.CR) {
            return HeadFault.LINE_END_INVALID;
        }
        int end = lf - 1;
        int versionStart = end - VERSION.length - 1;
        if (versionStart <= methodEnd || !equals(versionStart, end - 1, VERSION)) {
            return wrongVersion(end);
        }
        byte minor = b[end - 1];
        if (minor != '0' && minor != '1') {
            return minor >= '2' && minor <= '9' ? HeadFault.VERSION_UNSUPPORTED : HeadFault.REQUEST_LINE_INVALID;
        }
        http10 = minor == '0';
        if (equals(methodStart, methodEnd, CONNECT) || equals(methodStart, methodEnd, TRACE)) {
            return HeadFault.METHOD_NOT_ALLOWED;
        }
        return parseTarget(methodEnd + 1, versionStart);
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

    private @Nullable HeadFault parseTarget(int start, int end) {
        byte[] b = bytes;
        if (start == end) {
            return HeadFault.REQUEST_LINE_INVALID;
        }
        int path = start;
        if (b[start] != '/') {
            if (b[start] == '*' && end == start + 1 && equals(methodStart, methodEnd, OPTIONS)) {
                pathStart = start;
                pathEnd = end;
                queryStart = end;
                queryEnd = end;
                hasQuery = false;
                return null;
            }
            int scheme = schemeLength(start, end);
            if (scheme == 0) {
                return HeadFault.TARGET_INVALID;
            }
            hostStart = start + scheme;
            hostEnd = hostStart;
            while (hostEnd < end && b[hostEnd] != '/' && b[hostEnd] != '?') {
                hostEnd++;
            }
            if (!Authority.valid(b, hostStart, hostEnd)) {
                return HeadFault.AUTHORITY_INVALID;
            }
            absolute = true;
            path = hostEnd;
            if (path == end || b[path] == '?') {
                // "http://host?q" means the path "/". The scheme has been read, so its first octet can hold that
                // path.
                b[start] = '/';
                pathStart = start;
                pathEnd = start + 1;
                hasQuery = path < end;
                queryStart = hasQuery ? path + 1 : end;
                queryEnd = end;
                return RequestTarget.checkQuery(b, queryStart, queryEnd);
            }
        }
        int question = RequestTarget.endOfNormalPath(b, path, end);
        int normalEnd = question;
        if (question < 0) {
            question = indexOf((byte) '?', path, end);
            @Nullable HeadFault[] fault = new @Nullable HeadFault[1];
            normalEnd = RequestTarget.normalise(b, path, question, fault);
            if (normalEnd < 0) {
                // A refused path has no normal form: it stays empty, for those who log the request.
                return fault[0];
            }
        }
        pathStart = path;
        pathEnd = normalEnd;
        queryEnd = end;
        hasQuery = question < end;
        queryStart = hasQuery ? question + 1 : end;
        return RequestTarget.checkQuery(b, queryStart, queryEnd);
    }

    private int schemeLength(int start, int end) {
        if (end - start > 8 && Octets.equalsIgnoreCase(bytes, start, start + 8, HTTPS_SCHEME)) {
            return 8;
        }
        return end - start > 7 && Octets.equalsIgnoreCase(bytes, start, start + 7, HTTP_SCHEME) ? 7 : 0;
    }

    /// Reads what the fields say of the message itself. One pass; most fields are not known and cost one load.
    private @Nullable HeadFault interpret() {
        int options = 0;
        int hosts = 0;
        int lengths = 0;
        int codings = 0;
        HeadFault codingFault = null;
        for (int i = 0, n = count(); i < n; i++) {
            KnownField field = known(i);
            if (field == null) {
                continue;
            }
            if (!isExactly(i, field)) {
                // 'Content_Length' and its kind: another name to us, the same one to a service that maps '-' to
                // '_'.
                drop(i, true);
                continue;
            }
            switch (field) {
                case HOST -> {
                    hosts++;
                    if (!Authority.valid(bytes, valueStart(i), valueEnd(i))) {
                        return HeadFault.AUTHORITY_INVALID;
                    }
                    if (absolute) {
                        drop(i, true);
                    } else {
                        hostStart = valueStart(i);
                        hostEnd = valueEnd(i);
                    }
                }
                case CONTENT_LENGTH -> {
                    lengths++;
                    contentLength = Octets.decimal(bytes, valueStart(i), valueEnd(i));
                    if (contentLength < 0) {
                        return HeadFault.CONTENT_LENGTH_INVALID;
                    }
                }
                case TRANSFER_ENCODING -> {
                    codings++;
                    codingFault = codingFault(i);
                }
                case CONNECTION -> {
                    options = connectionOptions(i, options);
                    if (options < 0) {
                        return HeadFault.CONNECTION_OPTIONS;
                    }
                }
                case EXPECT -> {
                    if (http10) {
                        drop(i, true);
                    } else if (valueIs(i, CONTINUE)) {
                        expectsContinue = true;
                    } else {
                        return HeadFault.EXPECTATION_UNKNOWN;
                    }
                }
                case TE -> acceptsTrailers |= valueIs(i, TRAILERS);
                case UPGRADE -> upgrade = upgrade < 0 ? i : Integer.MAX_VALUE;
                default -> {}
            }
        }
        if (hosts > 1) {
            return HeadFault.HOST_TWICE;
        }
        if (hosts == 0 && !http10) {
            return HeadFault.HOST_MISSING;
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
            if (codings > 1) {
                return HeadFault.CODING_NOT_CHUNKED;
            }
            if (codingFault != null) {
                return codingFault;
            }
            chunked = true;
        }
        boolean close = (options & ConnectionOption.CLOSE) != 0;
        keepAlive = !close && (!http10 || (options & ConnectionOption.KEEP_ALIVE) != 0);
        if (http10 || (options & ConnectionOption.UPGRADE) == 0 || upgrade == Integer.MAX_VALUE) {
            upgrade = -1;
        }
        return null;
    }

    private boolean isExactly(int i, KnownField field) {
        return Octets.equalsIgnoreCase(bytes, nameStart(i), nameEnd(i), field.lowerCase());
    }

    private @Nullable HeadFault codingFault(int field) {
        if (valueIs(field, CHUNKED)) {
            return null;
        }
        int from = valueStart(field);
        int to = valueEnd(field);
        boolean chunkedLast = to - from > CHUNKED_LAST.length
                && Octets.equalsIgnoreCase(bytes, to - CHUNKED_LAST.length, to, CHUNKED_LAST)
                && !Octets.equalsIgnoreCase(bytes, from, from + CHUNKED.length, CHUNKED);
        return chunkedLast ? HeadFault.CODING_UNKNOWN : HeadFault.CODING_NOT_CHUNKED;
    }

    /// Where `wanted` stands first in `[from, to)`, or `to`.
    private int indexOf(byte wanted, int from, int to) {
        int i = from;
        while (i < to && bytes[i] != wanted) {
            i++;
        }
        return i;
    }

    private boolean equals(int from, int to, byte[] word) {
        return Arrays.equals(bytes, from, to, word, 0, word.length);
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
        return equals(methodStart, methodEnd, HEAD);
    }

    /// Whether sending the request twice is as good as once (RFC 9110 §9.2.2).
    public boolean isIdempotent() {
        for (byte[] method : IDEMPOTENT) {
            if (equals(methodStart, methodEnd, method)) {
                return true;
            }
        }
        return false;
    }

    /// Where the path in its normal form starts; it begins with `/`, or is `*`.
    public int pathStart() {
        return pathStart;
    }

    public int pathEnd() {
        return pathEnd;
    }

    /// The path in its normal form.
    public String path() {
        return text(pathStart, pathEnd);
    }

    /// Whether the target has a `?`, even with nothing behind it.
    public boolean hasQuery() {
        return hasQuery;
    }

    public int queryStart() {
        return queryStart;
    }

    public int queryEnd() {
        return queryEnd;
    }

    /// The query as it was sent, without the `?`.
    public String query() {
        return text(queryStart, queryEnd);
    }

    /// Whom the request is addressed to: an absolute target's host, else the Host field; empty only in HTTP/1.0.
    public int hostStart() {
        return hostStart;
    }

    public int hostEnd() {
        return hostEnd;
    }

    public String host() {
        return text(hostStart, hostEnd);
    }

    /// Whether the host stands in the target, and so has to be written as the Host field when forwarding.
    public boolean isAbsolute() {
        return absolute;
    }

    public boolean isHttp10() {
        return http10;
    }

    /// Whether the client lets the connection live on after the answer (RFC 9112 §9.3).
    public boolean keepAlive() {
        return keepAlive;
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

    /// The body's length, or -1 when the head does not say.
    public long contentLength() {
        return contentLength;
    }

    public boolean isChunked() {
        return chunked;
    }

    /// Whether a body follows the head.
    public boolean hasBody() {
        return chunked || contentLength > 0;
    }
}
