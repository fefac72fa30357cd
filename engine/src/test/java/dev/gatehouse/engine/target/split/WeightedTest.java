package dev.gatehouse.engine.target.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.engine.target.split.Weighted.Choice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightedTest {
    @Test
    void proportions_are_exact_over_a_full_cycle() {
        var canary = new Weighted<>(List.of(new Choice<>("v1", 90), new Choice<>("off", 0), new Choice<>("v2", 10)));
        Map<String, Integer> picked = new HashMap<>();
        for (long i = 1_000_000_007L; i < 1_000_000_007L + canary.total(); i++) {
            picked.merge(canary.pick(i), 1, Integer::sum);
        }
        assertThat(picked).containsOnly(Map.entry("v1", 90), Map.entry("v2", 10));
    }

    @Test
    void every_number_picks_something_and_always_the_same() {
        var one = new Weighted<>(List.of(new Choice<>("a", Integer.MAX_VALUE), new Choice<>("b", Integer.MAX_VALUE)));
        for (long random : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(one.pick(random)).isIn("a", "b").isEqualTo(one.pick(random));
        }
    }

    @Test
    void weights_that_choose_nothing_are_refused() {
        assertThatThrownBy(() -> new Weighted<>(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Weighted<>(List.of(new Choice<>("a", 0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Choice<>("a", -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
