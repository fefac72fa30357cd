package dev.gatehouse.it.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.ParsedRequest;
import io.netty.buffer.ByteBuf;

/// The connection of a client.
final class RequestObserver extends ConnectionObserver {
    private static final byte[] HTTP_1_0 = " HTTP/1.0\r\n".getBytes(US_ASCII);
    private static final byte[] HTTP_1_1 = " HTTP/1.1\r\n".getBytes(US_ASCII);
    private static final byte[] HOST = "Host: ".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "Transfer-Encoding: chunked\r\n".getBytes(US_ASCII);

    private final ParsedRequest request;
    private final ParsedRequest again = new ParsedRequest();

    RequestObserver(HeadLimits limits) {
        this(new ParsedRequest(), limits);
    }

    private RequestObserver(ParsedRequest request, HeadLimits limits) {
        super(request, limits);
        this.request = request;
    }

    @Override
    void begin() {}

    @Override
    Progress parse(ByteBuf in) {
        return request.parse(in, limits);
    }

    @Override
    void describe() {
        byte[] b = request.bytes();
        transcript.put("\nmethod ").put(b, request.methodStart(), request.methodEnd());
        transcript.put("\npath ").put(b, request.pathStart(), request.pathEnd());
        transcript.put("\nquery ").put(request.hasQuery()).put(b, request.queryStart(), request.queryEnd());
        transcript.put("\nslash ").put(request.hasEncodedSlash());
        transcript.put(" backslash ").put(request.hasEncodedBackslash());
        transcript.put("\nhost ").put(b, request.hostStart(), request.hostEnd());
        transcript.put("\nabsolute ").put(request.isAbsolute()).put(" 1.0 ").put(request.isHttp10());
        transcript.put(" alive ").put(request.keepAlive()).put(" continue ").put(request.expectsContinue());
        transcript
                .put(" trailers ")
                .put(request.acceptsTrailers())
                .put(" upgrade ")
                .put(request.upgradeField());
        transcript
                .put("\nlength ")
                .put(request.contentLength())
                .put(" chunked ")
                .put(request.isChunked());
    }

    @Override
    void verifySlices() {
        checkSlice(request, request.methodStart(), request.methodEnd());
        checkSlice(request, request.pathStart(), request.pathEnd());
        checkSlice(request, request.queryStart(), request.queryEnd());
        checkSlice(request, request.hostStart(), request.hostEnd());
        check(request.queryStart() == request.queryEnd() || request.hasQuery(), "a query without a ?");
    }

    @Override
    void verify() {
        check(!request.isChunked() || request.contentLength() < 0, "two framings");
        check(request.hasBody() == (request.isChunked() || request.contentLength() > 0), "hasBody");
        byte first = request.bytes()[request.pathStart()];
        int pathLength = request.pathEnd() - request.pathStart();
        check(pathLength > 0 && (first == '/' || (first == '*' && pathLength == 1)), "the path does not start with /");
        check(request.isHttp10() || request.hostEnd() > request.hostStart(), "no host");
        check(request.upgradeField() < request.count(), "no such field");

        forward();
        checkLines(1);
        again.reset();
        Progress progress = again.parse(wire, GENEROUS);
        check(progress == Progress.COMPLETE && !wire.isReadable(), "what is forwarded is not read again");
        // A normal path is its own normal form.
        check(
                same(request, request.pathStart(), request.pathEnd(), again, again.pathStart(), again.pathEnd()),
                "the path changes again");
        check(request.hasEncodedSlash() || !again.hasEncodedSlash(), "a new escaped slash");
        check(request.hasEncodedBackslash() || !again.hasEncodedBackslash(), "a new escaped backslash");
        check(
                same(
                        request,
                        request.methodStart(),
                        request.methodEnd(),
                        again,
                        again.methodStart(),
                        again.methodEnd()),
                "another method");
        check(
                request.hasQuery() == again.hasQuery()
                        && same(
                                request,
                                request.queryStart(),
                                request.queryEnd(),
                                again,
                                again.queryStart(),
                                again.queryEnd()),
                "another query");
        check(
                same(request, request.hostStart(), request.hostEnd(), again, again.hostStart(), again.hostEnd()),
                "another host");
        check(request.contentLength() == again.contentLength(), "another length");
        check(request.isChunked() == again.isChunked(), "another coding");
        checkSameFields(
                request, again, request.isAbsolute() ? 1 : 0, request.isChunked() ? again.count() - 1 : again.count());
    }

    /// The head as a gateway sends it on, in `wire`.
    private void forward() {
        byte[] b = request.bytes();
        writer.clear();
        writer.copy(b, request.methodStart(), request.methodEnd()).put(' ');
        writer.copy(b, request.pathStart(), request.pathEnd());
        if (request.hasQuery()) {
            writer.put('?').copy(b, request.queryStart(), request.queryEnd());
        }
        writer.put(request.isHttp10() ? HTTP_1_0 : HTTP_1_1);
        if (request.isAbsolute()) {
            writer.put(HOST).copy(b, request.hostStart(), request.hostEnd()).crlf();
        }
        request.writeFields(writer);
        if (request.isChunked()) {
            writer.put(CHUNKED);
        }
        writer.crlf();
        wire.clear();
        writer.writeTo(wire);
    }

    @Override
    void compare(PlainReading plain) {
        plain.compare(request);
    }

    @Override
    void startBody() {
        if (request.isChunked()) {
            body.startChunked();
        } else if (request.contentLength() > 0) {
            body.startLength(request.contentLength());
        } else {
            body.startEmpty();
        }
    }

    @Override
    boolean livesOn() {
        return request.keepAlive();
    }
}
