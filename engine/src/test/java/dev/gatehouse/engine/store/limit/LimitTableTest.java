package dev.gatehouse.engine.store.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTableTest {
    private static final LimitRule FIVE = new LimitRule.SlidingWindow(5, 60_000);
    private static final LimitRule TEN = new LimitRule.FixedWindow(10, 60_000);

    private volatile long now;
    private final LimitTable table = table(4 << 20);

    private LimitTable table(long bytes) {
        return new LimitTable(bytes, () -> now, () -> now / 1_000_000);
    }

    @Test
    void each_key_has_its_own() {
        for (int i = 0; i < 5; i++) {
            assertThat(take(FIVE, "a")).isTrue();
        }
        assertThat(take(FIVE, "a")).isFalse();
        assertThat(take(FIVE, "b")).isTrue();
    }

    @Test
    void several_limits_are_one_decision() {
        for (int i = 0; i < 5; i++) {
            take(FIVE, "small");
        }
        List<LimitTake> both = List.of(new LimitTake(TEN, "large", 1), new LimitTake(FIVE, "small", 1));

        List<LimitState> states = table.take(both);
        assertThat(states).extracting(LimitState::allowed).containsExactly(true, false);
        assertThat(states.getFirst().remaining()).as("nothing was taken").isEqualTo(10);
        assertThat(states.getLast().retryMillis()).isEqualTo(60_480);

        now = 60_480_000_000L;
        assertThat(table.take(both)).extracting(LimitState::remaining).containsExactly(9L, 4L);
    }

    @Test
    void who_looks_is_told_what_would_be_and_takes_nothing() {
        List<LimitTake> both = List.of(new LimitTake(TEN, "large", 3), new LimitTake(FIVE, "small", 2));
        for (int i = 0; i < 4; i++) {
            List<LimitState> seen = table.look(both);
            assertThat(table.look(both)).isEqualTo(seen);
            assertThat(table.take(both)).isEqualTo(seen);
        }
        assertThat(table.look(both)).extracting(LimitState::allowed).containsExactly(true, false);
    }

    @Test
    void a_key_that_is_removed_begins_anew() {
        for (int i = 0; i < 5; i++) {
            take(FIVE, "a");
        }
        assertThat(table.keys()).containsExactly("a");
        assertThat(table.remove("a")).isTrue();
        assertThat(table.remove("a")).isFalse();
        assertThat(take(FIVE, "a")).isTrue();
    }

    @Test
    void what_was_given_back_can_be_taken_again() {
        LimitRule one = new LimitRule.Concurrency(1, 60_000);
        assertThat(take(one, "a")).isTrue();
        assertThat(take(one, "a")).isFalse();
        table.giveBack(List.of(new LimitTake(one, "a", 1)));
        assertThat(take(one, "a")).isTrue();
    }

    @Test
    void a_flood_of_new_keys_frees_neither_the_exhausted_nor_the_busy_and_memory_stays_bounded() {
        LimitTable small = table(2 << 20);
        Random random = new Random(1);
        for (int i = 0; i < 6; i++) {
            small.take(List.of(new LimitTake(FIVE, "exhausted", 1)));
            now += 1_000_000;
        }
        long busy = 0;
        for (int i = 0; i < 500_000; i++) {
            small.take(List.of(new LimitTake(FIVE, "new/" + random.nextLong(), 1)));
            now += 10_000;
            if (i % 1_000 == 0 && allowed(small, new LimitRule.FixedWindow(50, 60_000), "busy")) {
                busy++;
            }
        }
        assertThat(busy).as("of 500 wishes, limit 50").isEqualTo(50);
        assertThat(allowed(small, FIVE, "exhausted")).isFalse();
        assertThat(small.keys().count()).isLessThan(10_000);
    }

    @Test
    void a_flood_of_keys_that_are_used_up_at_once_does_not_free_the_exhausted() {
        LimitTable small = table(2 << 20);
        LimitRule once = new LimitRule.SlidingWindow(1, 60_000);
        for (int i = 0; i < 6; i++) {
            small.take(List.of(new LimitTake(FIVE, "exhausted", 1)));
        }
        for (int i = 0; i < 200_000; i++) {
            small.take(List.of(new LimitTake(once, "new/" + i, 1)));
            now += 10_000;
        }
        assertThat(allowed(small, FIVE, "exhausted")).isFalse();
    }

    /// Caffeine does not put an end off that a read would move by a second or less.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_bucket_counts_as_long_in_the_table_as_by_itself(long seed) {
        Random random = new Random(seed);
        LimitRule.Gcra rule = new LimitRule.Gcra(10, 1_000 + random.nextInt(3_000), 10);
        GcraBucket alone = new GcraBucket();
        for (int i = 0; i < 5_000; i++) {
            long pause = random.nextInt(8) == 0 ? rule.windowMillis() : 50;
            now += random.nextLong(pause * 1_000_000);
            // Never all of it: who is used up is held apart besides.
            long cost = alone.has(rule, 3, now) ? 1 : 0;
            alone.take(rule, cost, now);
            LimitState seen =
                    table.take(List.of(new LimitTake(rule, "a", cost))).getFirst();
            assertThat(seen).isEqualTo(alone.state(rule, true, cost, now));
        }
    }

    @Test
    void what_the_exhausted_take_while_they_are_held_apart_counts_to_its_end() {
        LimitTable small = table(64 << 10);
        LimitRule five = new LimitRule.Gcra(10, 60_000, 5); // one in 6 s, all of them in 30 s
        for (int i = 0; i < 5; i++) {
            assertThat(allowed(small, five, "exhausted")).isTrue();
        }
        now = Duration.ofSeconds(14).toNanos();
        assertThat(allowed(small, five, "exhausted")).isTrue();
        assertThat(allowed(small, five, "exhausted")).isTrue();
        for (int i = 0; i < 200_000; i++) { // by those who come so often that they push it out
            small.take(List.of(new LimitTake(TEN, "busy/" + i % 5_000, 1)));
        }
        now = Duration.ofSeconds(36).toNanos();
        // 7 times 6 s were taken, 36 s are over: one is still to be made up for.
        assertThat(small.look(List.of(new LimitTake(five, "exhausted", 0))))
                .extracting(LimitState::remaining)
                .containsExactly(4L);
    }

    @Test
    void has_room_for_as_many_callers_as_the_guide_says_and_takes_no_more_memory_than_its_bound() {
        LimitRule window = new LimitRule.SlidingWindow(1_000, 60_000);
        LimitRule flow = new LimitRule.Gcra(100, 60_000, 20);
        assertThat(held(window, 30_000, 1)).isGreaterThan(160_000 / 8);
        assertThat(held(flow, 30_000, 1)).isGreaterThan(185_000 / 8);
        int all = 60_000 / 8;
        assertThat(held(window, all, 126)).as("who come all the time").isEqualTo(all);
    }

    /// @param times how often each comes, spread over a minute
    /// @return how many callers a table holds that is an eighth of the gateway's
    private long held(LimitRule rule, int callers, int times) {
        int bound = (64 << 20) / 8;
        long before = heap();
        LimitTable eighth = table(bound);
        for (int i = 0; i < times; i++) {
            now = i * (60_000_000_000L / times);
            for (int caller = 0; caller < callers; caller++) {
                String key = "rate_limit/login/client_ip=203.0." + (caller >> 8) + '.' + (caller & 255);
                eighth.take(List.of(new LimitTake(rule, key, 1)));
            }
        }
        long held = eighth.keys().count();
        long octets = heap() - before;
        System.out.printf("%s, %d times: %d callers, %d octets each%n", rule, times, held, octets / held);
        assertThat(octets).isLessThan(bound);
        assertThat(eighth.keys().count()).as("what was measured is still there").isEqualTo(held);
        return held;
    }

    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 2; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    @Test
    void many_threads_together_take_no_more_than_there_is() throws InterruptedException {
        AtomicLong let = new AtomicLong();
        LimitRule narrow = new LimitRule.SlidingWindow(1_000, 60_000);
        LimitRule wide = new LimitRule.FixedWindow(5_000, 60_000);
        List<Thread> crowd = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            boolean reversed = t % 2 == 0;
            LimitTake first = new LimitTake(narrow, "narrow", 1);
            LimitTake second = new LimitTake(wide, "wide", 1);
            List<LimitTake> both = reversed ? List.of(second, first) : List.of(first, second);
            crowd.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 2_000; i++) {
                    if (table.take(both).stream().allMatch(LimitState::allowed)) {
                        let.incrementAndGet();
                    }
                }
            }));
        }
        for (Thread thread : crowd) {
            thread.join();
        }
        assertThat(let).hasValue(1_000);
        assertThat(table.look(List.of(new LimitTake(wide, "wide", 0))))
                .extracting(LimitState::remaining)
                .containsExactly(4_000L);
    }

    private boolean take(LimitRule rule, String key) {
        return allowed(table, rule, key);
    }

    private static boolean allowed(LimitTable table, LimitRule rule, String key) {
        return table.take(List.of(new LimitTake(rule, key, 1))).getFirst().allowed();
    }
}
