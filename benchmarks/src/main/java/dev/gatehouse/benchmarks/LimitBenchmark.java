package dev.gatehouse.benchmarks;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.engine.store.MemoryStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// What one decision about a limit costs in memory, by two loops at once: with one key, which both of them want,
/// with a thousand, and with more than there is room for. Run with `-prof gc`: a decision makes its stage, its
/// list and its state.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Threads(2)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LimitBenchmark {
    private static final int STEP = 7_919;

    @Param({"sliding_window", "gcra", "fixed_window"})
    String algorithm = "";

    @Param({"1", "1000", "1000000"})
    int keys;

    private final Store store = new MemoryStore(System::nanoTime);
    private final AtomicInteger loops = new AtomicInteger();
    private List<List<LimitTake>> wishes = List.of();

    /// Where a loop is in the keys.
    @State(Scope.Thread)
    public static class Loop {
        private int next;

        @Setup
        public void begin(LimitBenchmark all) {
            next = all.loops.incrementAndGet() * 31;
        }
    }

    @Setup
    public void fill() {
        LimitRule rule = switch (algorithm) {
            case "sliding_window" -> new LimitRule.SlidingWindow(1_000_000, 60_000);
            case "gcra" -> new LimitRule.Gcra(1_000_000, 60_000, 1_000);
            default -> new LimitRule.FixedWindow(1_000_000, 60_000);
        };
        @SuppressWarnings({"unchecked", "rawtypes"}) // filled below
        List<LimitTake>[] all = new List[keys];
        for (int i = 0; i < keys; i++) {
            all[i] = List.of(new LimitTake(rule, "rate_limit/login/client_ip=10.1." + i, 1));
        }
        wishes = List.of(all);
    }

    /// One decision.
    @Benchmark
    public List<LimitState> take(Loop loop) {
        loop.next = Math.floorMod(loop.next + STEP, keys);
        return store.take(wishes.get(loop.next)).toCompletableFuture().resultNow();
    }
}
