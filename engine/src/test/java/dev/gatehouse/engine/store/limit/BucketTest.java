package dev.gatehouse.engine.store.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BucketTest {
    private static final long MILLI = 1_000_000;

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_sliding_window_is_never_over_its_limit_in_any_window(long seed) {
        Random random = new Random(seed);
        long limit = 1 + random.nextInt(200);
        long window = 10 + random.nextInt(5_000);
        Admissions let = play(random, new LimitRule.SlidingWindow(limit, window), window);

        assertThat(let.mostWithin(window * MILLI)).isLessThanOrEqualTo(limit).isPositive();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void an_even_flow_is_never_over_its_limit_and_its_burst_in_any_window(long seed) {
        Random random = new Random(seed);
        long limit = 1 + random.nextInt(200);
        long burst = 1 + random.nextInt(50);
        long window = 10 + random.nextInt(5_000);
        Admissions let = play(random, new LimitRule.Gcra(limit, window, burst), window);

        assertThat(let.mostWithin(window * MILLI))
                .isLessThanOrEqualTo(limit + burst)
                .isPositive();
        assertThat(let.mostWithin(1)).isLessThanOrEqualTo(burst);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void who_is_refused_is_told_when_it_would_be_met_and_not_much_too_late(long seed) {
        Random random = new Random(seed);
        long window = 1_000 + random.nextInt(60_000);
        LimitRule[] rules = {
            new LimitRule.SlidingWindow(20, window),
            new LimitRule.Gcra(20, window, 5),
            new LimitRule.FixedWindow(20, window),
            new LimitRule.Concurrency(20, window)
        };
        for (LimitRule rule : rules) {
            Bucket bucket = Bucket.of(rule);
            long now = random.nextLong(Long.MIN_VALUE / 2, Long.MAX_VALUE / 2);
            long cost = 1 + random.nextInt(4);
            while (bucket.has(rule, cost, now)) {
                bucket.take(rule, cost, now);
                now += random.nextLong(window * MILLI / 100);
            }
            LimitState refused = bucket.state(rule, false, cost, now);

            assertThat(refused.retryMillis()).as("%s", rule).isPositive();
            assertThat(bucket.copy().has(rule, cost, now + refused.retryMillis() * MILLI))
                    .as("%s, %s", rule, refused)
                    .isTrue();
            assertThat(Bucket.of(rule).has(rule, cost, now)).isTrue();
            assertThat(bucket.copy().has(rule, cost, now + (refused.retryMillis() - 2) * MILLI))
                    .as("%s, two milliseconds before", rule)
                    .isFalse();
            assertThat(bucket.copy()
                            .state(rule, true, 0, now + refused.resetMillis() * MILLI)
                            .remaining())
                    .as("%s, all of it again", rule)
                    .isEqualTo(rule instanceof LimitRule.Gcra flow ? flow.burst() : rule.limit());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void under_steady_overload_at_least_99_percent_of_a_limit_are_let_through(long seed) {
        Random random = new Random(seed);
        long limit = 100 + random.nextInt(10_000);
        long window = 1_000 + random.nextInt(60_000);
        for (LimitRule rule :
                new LimitRule[] {new LimitRule.SlidingWindow(limit, window), new LimitRule.Gcra(limit, window, 2)}) {
            Bucket bucket = Bucket.of(rule);
            long step = Math.max(1, window * MILLI / limit / 4);
            long windows = 5;
            long let = 0;
            for (long now = window * MILLI; now < (windows + 1) * window * MILLI; now += step) {
                if (bucket.has(rule, 1, now)) {
                    bucket.take(rule, 1, now);
                    let++;
                }
            }
            assertThat((double) let / (limit * windows)).as("%s", rule).isBetween(0.99, 1 + 2.0 / limit);
        }
    }

    @Test
    void a_sliding_window_tells_what_is_left_and_when_all_is_back() {
        LimitRule rule = new LimitRule.SlidingWindow(100, 60_000);
        Bucket bucket = Bucket.of(rule);
        for (int i = 0; i < 46; i++) {
            bucket.take(rule, 1, 0);
        }
        assertThat(bucket.state(rule, true, 1, 0)).isEqualTo(new LimitState(true, 54, 60_480, 0));
        assertThat(bucket.state(rule, true, 1, 60_479 * MILLI).remaining()).isEqualTo(54);
        assertThat(bucket.state(rule, true, 1, 60_480 * MILLI)).isEqualTo(new LimitState(true, 100, 0, 0));
    }

    @Test
    void a_part_counts_more_than_a_number_holds() {
        long huge = 100_000_000_000L;
        LimitRule rule = new LimitRule.SlidingWindow(huge, 60_000);
        Bucket bucket = Bucket.of(rule);
        bucket.take(rule, 33_554_430, 0);
        bucket.take(rule, 5, 0);
        bucket.take(rule, 100_000_000, 0);
        bucket.take(rule, 7, 480 * MILLI);
        assertThat(bucket.state(rule, true, 0, 480 * MILLI).remaining()).isEqualTo(huge - 133_554_442);
        assertThat(bucket.state(rule, false, huge - 7, 480 * MILLI).retryMillis())
                .isEqualTo(60_000);
        bucket.giveBack(33_554_440, 480 * MILLI);
        assertThat(bucket.state(rule, true, 0, 480 * MILLI).remaining()).isEqualTo(huge - 100_000_002);
        assertThat(bucket.state(rule, true, 0, 60_479 * MILLI).remaining()).isEqualTo(huge - 100_000_002);
        assertThat(bucket.state(rule, true, 0, 60_480 * MILLI).remaining()).isEqualTo(huge);
    }

    @Test
    void a_key_that_was_seen_once_costs_a_sliding_window_one_number() {
        LimitRule rule = new LimitRule.SlidingWindow(1_000_000, 60_000);
        Bucket bucket = Bucket.of(rule);
        bucket.take(rule, 1, 0);
        assertThat(bucket.weight()).isEqualTo(Bucket.of(rule).weight()).isLessThan(80);

        for (long part = 0; part < 1_000; part++) {
            bucket.take(rule, 1, part * 480 * MILLI);
            bucket.has(rule, 1, part * 480 * MILLI);
        }
        assertThat(bucket.weight()).isLessThan(1_000);
        assertThat(bucket.state(rule, true, 0, 999 * 480 * MILLI).remaining()).isEqualTo(1_000_000 - 126);
    }

    @Test
    void a_fixed_window_begins_with_its_first_request() {
        LimitRule rule = new LimitRule.FixedWindow(2, 3_600_000);
        Bucket bucket = Bucket.of(rule);
        long now = 17 * MILLI;
        bucket.take(rule, 1, now);
        bucket.take(rule, 1, now + 1_000 * MILLI);
        assertThat(bucket.has(rule, 1, now + 1_000 * MILLI)).isFalse();
        assertThat(bucket.state(rule, false, 1, now + 1_000 * MILLI))
                .isEqualTo(new LimitState(false, 0, 3_599_000, 3_599_000));
        assertThat(bucket.has(rule, 2, now + 3_599_999 * MILLI)).isFalse();
        assertThat(bucket.has(rule, 2, now + 3_600_000 * MILLI)).isTrue();
    }

    @Test
    void a_month_ends_when_the_next_begins_and_one_who_is_late_counts_in_the_new_one() {
        LimitRule november = new LimitRule.Calendar(10, 1_000, 2_000);
        LimitRule december = new LimitRule.Calendar(10, 2_000, 3_000);
        Bucket bucket = Bucket.of(november);
        bucket.take(november, 9, 1_500 * MILLI);
        assertThat(bucket.state(november, true, 9, 1_500 * MILLI)).isEqualTo(new LimitState(true, 1, 500, 0));
        assertThat(bucket.has(november, 2, 1_999 * MILLI)).isFalse();

        bucket.take(december, 4, 2_000 * MILLI);
        bucket.take(november, 1, 2_000 * MILLI);
        assertThat(bucket.state(december, true, 1, 2_100 * MILLI)).isEqualTo(new LimitState(true, 5, 900, 0));
    }

    @Test
    void what_runs_at_the_same_time_is_given_back_and_what_is_not_runs_out() {
        LimitRule rule = new LimitRule.Concurrency(2, 1_000);
        Bucket bucket = Bucket.of(rule);
        bucket.take(rule, 1, 0);
        bucket.take(rule, 1, 500 * MILLI);
        assertThat(bucket.has(rule, 1, 500 * MILLI)).isFalse();

        bucket.giveBack(1, 600 * MILLI);
        assertThat(bucket.has(rule, 1, 600 * MILLI)).isTrue();
        bucket.take(rule, 1, 600 * MILLI);
        assertThat(bucket.has(rule, 1, 1_000 * MILLI)).isFalse();
        assertThat(bucket.has(rule, 1, 1_010 * MILLI)).as("the first was lost").isTrue();
        bucket.giveBack(7, 1_010 * MILLI);
        assertThat(bucket.state(rule, true, 0, 1_010 * MILLI).remaining()).isEqualTo(2);
    }

    @Test
    void an_even_flow_lets_its_burst_through_at_once_and_then_one_after_the_other() {
        LimitRule rule = new LimitRule.Gcra(60, 60_000, 10);
        Bucket bucket = Bucket.of(rule);
        for (int i = 0; i < 10; i++) {
            assertThat(bucket.has(rule, 1, 0)).isTrue();
            bucket.take(rule, 1, 0);
        }
        assertThat(bucket.has(rule, 1, 0)).isFalse();
        assertThat(bucket.state(rule, false, 1, 0)).isEqualTo(new LimitState(false, 0, 10_000, 1_000));
        assertThat(bucket.has(rule, 1, 1_000 * MILLI)).isTrue();
        assertThat(bucket.state(rule, true, 0, 3_500 * MILLI).remaining()).isEqualTo(3);
    }

    @Test
    void a_limit_that_became_smaller_finds_what_was_counted() {
        LimitRule before = new LimitRule.SlidingWindow(100, 60_000);
        LimitRule after = new LimitRule.SlidingWindow(10, 60_000);
        Bucket bucket = Bucket.of(before);
        bucket.take(before, 50, 0);

        assertThat(bucket.fits(after)).isTrue();
        assertThat(bucket.state(after, true, 0, 0).remaining()).isZero();
        assertThat(bucket.has(after, 1, 0)).isFalse();
        assertThat(bucket.has(after, 0, 0)).as("who only asks").isTrue();
        assertThat(bucket.fits(new LimitRule.SlidingWindow(100, 30_000))).isFalse();
    }

    /// Requests at random: alone, in crowds, and after long silences, from any moment on.
    private static Admissions play(Random random, LimitRule rule, long window) {
        Admissions let = new Admissions();
        Bucket bucket = Bucket.of(rule);
        long now = random.nextLong(Long.MIN_VALUE / 4, Long.MAX_VALUE / 4);
        for (int i = 0; i < 20_000; i++) {
            now += switch (random.nextInt(100)) {
                case 0 -> random.nextLong(3 * window * MILLI);
                case 1, 2, 3 -> random.nextLong(window * MILLI / 10);
                default -> random.nextLong(1 + window * MILLI / 500);
            };
            long cost = random.nextInt(20) == 0 ? 1 + random.nextInt(5) : 1;
            if (bucket.has(rule, cost, now)) {
                bucket.take(rule, cost, now);
                let.add(now, cost);
            }
        }
        return let;
    }
}
