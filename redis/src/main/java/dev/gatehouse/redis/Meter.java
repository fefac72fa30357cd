package dev.gatehouse.redis;

import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.state.StoreFactory;
import java.util.concurrent.TimeUnit;

/// Counts what became of questions, and how long the answers took. Safe for threads.
final class Meter {
    /// In milliseconds; each answer counts at every bound it kept, as in a histogram of Prometheus.
    private static final long[] BOUNDS = {1, 2, 5, 10, 20, 50, 100};

    private final Counter answered;
    private final Counter late;
    private final Counter failed;
    private final Counter down;
    private final Counter outages;
    private final Counter[] within = new Counter[BOUNDS.length];

    Meter(StoreFactory.Context context) {
        String store = context.name();
        CounterFamily requests = context.counter(
                "gatehouse_store_requests",
                "Questions to a store by what became of them: ok, timeout, error, or down when it was not even asked.",
                "store",
                "result");
        answered = requests.of(store, "ok");
        late = requests.of(store, "timeout");
        failed = requests.of(store, "error");
        down = requests.of(store, "down");
        outages = context.counter(
                        "gatehouse_store_outages", "How often a store could not be reached any more.", "store")
                .of(store);
        CounterFamily answers = context.counter(
                "gatehouse_store_answers_within", "Answers of a store that took at most so long.", "store", "within");
        for (int i = 0; i < BOUNDS.length; i++) {
            within[i] = answers.of(store, BOUNDS[i] + "ms");
        }
    }

    /// @param took in nanoseconds
    void answered(long took) {
        answered.add(1);
        for (int i = BOUNDS.length - 1; i >= 0 && took <= TimeUnit.MILLISECONDS.toNanos(BOUNDS[i]); i--) {
            within[i].add(1);
        }
    }

    /// No answer in time.
    void late() {
        late.add(1);
    }

    /// The server refused, or the connection broke.
    void failed() {
        failed.add(1);
    }

    /// It was not asked.
    void down() {
        down.add(1);
    }

    /// It was well and is not.
    void outage() {
        outages.add(1);
    }
}
