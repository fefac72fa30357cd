package dev.gatehouse.engine.service.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.service.Candidates;
import dev.gatehouse.engine.service.Instance;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
    private final Tried tried = new Tried();

    @Test
    void everybody_has_a_turn() {
        assertThat(turns(new RoundRobin(0), Instances.even(3), 7)).isEqualTo("bcabcab");
    }

    @Test
    void loops_do_not_march_in_step() {
        assertThat(turns(new RoundRobin(1), Instances.even(3), 4)).isEqualTo("cabc");
        assertThat(turns(new RoundRobin(1), Instances.weighted(5, 1, 1), 7)).isEqualTo("abacaaa");
    }

    @Test
    void weights_are_mixed_smoothly() {
        assertThat(turns(new RoundRobin(0), Instances.weighted(5, 1, 1), 14)).isEqualTo("aabacaaaabacaa");
    }

    @Test
    void an_instance_that_was_tried_is_left_out_for_this_request_only() {
        Candidates three = Instances.even(3);
        RoundRobin robin = new RoundRobin(0);
        tried.add(three.get(1));
        assertThat(turns(robin, three, 3)).isEqualTo("cac");
        tried.clear();
        assertThat(turns(robin, three, 3)).isEqualTo("abc");
    }

    @Test
    void weights_hold_among_those_that_are_left() {
        Candidates three = Instances.weighted(2, 1, 7);
        tried.add(three.get(2));
        assertThat(turns(new RoundRobin(0), three, 6)).isEqualTo("abaaba");
    }

    @Test
    void nobody_is_left_when_all_were_tried() {
        for (Candidates all : new Candidates[] {Instances.even(1), Instances.even(2), Instances.weighted(1, 2)}) {
            Tried every = new Tried();
            for (int i = 0; i < all.size(); i++) {
                every.add(all.get(i));
            }
            assertThat(new RoundRobin(0).pick(all, every, 0)).isNull();
        }
    }

    @Test
    void it_goes_on_with_whoever_there_is_when_the_set_changes() {
        Candidates three = Instances.even(3);
        RoundRobin robin = new RoundRobin(0);
        turns(robin, three, 2);
        Candidates two = Instances.without(three, 2);
        assertThat(robin.pick(two, tried, 0)).isSameAs(three.get(0));
        assertThat(robin.pick(two, tried, 0)).isSameAs(three.get(1));
    }

    private String turns(RoundRobin robin, Candidates from, int count) {
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Instance instance = robin.pick(from, tried, 0);
            for (int j = 0; j < from.size(); j++) {
                if (from.get(j) == instance) {
                    order.append((char) ('a' + j));
                }
            }
        }
        return order.toString();
    }
}
