package dev.gatehouse.it.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.engine.store.MemoryStore;
import java.lang.ref.Reference;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A gateway that ten million callers come to.
class LimitMemoryTest {
    private static final int KEYS = 10_000_000;
    private static final long MIB = 1 << 20;
    private static final LimitRule FIVE = new LimitRule.SlidingWindow(5, 3_600_000);
    private static final LimitRule SIXTY = new LimitRule.SlidingWindow(60, 3_600_000);

    private long now;

    @Test
    void ten_million_keys_stay_within_the_bound_and_free_nobody_whose_limit_is_used_up() {
        MemoryStore store = new MemoryStore(() -> now);
        long before = used();
        for (int i = 0; i < 6; i++) {
            take(store, FIVE, "login/client_ip=203.0.113.7");
        }
        for (int i = 0; i < KEYS; i++) {
            take(store, SIXTY, "by-plan/client_ip=2001:db8:" + Integer.toHexString(i) + "::/64");
            now += 100_000; // 10,000 a second
        }
        long growth = used() - before;

        assertThat(growth).as("bytes").isLessThan(80 * MIB).isGreaterThan(MIB);
        assertThat(take(store, FIVE, "login/client_ip=203.0.113.7")).isFalse();
        assertThat(take(store, FIVE, "login/client_ip=203.0.113.8")).isTrue();
        Reference.reachabilityFence(store);
    }

    private static boolean take(MemoryStore store, LimitRule rule, String key) {
        return store.take(List.of(new LimitTake(rule, key, 1)))
                .toCompletableFuture()
                .resultNow()
                .getFirst()
                .allowed();
    }

    private static long used() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
