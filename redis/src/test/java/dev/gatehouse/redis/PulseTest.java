package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PulseTest {
    private final Pulse pulse = new Pulse();

    @Test
    void one_question_without_an_answer_means_silence_when_nothing_else_was_answered_since() {
        pulse.begins(0);
        pulse.answered(100);
        assertThat(pulse.missed(110, 130)).isTrue();
        assertThat(pulse.isSilent()).isTrue();
        assertThat(pulse.silentFor(150)).isEqualTo(20);
    }

    @Test
    void an_answer_to_a_later_question_is_a_sign_of_life() {
        pulse.begins(0);
        pulse.answered(120);
        assertThat(pulse.missed(110, 130)).isFalse();
        assertThat(pulse.isSilent()).isFalse();
    }

    @Test
    void a_late_answer_ends_the_silence() {
        pulse.begins(0);
        pulse.missed(10, 30);
        pulse.answered(40);
        assertThat(pulse.isSilent()).isFalse();
        assertThat(pulse.silentFor(50)).isZero();
    }

    @Test
    void silence_is_told_once_and_lasts_from_its_beginning() {
        pulse.begins(0);
        assertThat(pulse.missed(10, 30)).isTrue();
        assertThat(pulse.missed(20, 40)).isFalse();
        assertThat(pulse.silentFor(50)).isEqualTo(20);
    }
}
