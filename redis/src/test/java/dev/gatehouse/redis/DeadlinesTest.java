package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private long now;
    private final List<Long> timers = new ArrayList<>();
    private final List<String> expired = new ArrayList<>();
    private final Deadlines deadlines = new Deadlines(() -> now, timers::add);

    @Test
    void tells_who_waits_when_the_time_is_over_and_nobody_before() {
        Waits first = waits("first", 20);
        now = 5;
        waits("second", 25);
        assertThat(timers).containsExactly(20L);
        now = 20;
        deadlines.sweep();
        assertThat(expired).containsExactly("first");
        assertThat(timers).containsExactly(20L, 5L);
        assertThat(first.done).isTrue();
    }

    @Test
    void who_has_an_answer_is_told_nothing_and_no_timer_runs_for_nobody() {
        waits("first", 20).done = true;
        now = 20;
        deadlines.sweep();
        assertThat(expired).isEmpty();
        assertThat(timers).hasSize(1);
        waits("later", 60);
        assertThat(timers).containsExactly(20L, 40L);
    }

    private Waits waits(String name, long due) {
        Waits waits = new Waits(name, due);
        deadlines.add(waits);
        return waits;
    }

    private final class Waits implements Deadlines.Waiting {
        private final String name;
        private final long due;
        private boolean done;

        private Waits(String name, long due) {
            this.name = name;
            this.due = due;
        }

        @Override
        public long due() {
            return due;
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public void expire() {
            done = true;
            expired.add(name);
        }
    }
}
