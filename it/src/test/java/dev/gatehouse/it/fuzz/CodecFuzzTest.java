package dev.gatehouse.it.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.HeadLimits;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// The HTTP/1.1 codec on inputs nobody wrote: it never throws, never hangs, never takes more memory than its limits
/// allow, says the same however an input is split, and what it would forward says the same as what came.
///
/// An input is its seed. To run one again: `-Dgatehouse.fuzz.seed=<seed> -Dfuzz.inputs=1`; to look elsewhere,
/// another seed.
class CodecFuzzTest {
    private static final long INPUTS = inputs();
    private static final long FIRST_SEED = Long.getLong("gatehouse.fuzz.seed", 20_250_101);
    private static final int THREADS = 2;

    /// From here on it would be a bad sign if an outcome never occurred.
    private static final long ENOUGH_FOR_ALL_OUTCOMES = 500_000;

    /// Small limits as well, so that small inputs reach them.
    private static final List<HeadLimits> LIMITS =
            List.of(HeadLimits.DEFAULT, new HeadLimits(3000, 300, 20), new HeadLimits(400, 80, 6));

    @Test
    void the_corpus_reads_the_same_at_every_split() {
        Fuzzer fuzzer = new Fuzzer();

        for (byte[] request : Corpus.REQUESTS) {
            fuzzer.splitEverywhere(fuzzer.requests, request);
        }
        for (byte[] response : Corpus.RESPONSES) {
            fuzzer.splitEverywhere(fuzzer.responses, response);
        }
    }

    @Test
    void no_mutation_breaks_the_codec() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        List<Fuzzer> fuzzers = new ArrayList<>();
        List<Future<?>> runs = new ArrayList<>();
        long started = System.nanoTime();
        // Daemons: a codec that hangs must not keep the JVM.
        ExecutorService threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().name("fuzz-", 0).factory());
        try {
            for (int i = 0; i < THREADS; i++) {
                Fuzzer fuzzer = new Fuzzer();
                long first = FIRST_SEED + i;
                fuzzers.add(fuzzer);
                runs.add(threads.submit(() -> fuzzer.run(first, FIRST_SEED + INPUTS, stop)));
            }
            for (Future<?> run : runs) {
                run.get(20, TimeUnit.MINUTES);
            }
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
        report(fuzzers, System.nanoTime() - started);

        if (INPUTS >= ENOUGH_FOR_ALL_OUTCOMES) {
            Set<HeadFault> seen = EnumSet.noneOf(HeadFault.class);
            fuzzers.forEach(fuzzer -> seen.addAll(fuzzer.faults()));
            assertThat(seen).containsExactlyInAnyOrder(HeadFault.values());
        }
    }

    private static void report(List<Fuzzer> fuzzers, long nanos) {
        long messages = fuzzers.stream().mapToLong(Fuzzer::messages).sum();
        System.out.printf(
                "%,d inputs, %,d heads accepted, %,d inputs/s%n", INPUTS, messages, INPUTS * 1_000_000_000 / nanos);
    }

    /// All that one thread needs.
    private static final class Fuzzer {
        final List<ConnectionObserver> requests =
                LIMITS.stream().<ConnectionObserver>map(RequestObserver::new).toList();
        final List<ConnectionObserver> responses =
                LIMITS.stream().<ConnectionObserver>map(ResponseObserver::new).toList();
        private final Mutator mutator = new Mutator();
        private final Input input = new Input();
        private final Transcript whole = new Transcript();
        private final Transcript inTwo = new Transcript();

        void run(long first, long end, AtomicBoolean stop) {
            for (long seed = first; seed < end && !stop.get(); seed += THREADS) {
                mutator.seed(seed);
                boolean request = mutator.below(3) != 0;
                ConnectionObserver observer = (request ? requests : responses).get(mutator.below(LIMITS.size()));
                mutator.mutate(request ? Corpus.REQUESTS : Corpus.RESPONSES, input);
                int split = mutator.below(input.length + 1);
                try {
                    observer.observe(input, input.length, true, whole);
                    observer.observe(input, split, false, inTwo);
                } catch (Throwable thrown) {
                    stop.set(true);
                    throw new AssertionError(describe(seed, split), thrown);
                }
                if (!whole.sameAs(inTwo)) {
                    stop.set(true);
                    throw new AssertionError("split, the input means something else\n" + describe(seed, split));
                }
            }
        }

        void splitEverywhere(List<ConnectionObserver> observers, byte[] sent) {
            input.set(sent);
            for (ConnectionObserver observer : observers) {
                observer.observe(input, input.length, true, whole);
                for (int split = 0; split < input.length; split++) {
                    observer.observe(input, split, true, inTwo);
                    assertThat(inTwo).as("split at %d: %s", split, input).hasToString(whole.toString());
                }
            }
        }

        Set<HeadFault> faults() {
            Set<HeadFault> all = EnumSet.noneOf(HeadFault.class);
            requests.forEach(observer -> all.addAll(observer.faults));
            responses.forEach(observer -> all.addAll(observer.faults));
            return all;
        }

        long messages() {
            return requests.stream().mapToLong(observer -> observer.messages).sum()
                    + responses.stream()
                            .mapToLong(observer -> observer.messages)
                            .sum();
        }

        private String describe(long seed, int split) {
            return """
                    seed %d
                    input %s
                    --- whole %s
                    --- split at %d %s
                    """.formatted(seed, input, whole, split, inTwo);
        }
    }

    /// The environment comes first: CI runs the same command as everybody, with more inputs.
    private static long inputs() {
        String wanted = System.getenv("GATEHOUSE_FUZZ_INPUTS");
        return wanted == null ? Long.getLong("gatehouse.fuzz.inputs", 1_000_000) : Long.parseLong(wanted);
    }
}
