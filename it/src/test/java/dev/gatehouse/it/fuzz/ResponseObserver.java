package dev.gatehouse.it.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.ParsedResponse;
import io.netty.buffer.ByteBuf;

/// The connection of a service. The first answer is to GET, the second to HEAD, and so on in turn.
final class ResponseObserver extends ConnectionObserver {
    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "Transfer-Encoding: chunked\r\n".getBytes(US_ASCII);

    private final ParsedResponse response;
    private final ParsedResponse again = new ParsedResponse();
    private int answers;

    ResponseObserver(HeadLimits limits) {
        this(new ParsedResponse(), limits);
    }

    private ResponseObserver(ParsedResponse response, HeadLimits limits) {
        super(response, limits);
        this.response = response;
    }

    @Override
    void begin() {
        answers = 0;
    }

    @Override
    Progress parse(ByteBuf in) {
        return response.parse(in, limits);
    }

    @Override
    void describe() {
        transcript.put("\nstatus ").put(response.status());
        transcript.put(" ").put(response.bytes(), response.reasonStart(), response.reasonEnd());
        transcript.put("\nalive ").put(response.keepAlive()).put(" upgrade ").put(response.isUpgrade());
        transcript
                .put("\nlength ")
                .put(response.contentLength())
                .put(" chunked ")
                .put(response.isChunked());
        transcript.put("\nbody ").put(response.hasBody(toHead()));
        transcript.put(" impossible ").put(response.announcesImpossibleBody());
    }

    @Override
    void verifySlices() {
        checkSlice(response, response.reasonStart(), response.reasonEnd());
    }

    @Override
    void verify() {
        check(!response.isChunked() || response.contentLength() < 0, "two framings");
        check(response.status() >= 100 && response.status() <= 599, "no such status");
        check(!response.hasBody(true), "a body behind the answer to HEAD");

        forward();
        checkLines(1);
        again.reset();
        Progress progress = again.parse(wire, GENEROUS);
        check(progress == Progress.COMPLETE && !wire.isReadable(), "what is forwarded is not read again");
        check(response.status() == again.status(), "another status");
        check(
                same(
                        response,
                        response.reasonStart(),
                        response.reasonEnd(),
                        again,
                        again.reasonStart(),
                        again.reasonEnd()),
                "another reason");
        check(response.contentLength() == again.contentLength(), "another length");
        check(response.isChunked() == again.isChunked(), "another coding");
        checkSameFields(response, again, 0, response.isChunked() ? again.count() - 1 : again.count());
    }

    /// The head as a gateway sends it on, in `wire`.
    private void forward() {
        writer.clear();
        writer.put(VERSION).decimal(response.status()).put(' ');
        writer.copy(response.bytes(), response.reasonStart(), response.reasonEnd())
                .crlf();
        response.writeFields(writer);
        if (response.isChunked()) {
            writer.put(CHUNKED);
        }
        writer.crlf();
        wire.clear();
        writer.writeTo(wire);
    }

    @Override
    void compare(PlainReading plain) {
        plain.compare(response);
    }

    @Override
    void startBody() {
        if (!response.hasBody(toHead())) {
            body.startEmpty();
        } else if (response.isChunked()) {
            body.startChunked();
        } else if (response.contentLength() > 0) {
            body.startLength(response.contentLength());
        } else {
            body.startUntilClose();
        }
    }

    @Override
    boolean livesOn() {
        if (response.isInterim()) {
            return !response.announcesImpossibleBody();
        }
        answers++;
        return response.status() != 101 && response.keepAlive() && !response.announcesImpossibleBody();
    }

    private boolean toHead() {
        return (answers & 1) == 1;
    }
}
