package dev.gatehouse.engine.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// On a clock the test moves; the sweeps are called by hand, no loop runs.
class SweeperTest {
    private final AtomicLong now = new AtomicLong();
    private final List<Runnable> ticks = new ArrayList<>();
    private final Sweeper sweeper = new Sweeper(now::get, ticks::add);
    private final List<String> fired = new ArrayList<>();

    @Test
    void a_deadline_fires_once_when_its_moment_has_come() {
        sweeper.register(() -> fired.add("a")).at(100);
        sweep(99);
        assertThat(fired).isEmpty();
        sweep(100);
        sweep(200);
        assertThat(fired).containsExactly("a");
    }

    @Test
    void a_deadline_that_was_moved_or_disarmed_does_not_fire_at_its_old_moment() {
        Deadline moved = sweeper.register(() -> fired.add("moved"));
        Deadline disarmed = sweeper.register(() -> fired.add("disarmed"));
        moved.at(100);
        disarmed.at(100);
        moved.at(300);
        disarmed.disarm();
        sweep(200);
        assertThat(fired).isEmpty();
        sweep(300);
        assertThat(fired).containsExactly("moved");
    }

    @Test
    void an_action_may_close_its_own_deadline_and_others_while_the_sweep_runs() {
        Deadline[] all = new Deadline[3];
        all[0] = sweeper.register(() -> fired.add("0"));
        all[1] = sweeper.register(() -> {
            fired.add("1");
            all[1].close();
            all[0].close();
        });
        all[2] = sweeper.register(() -> {
            fired.add("2");
            all[2].close();
        });
        for (Deadline deadline : all) {
            deadline.at(10);
        }
        sweep(10);
        assertThat(fired).containsExactly("2", "1");
    }

    @Test
    void it_sleeps_when_nothing_has_been_armed_for_a_while_and_wakes_for_the_next() {
        Deadline deadline = sweeper.register(() -> fired.add("a"));
        deadline.at(1);
        sweep(1);
        int swept = 0;
        while (!ticks.isEmpty()) {
            sweep(2);
            swept++;
        }
        assertThat(swept).isBetween(50, 200);
        deadline.at(5);
        sweep(5);
        assertThat(fired).containsExactly("a", "a");
    }

    private void sweep(long at) {
        now.set(at);
        assertThat(ticks).hasSize(1);
        ticks.removeFirst().run();
    }
}
