package dev.gatehouse.benchmarks;

import dev.gatehouse.engine.config.AccessLogConfig;
import dev.gatehouse.engine.config.AccessLogTargetConfig;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.SummarySink;
import dev.gatehouse.engine.telemetry.accesslog.AccessLog;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What the access log costs the loop: one line of a browser's request, put together and left for the writer, which
/// sends them where nobody reads. Run with `-prof gc`: nothing is to be allocated.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class AccessLogBenchmark {
    @Param({
        "json",
        "{client.ip} [{timestamp}] \"{request.method} {request.path} {request.protocol}\" {status} {bytes_out}"
                + " \"{header.user-agent}\""
    })
    String format = AccessLogConfig.JSON;

    private final ExchangeSummary[] summaries = new ExchangeSummary[256];
    private int next;
    private @Nullable AccessLog log;
    private @Nullable SummarySink sink;

    @Setup
    public void open() {
        for (int i = 0; i < summaries.length; i++) {
            summaries[i] = new BrowsersExchange(i);
        }
        AccessLogConfig config =
                AccessLogConfig.DEFAULT.withFormat(format).withTarget(AccessLogTargetConfig.file("/dev/null", null));
        log = AccessLog.open(config, "gatehouse");
        sink = log.on(0);
    }

    @TearDown
    public void close() {
        AccessLog open = Objects.requireNonNull(log);
        open.close();
        System.out.println("dropped: " + open.dropped());
    }

    @Benchmark
    public void line() {
        Objects.requireNonNull(sink).ended(summaries[next++ & (summaries.length - 1)]);
    }
}
