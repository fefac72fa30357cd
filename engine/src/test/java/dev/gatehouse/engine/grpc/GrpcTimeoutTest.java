package dev.gatehouse.engine.grpc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcTimeoutTest {
    @ParameterizedTest
    @CsvSource({
        "1n, 1",
        "250u, 250000",
        "100m, 100000000",
        "5S, 5000000000",
        "2M, 120000000000",
        "1H, 3600000000000",
        "00000001S, 1000000000",
        "0m, 0"
    })
    void is_a_number_and_a_unit(String value, long nanos) {
        assertThat(GrpcTimeout.parse(value)).isEqualTo(nanos);
    }

    @Test
    void is_as_long_as_a_clock_can_tell_at_most() {
        assertThat(GrpcTimeout.parse("99999999H")).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "m", "123456789m", "5s", "5 S", "-5S", "+5S", "5.5S", "5h", "٥S"})
    void is_nothing_else(String value) {
        assertThat(GrpcTimeout.parse(value)).isEqualTo(GrpcTimeout.INVALID);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0n",
        "99999999, 99999999n",
        "100000000, 100000u",
        "99999999999, 99999999u",
        "100000000000, 100000m",
        "86400000000000, 86400000m",
        "100000000000000, 100000S"
    })
    void is_written_in_the_finest_unit_with_room_for_it(long nanos, String value) {
        assertThat(new String(GrpcTimeout.text(nanos), US_ASCII)).isEqualTo(value);
    }

    @Test
    void is_never_written_longer_than_it_is() {
        long nanos = TimeUnit.DAYS.toNanos(3) + 999_999_999;
        long read = GrpcTimeout.parse(new String(GrpcTimeout.text(nanos), US_ASCII));
        assertThat(read).isLessThanOrEqualTo(nanos).isGreaterThan(nanos - TimeUnit.SECONDS.toNanos(1));
        assertThat(new String(GrpcTimeout.text(Long.MAX_VALUE), US_ASCII)).isEqualTo("2562047H");
    }
}
