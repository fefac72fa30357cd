package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PursesTest {
    private static final LimitRule RULE = new LimitRule.SlidingWindow(1000, 60_000);
    private static final LimitTake WISH = new LimitTake(RULE, "key", 1);

    private long now;
    private final Purses purses = new Purses(50, () -> now);

    @Test
    void takes_no_more_ahead_than_a_hundredth_of_the_limit_and_no_lease() {
        assertThat(purses.extras(List.of(WISH, with(new LimitRule.SlidingWindow(90, 1000)))))
                .containsExactly(10, 0);
        assertThat(purses.extras(List.of(with(new LimitRule.FixedWindow(1_000_000, 1000)))))
                .containsExactly(49);
        assertThat(purses.extras(List.of(with(new LimitRule.Concurrency(1000, 1000)))))
                .isNull();
    }

    private static LimitTake with(LimitRule rule) {
        return new LimitTake(rule, "other", 1);
    }

    @Test
    void spends_what_was_taken_ahead_and_then_nothing() {
        keep(2);
        assertThat(spend(WISH)).isEqualTo(new LimitState(true, 101, 60_000, 0));
        assertThat(spend(WISH)).isEqualTo(new LimitState(true, 100, 60_000, 0));
        assertThat(purses.spend(List.of(WISH))).isNull();
    }

    @Test
    void what_is_not_spent_in_a_hundredth_of_the_window_is_lost() {
        keep(10);
        now = Duration.ofMillis(599).toNanos();
        assertThat(spend(WISH).resetMillis()).isEqualTo(60_000 - 599);
        now = Duration.ofMillis(600).toNanos();
        assertThat(purses.spend(List.of(WISH))).isNull();
        assertThat(purses.size()).isZero();
    }

    @Test
    void spends_on_all_wishes_or_on_none() {
        keep(1);
        assertThat(purses.spend(List.of(WISH, with(RULE)))).isNull();
        assertThat(spend(WISH).allowed()).isTrue();
    }

    @Test
    void a_limit_that_was_changed_is_asked_for_anew() {
        keep(10);
        assertThat(purses.spend(List.of(new LimitTake(new LimitRule.SlidingWindow(5, 60_000), "key", 1))))
                .isNull();
    }

    private void keep(long extra) {
        purses.keep(List.of(WISH), List.of(new LimitCalls.Said(new LimitState(true, 100, 60_000, 0), extra)));
    }

    private LimitState spend(LimitTake wish) {
        List<LimitState> states = purses.spend(List.of(wish));
        assertThat(states).isNotNull();
        return states.getFirst();
    }
}
