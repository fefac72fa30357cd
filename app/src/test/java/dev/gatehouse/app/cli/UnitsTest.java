package dev.gatehouse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class UnitsTest {
    @Test
    void times_have_a_unit() {
        Units.Time time = new Units.Time();
        assertThat(time.convert("300ms")).isEqualTo(Duration.ofMillis(300));
        assertThat(time.convert("5s")).isEqualTo(Duration.ofSeconds(5));
        assertThat(time.convert("2m")).isEqualTo(Duration.ofMinutes(2));
        assertThat(time.convert("1h")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void sizes_have_a_unit_and_zero_needs_none() {
        Units.Size size = new Units.Size();
        assertThat(size.convert("0")).isZero();
        assertThat(size.convert("512B")).isEqualTo(512);
        assertThat(size.convert("64KiB")).isEqualTo(65_536);
        assertThat(size.convert("10MiB")).isEqualTo(10_485_760);
        assertThat(size.convert("1GiB")).isEqualTo(1_073_741_824);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "s", "", "-1s", "1.5s", "10MB", "5 s", "99999999999999s"})
    void anything_else_is_refused_with_examples(String text) {
        assertThatThrownBy(() -> new Units.Time().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("5s, 300ms or 2m");
        assertThatThrownBy(() -> new Units.Size().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("64KiB, 10MiB or 1GiB");
    }
}
