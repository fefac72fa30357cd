package dev.gatehouse.it.fuzz;

import dev.gatehouse.http1.BodyReader;
import dev.gatehouse.http1.Chunks;
import dev.gatehouse.http1.FieldBlock;
import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// Runs an input through the codec as a connection would, message after message until one is refused, the
/// connection ends or the input does, and writes down all it learns. Fails at once when the codec breaks one of
/// its promises.
///
/// One per thread, used again for every input, so that what one input leaves behind would show in the next.
abstract class ConnectionObserver {
    /// Room for a forwarded head, which may be a little longer than the one that came.
    static final HeadLimits GENEROUS = new HeadLimits(Input.CAPACITY, Input.CAPACITY, 200);

    /// The array of a head starts with this.
    private static final int SMALLEST_ARRAY = 2 << 10;

    final HeadLimits limits;
    final BodyReader body = new BodyReader();
    final HeadWriter writer = new HeadWriter();
    final ByteBuf wire = Unpooled.buffer(1 << 10);
    final Set<HeadFault> faults = EnumSet.noneOf(HeadFault.class);
    Transcript transcript = new Transcript();
    long messages;

    private final FieldBlock head;
    private final ByteBuf rest = Unpooled.wrappedBuffer(new byte[Input.CAPACITY]);
    private final BodyReader bodyAgain = new BodyReader();
    private ByteBuf in = rest;
    private boolean restIsToCome;
    private int split;
    private boolean thorough;

    ConnectionObserver(FieldBlock head, HeadLimits limits) {
        this.head = head;
        this.limits = limits;
    }

    /// Feeds `[0, split)` of the input, then the rest, from another buffer.
    ///
    /// @param thorough whether to test what each message promises as well; once per input is enough
    final void observe(Input input, int split, boolean thorough, Transcript transcript) {
        this.split = split;
        this.thorough = thorough;
        this.transcript = transcript;
        transcript.clear();
        in = input.view.setIndex(0, split);
        restIsToCome = split < input.length;
        if (restIsToCome) {
            rest.setIndex(0, 0).writeBytes(input.bytes, split, input.length - split);
        }
        begin();
        int start = 0;
        while (message(input, start)) {
            check(offset() > start, "a message without an octet");
            start = offset();
        }
        check(input.view.refCnt() == 1 && rest.refCnt() == 1 && wire.refCnt() == 1, "a buffer was released");
    }

    abstract void begin();

    abstract Progress parse(ByteBuf in);

    /// Writes down what the head says, apart from its fields.
    abstract void describe();

    /// Tests that a head can be asked, for a log, even when it was refused or is not complete.
    abstract void verifySlices();

    /// Tests what is true of every accepted head: reads again what would be forwarded.
    abstract void verify();

    /// Holds the head against a slow reading of the same octets.
    abstract void compare(PlainReading plain);

    abstract void startBody();

    /// Whether another message may follow on the connection.
    abstract boolean livesOn();

    private boolean message(Input input, int start) {
        head.reset();
        transcript.put("\n== at ").put(start);
        switch (readHead()) {
            case INCOMPLETE -> {
                verifySlices();
                transcript.put("\nends");
                return false;
            }
            case REFUSED -> {
                HeadFault fault = head.fault();
                check(fault != null, "refused without a reason");
                verifySlices();
                faults.add(fault);
                transcript.put("\nrefused: ").put(fault.name());
                return false;
            }
            case COMPLETE -> {}
        }
        transcript.put("\nhead ends at ").put(offset());
        describe();
        describeFields(head);
        boolean slowly = false;
        if (thorough) {
            slowly = (++messages & 15) == 0;
            check(offset() - start <= limits.head(), "a head beyond its limit");
            check(head.count() <= limits.fields(), "more fields than the limit");
            verify();
        }
        if (slowly) {
            compare(new PlainReading(input.bytes, start, offset(), limits));
        }
        startBody();
        int bodyStart = offset();
        long length = body.remaining();
        transcript.put("\nbody: ");
        int mark = transcript.length();
        if (!readBody()) {
            return false;
        }
        if (slowly) {
            PlainReading.compareBody(
                    input.bytes,
                    bodyStart,
                    offset(),
                    length,
                    transcript.copy(mark, transcript.length()),
                    body.trailers());
        }
        describeEnd();
        return livesOn();
    }

    private Progress readHead() {
        while (true) {
            Progress progress = parse(in);
            check(head.bytes().length <= Math.max(SMALLEST_ARRAY, limits.head() + 2), "the array outgrew the limit");
            if (progress != Progress.INCOMPLETE) {
                check(head.fault() == null || progress == Progress.REFUSED, "a reason without a refusal");
                return progress;
            }
            check(!in.isReadable(), "incomplete, and octets are left");
            if (!restArrives()) {
                return Progress.INCOMPLETE;
            }
        }
    }

