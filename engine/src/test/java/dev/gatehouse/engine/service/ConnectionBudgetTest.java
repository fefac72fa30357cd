package dev.gatehouse.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionBudgetTest {
    @Test
    void no_more_are_open_than_the_budget_has() {
        ConnectionBudget budget = new ConnectionBudget(2, 1);
        assertThat(budget.tryOpen()).isTrue();
        assertThat(budget.tryOpen()).isTrue();
        assertThat(budget.tryOpen()).isFalse();
        budget.closed();
        assertThat(budget.tryOpen()).isTrue();
    }

    @Test
    void the_queue_is_counted_apart() {
        ConnectionBudget budget = new ConnectionBudget(1, 1);
        assertThat(budget.tryWait()).isTrue();
        assertThat(budget.tryWait()).isFalse();
        assertThat(budget.waiting()).isOne();
        budget.waited();
        assertThat(budget.tryWait()).isTrue();
        assertThat(budget.open()).isZero();
    }

    @Test
    void loops_that_race_for_the_last_place_do_not_both_get_it() throws InterruptedException {
        ConnectionBudget budget = new ConnectionBudget(1_000, 0);
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        Thread[] loops = new Thread[4];
        for (int i = 0; i < loops.length; i++) {
            loops[i] = Thread.ofPlatform().start(() -> {
                awaitUninterrupted(start);
                for (int n = 0; n < 1_000; n++) {
                    if (budget.tryOpen()) {
                        taken.incrementAndGet();
                    }
                }
            });
        }
        start.countDown();
        for (Thread loop : loops) {
            loop.join();
        }
        assertThat(taken).hasValue(1_000);
        assertThat(budget.open()).isEqualTo(1_000);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
