package dev.gatehouse.benchmarks;

import dev.gatehouse.engine.telemetry.SummarySink;
import dev.gatehouse.engine.telemetry.recent.RecentRequests;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Remembering a request that a service answered: what every exchange pays for `why` and `tail`.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecentRequestsBenchmark {
    private final SummarySink sink = new RecentRequests(1).on(0);
    private final BrowsersExchange served = new BrowsersExchange(42);

    @Benchmark
    public void served() {
        sink.ended(served);
    }
}