    private boolean readBody() {
        while (true) {
            int n = body.next(in);
            switch (n) {
                case BodyReader.NEED_MORE -> {
                    check(!in.isReadable(), "body incomplete, and octets are left");
                    check(!body.ended(), "an ended body needs more");
                    if (!restArrives()) {
                        transcript.put("\nconnection ends, complete=").put(body.endsWithConnection());
                        return false;
                    }
                }
                case BodyReader.END -> {
                    check(body.ended() && body.fault() == null, "ended, but not so");
                    return true;
                }
                case BodyReader.BROKEN -> {
                    HeadFault fault = body.fault();
                    check(fault != null && !body.ended() && !body.endsWithConnection(), "broken, but not so");
                    faults.add(fault);
                    transcript.put("\nbroken: ").put(fault.name());
                    return false;
                }
                default -> {
                    check(n > 0 && n <= in.readableBytes(), "body octets that are not there");
                    int at = in.arrayOffset() + in.readerIndex();
                    transcript.put(in.array(), at, at + n);
                    in.skipBytes(n);
                }
            }
        }
    }

    private void describeEnd() {
        Trailers trailers = body.trailers();
        if (trailers != null) {
            transcript.put("\ntrailers");
            describeFields(trailers);
            verify(trailers);
        }
        transcript.put("\nbody ends at ").put(offset());
    }

    /// Where the connection is in the input.
    private int offset() {
        return in == rest ? split + in.readerIndex() : in.readerIndex();
    }

    private boolean restArrives() {
        if (!restIsToCome) {
            return false;
        }
        restIsToCome = false;
        in = rest;
        return true;
    }

    private void describeFields(FieldBlock block) {
        for (int i = 0; i < block.count(); i++) {
            transcript.put(block.dropped(i) ? "\n- " : "\n+ ");
            transcript.put(block.bytes(), block.nameStart(i), block.nameEnd(i));
            transcript.put(" = ");
            transcript.put(block.bytes(), block.valueStart(i), block.valueEnd(i));
        }
    }

    /// What is forwarded of a trailer section is read again as the same.
    private void verify(Trailers trailers) {
        wire.clear();
        Chunks.end(wire, trailers, writer);
        checkLines(1);
        bodyAgain.startChunked();
        check(bodyAgain.next(wire) == BodyReader.END && !wire.isReadable(), "forwarded trailers do not end");
        Trailers again = bodyAgain.trailers();
        check(again != null, "forwarded trailers are lost");
        checkSameFields(trailers, again, 0, again.count());
    }

    /// What stands in `wire` behind its first `skipped` lines is lines that end in CR LF, with neither in them nor
    /// NUL.
    final void checkLines(int skipped) {
        byte[] bytes = wire.array();
        int lines = 0;
        for (int i = 0; i < wire.writerIndex(); i++) {
            switch (bytes[i]) {
                case '\n' -> {
                    check(i > 0 && bytes[i - 1] == '\r', "a bare LF is forwarded");
                    lines++;
                }
                case '\r' -> check(bytes[i + 1] == '\n', "a bare CR is forwarded");
                case 0 -> throw new AssertionError("NUL is forwarded");
                default -> {}
            }
        }
        check(lines >= skipped, "lines are missing");
    }

    /// The fields of `sent` that were not dropped are those of `again` in `[from, to)`, none of them dropped.
    final void checkSameFields(FieldBlock sent, FieldBlock again, int from, int to) {
        int at = from;
        for (int i = 0; i < sent.count(); i++) {
            if (sent.dropped(i)) {
                continue;
            }
            check(at < to, "a field is lost");
            check(!again.dropped(at), "a field would be dropped at the next hop");
            check(
                    same(sent, sent.nameStart(i), sent.nameEnd(i), again, again.nameStart(at), again.nameEnd(at)),
                    "name");
            check(
                    same(sent, sent.valueStart(i), sent.valueEnd(i), again, again.valueStart(at), again.valueEnd(at)),
                    "value");
            at++;
        }
        check(at == to, "a field is forwarded that did not come");
    }

    static void checkSlice(FieldBlock block, int from, int to) {
        check(0 <= from && from <= to && to <= block.bytes().length, "not a slice");
    }

    static boolean same(FieldBlock one, int from, int to, FieldBlock other, int otherFrom, int otherTo) {
        return Arrays.equals(one.bytes(), from, to, other.bytes(), otherFrom, otherTo);
    }

    static void check(boolean holds, String broken) {
        if (!holds) {
            throw new AssertionError(broken);
        }
    }
}
