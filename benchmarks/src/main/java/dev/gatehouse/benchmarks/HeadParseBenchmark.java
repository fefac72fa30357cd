package dev.gatehouse.benchmarks;

import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import io.netty.buffer.ByteBuf;
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

/// From octets in a direct buffer to a head that can be asked.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeadParseBenchmark {
    private final ByteBuf browser = SampleHeads.direct(SampleHeads.BROWSER);
    private final ByteBuf curl = SampleHeads.direct(SampleHeads.CURL);
    private final ByteBuf answer = SampleHeads.direct(SampleHeads.RESPONSE);
    private final ParsedRequest request = new ParsedRequest();
    private final ParsedResponse response = new ParsedResponse();

    @Benchmark
    public Progress browserRequest() {
        request.reset();
        return request.parse(browser.readerIndex(0), HeadLimits.DEFAULT);
    }

    @Benchmark
    public Progress curlRequest() {
        request.reset();
        return request.parse(curl.readerIndex(0), HeadLimits.DEFAULT);
    }

    @Benchmark
    public Progress response() {
        response.reset();
        return response.parse(answer.readerIndex(0), HeadLimits.DEFAULT);
    }

    @TearDown
    public void release() {
        browser.release();
        curl.release();
        answer.release();
    }
}
