package dev.gatehouse.engine.service.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.Instance;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RandomTwoTest {
    private final RandomTwo balancer = new RandomTwo(new Random(42));
    private final Tried tried = new Tried();

    @Test
    void idle_instances_get_equal_shares() {
        int[] shares = shares(Instances.even(4), 40_000);
        for (int share : shares) {
            assertThat(share).isCloseTo(10_000, Percentage.withPercentage(5));
        }
    }

    @Test
    void the_busiest_of_all_is_never_chosen() {
        Candidates four = Instances.even(4);
        four.get(2).state().begin(0);
        assertThat(shares(four, 10_000)[2]).isZero();
    }

    @Test
    void load_stays_nearly_even_when_requests_stay() {
        Candidates ten = Instances.even(10);
        for (int i = 0; i < 1000; i++) {
            pick(ten).state().begin(0);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(ten.get(i).state().inFlight()).isBetween(96L, 104L);
        }
    }

    @Test
    void load_follows_the_weights_when_requests_stay() {
        Candidates two = Instances.weighted(3, 1);
        for (int i = 0; i < 400; i++) {
            pick(two).state().begin(0);
        }
        assertThat(two.get(0).state().inFlight()).isBetween(290L, 310L);
    }

    @Test
    void one_alone_is_chosen_and_one_that_was_tried_is_not() {
        Candidates one = Instances.even(1);
        assertThat(balancer.pick(one, tried, 0)).isSameAs(one.get(0));
        Candidates three = Instances.even(3);
        tried.add(three.get(0));
        tried.add(three.get(1));
        for (int i = 0; i < 100; i++) {
            assertThat(balancer.pick(three, tried, 0)).isSameAs(three.get(2));
        }
        tried.add(three.get(2));
        assertThat(balancer.pick(three, tried, 0)).isNull();
    }

    private int[] shares(Candidates from, int picks) {
        int[] shares = new int[from.size()];
        for (int i = 0; i < picks; i++) {
            Instance instance = pick(from);
            for (int j = 0; j < shares.length; j++) {
                if (from.get(j) == instance) {
                    shares[j]++;
                }
            }
        }
        return shares;
    }

    private Instance pick(Candidates from) {
        Instance instance = balancer.pick(from, tried, 0);
        assertThat(instance).isNotNull();
        return instance;
    }
}
