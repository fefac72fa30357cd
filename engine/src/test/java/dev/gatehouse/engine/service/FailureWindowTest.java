package dev.gatehouse.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureWindowTest {
    private final FailureWindow window = new FailureWindow(1000);

    @Test
    void it_counts_what_happened_within_it() {
        for (int i = 0; i < 10; i++) {
            window.count(i % 2 == 0, i * 100);
        }
        assertThat(window.requests(999)).isEqualTo(10);
        assertThat(window.failures(999)).isEqualTo(5);
    }

    @Test
    void it_forgets_a_tenth_at_a_time() {
        window.count(true, 0);
        window.count(true, 100);
        assertThat(window.failures(999)).isEqualTo(2);
        assertThat(window.failures(1000)).isEqualTo(1);
        assertThat(window.failures(1100)).isZero();
    }

    @Test
    void it_begins_anew_after_a_long_silence_and_before_time_zero() {
        window.count(true, -50);
        assertThat(window.failures(-1)).isEqualTo(1);
        window.count(true, 1_000_000);
        assertThat(window.requests(1_000_000)).isEqualTo(1);
        window.clear();
        assertThat(window.requests(1_000_000)).isZero();
    }
}
