package dev.gatehouse.engine.service.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.KeyHash;
import java.util.HashMap;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsistentHashTest {
    private static final int KEYS = 20_000;

    private final ConsistentHash balancer = new ConsistentHash();
    private final Tried tried = new Tried();

    @Test
    void the_same_key_goes_to_the_same_instance_also_in_another_gateway() {
        Candidates here = Instances.even(5);
        Candidates there = Instances.even(5);
        for (int i = 0; i < 1000; i++) {
            assertThat(pick(here, i)).hasToString(pick(there, i).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10, 100})
    void only_the_keys_of_an_instance_that_leaves_are_moved(int count) {
        Candidates all = Instances.even(count);
        Candidates fewer = Instances.without(all, 1);
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            Instance before = pick(all, i);
            Instance after = pick(fewer, i);
            if (before != after) {
                assertThat(before).isSameAs(all.get(1));
                moved++;
            }
        }
        assertThat(moved).isLessThanOrEqualTo((int) (1.2 * KEYS / count));
    }

    @Test
    void keys_are_spread_evenly() {
        assertThat(shares(Instances.even(10)).values())
                .hasSize(10)
                .allSatisfy(share -> assertThat(share).isCloseTo(KEYS / 10, Percentage.withPercentage(8)));
    }

    @Test
    void a_share_is_as_large_as_the_weight_says() {
        Candidates three = Instances.weighted(1, 3, 6);
        Map<Instance, Integer> shares = shares(three);
        assertThat(shares.get(three.get(0))).isCloseTo(KEYS / 10, Percentage.withPercentage(8));
        assertThat(shares.get(three.get(1))).isCloseTo(KEYS * 3 / 10, Percentage.withPercentage(8));
        assertThat(shares.get(three.get(2))).isCloseTo(KEYS * 6 / 10, Percentage.withPercentage(8));
    }

    @Test
    void a_key_whose_instance_was_tried_goes_where_it_would_go_without_it() {
        Candidates all = Instances.weighted(1, 2, 3, 4);
        Candidates fewer = Instances.without(all, 3);
        tried.add(all.get(3));
        for (int i = 0; i < 1000; i++) {
            assertThat(pick(all, i)).isSameAs(pick(fewer, i));
        }
    }

    @Test
    void nobody_is_left_when_all_were_tried() {
        Candidates two = Instances.even(2);
        tried.add(two.get(0));
        tried.add(two.get(1));
        assertThat(balancer.pick(two, tried, 7)).isNull();
    }

    private Map<Instance, Integer> shares(Candidates from) {
        Map<Instance, Integer> shares = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            shares.merge(pick(from, i), 1, Integer::sum);
        }
        return shares;
    }

    private Instance pick(Candidates from, int user) {
        Instance instance = balancer.pick(from, tried, KeyHash.of("user-" + user));
        assertThat(instance).isNotNull();
        return instance;
    }
}
