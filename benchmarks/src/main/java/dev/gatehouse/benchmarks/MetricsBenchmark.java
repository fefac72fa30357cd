package dev.gatehouse.benchmarks;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.config.MetricsConfig;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.SummarySink;
import dev.gatehouse.engine.telemetry.metrics.ExchangeMetrics;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/// What counting one exchange costs its loop, and adding the loops up costs who scrapes. Exchanges differ in route,
/// method,
/// status and duration, one in ten failed; with 4,000 routes half of them are beyond the bound. Run with `-prof gc`: a
/// loop
/// makes no object.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MetricsBenchmark {
    private static final int EXCHANGES = 4096;

    @Param({"1", "100", "1000", "4000"})
    int routes;

    private final ExchangeMetrics metrics = new ExchangeMetrics(2);
    private final SummarySink loop = metrics.on(0);
    private final ExchangeSummary[] exchanges = new ExchangeSummary[EXCHANGES];
    private int next;

    @Setup
    public void fill() {
        Random random = new Random(1);
        Text[] methods = {Text.of("GET"), Text.of("GET"), Text.of("GET"), Text.of("POST"), Text.of("DELETE")};
        String[] names = new String[routes];
        for (int i = 0; i < routes; i++) {
            names[i] = "GET /api/team" + i % 40 + "/resource" + i;
        }
        for (int i = 0; i < EXCHANGES; i++) {
            boolean failed = random.nextInt(10) == 0;
            long duration = (long) (300_000 * Math.exp(random.nextGaussian() * 1.5));
            exchanges[i] = new BrowsersExchange(
                    i,
                    names[i % routes],
                    methods[random.nextInt(methods.length)],
                    failed ? 504 : random.nextInt(5) == 0 ? 404 : 200,
                    failed ? FailureKind.SERVICE_TIMEOUT : null,
                    duration);
            metrics.on(1).ended(exchanges[i]);
        }
    }

    @Benchmark
    public void ended() {
        loop.ended(exchanges[next++ & (EXCHANGES - 1)]);
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public List<MetricFamily> scrape() {
        return metrics.families(MetricsConfig.DEFAULT.labels());
    }
}
