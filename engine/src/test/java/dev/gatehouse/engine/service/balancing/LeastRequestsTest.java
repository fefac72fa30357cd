package dev.gatehouse.engine.service.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.Instance;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LeastRequestsTest {
    private final LeastRequests balancer = new LeastRequests(0);
    private final Tried tried = new Tried();

    @Test
    void the_one_with_the_fewest_requests_under_way_is_next() {
        Candidates three = Instances.even(3);
        busy(three.get(0), 2);
        busy(three.get(2), 1);
        assertThat(balancer.pick(three, tried, 0)).isSameAs(three.get(1));
    }

    @Test
    void requests_of_other_loops_count() {
        Candidates two = Instances.even(2);
        two.get(0).state().begin(1);
        assertThat(balancer.pick(two, tried, 0)).isSameAs(two.get(1));
        assertThat(balancer.pick(two, tried, 0)).isSameAs(two.get(1));
    }

    @Test
    void twice_the_weight_bears_twice_the_requests() {
        Candidates two = Instances.weighted(2, 1);
        int[] load = new int[2];
        for (int i = 0; i < 30; i++) {
            Instance instance = pick(two);
            instance.state().begin(0);
            load[instance == two.get(0) ? 0 : 1]++;
        }
        assertThat(load).containsExactly(20, 10);
    }

    @Test
    void equals_take_turns() {
        Candidates three = Instances.even(3);
        Set<Instance> seen = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            seen.add(pick(three));
        }
        assertThat(seen).hasSize(3);
    }

    @Test
    void who_was_tried_is_not_next_however_idle() {
        Candidates two = Instances.even(2);
        busy(two.get(1), 9);
        tried.add(two.get(0));
        assertThat(balancer.pick(two, tried, 0)).isSameAs(two.get(1));
        tried.add(two.get(1));
        assertThat(balancer.pick(two, tried, 0)).isNull();
    }

    private Instance pick(Candidates from) {
        Instance instance = balancer.pick(from, tried, 0);
        assertThat(instance).isNotNull();
        return instance;
    }

    private static void busy(Instance instance, int requests) {
        for (int i = 0; i < requests; i++) {
            instance.state().begin(0);
        }
    }
}
