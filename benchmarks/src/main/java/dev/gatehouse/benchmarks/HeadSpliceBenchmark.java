package dev.gatehouse.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// From octets in a direct buffer to the forwarded head in another one: hop-by-hop fields and the client's own
/// forwarding fields left out, six lines of the gateway added.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeadSpliceBenchmark {
    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(US_ASCII);
    private static final byte[] VIA = "Via: 1.1 gatehouse\r\n".getBytes(US_ASCII);
    private static final byte[] FORWARDED_FOR = "X-Forwarded-For: 203.0.113.7\r\n".getBytes(US_ASCII);
    private static final byte[] FORWARDED_PROTO = "X-Forwarded-Proto: https\r\n".getBytes(US_ASCII);
    private static final byte[] FORWARDED_HOST = "X-Forwarded-Host: ".getBytes(US_ASCII);
    private static final byte[] REQUEST_ID = "X-Request-Id: ".getBytes(US_ASCII);
    private static final byte[] TRACE_PARENT = "traceparent: 00-".getBytes(US_ASCII);

    private final ByteBuf browser = SampleHeads.direct(SampleHeads.BROWSER);
    private final ByteBuf curl = SampleHeads.direct(SampleHeads.CURL);
    private final ByteBuf out = Unpooled.directBuffer(4 << 10);
    private final ParsedRequest request = new ParsedRequest();
    private final HeadWriter writer = new HeadWriter();
    private long id = 0x0123456789abcdefL;

    @Benchmark
    public int browserRequest() {
        return forward(browser);
    }

    @Benchmark
    public int curlRequest() {
        return forward(curl);
    }

    private int forward(ByteBuf in) {
        request.reset();
        if (request.parse(in.readerIndex(0), HeadLimits.DEFAULT) != Progress.COMPLETE) {
            throw new IllegalStateException("refused: " + request.fault());
        }
        for (int i = 0; i < request.count(); i++) {
            KnownField field = request.known(i);
            if (field != null && field.role() == KnownField.Role.FORWARDING) {
                request.drop(i, true);
            }
        }
        splice();
        writer.writeTo(out.clear());
        return out.writerIndex();
    }

    private void splice() {
        byte[] b = request.bytes();
        writer.clear().copy(b, request.methodStart(), request.methodEnd()).put(' ');
        writer.copy(b, request.pathStart(), request.pathEnd());
        if (request.hasQuery()) {
            writer.put('?').copy(b, request.queryStart(), request.queryEnd());
        }
        writer.put(VERSION);
        request.writeFields(writer);
        writer.put(VIA).put(FORWARDED_FOR).put(FORWARDED_PROTO);
        writer.put(FORWARDED_HOST)
                .copy(b, request.hostStart(), request.hostEnd())
                .crlf();
        id++;
        writer.put(REQUEST_ID).hex(id, 16).hex(~id, 16).crlf();
        writer.put(TRACE_PARENT).hex(id, 16).hex(~id, 16).put('-').hex(id, 16).put("-01");
        writer.crlf().crlf();
    }

    @TearDown
    public void release() {
        browser.release();
        curl.release();
        out.release();
    }
}
