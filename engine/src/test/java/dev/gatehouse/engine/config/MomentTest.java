package dev.gatehouse.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {
    @Test
    void a_date_is_its_first_moment_in_utc() {
        assertThat(Moment.of("2027-03-01").instant()).isEqualTo(Instant.parse("2027-03-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2027-03-01T18:00:00Z",
                "2027-03-01T19:00:00+01:00",
                "2027-03-01 18:00:00Z",
                " 2027-03-01T18:00Z "
            })
    void a_time_needs_its_offset_and_may_be_written_as_people_do(String text) {
        assertThat(Moment.of(text).instant()).isEqualTo(Instant.parse("2027-03-01T18:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"next year", "2027-02-30", "2027-03-01T18:00:00", "01.03.2027", "2027", ""})
    void anything_else_is_refused_with_an_example(String text) {
        assertThatThrownBy(() -> Moment.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: 2027-03-01");
    }
}
