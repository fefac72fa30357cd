package dev.gatehouse.engine.target.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.target.TargetClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallEndTest {
    private static final TimeoutConfig ROUTE = new TimeoutConfig(
            Duration.ofMillis(10), Duration.ofMillis(20), Duration.ofMillis(30), Duration.ofMillis(40));
    private static final long MS = 1_000_000;

    private final CallEnd end = new CallEnd();

    @Test
    void without_one_the_moments_are_those_of_the_route() {
        end.set(ROUTE, TargetClient.NO_END);
        assertThat(end.ofRequest(100 * MS)).isEqualTo(140 * MS);
        assertThat(end.ofFirstByte(100 * MS)).isEqualTo(120 * MS);
        assertThat(end.ofPause(100 * MS)).isEqualTo(130 * MS);
        assertThat(end.isPast(Long.MAX_VALUE)).isFalse();
        assertThat(end.left(100 * MS)).isNull();
    }

    @Test
    void the_callers_end_stands_in_the_place_of_all_of_them() {
        end.set(ROUTE, 5_000 * MS);
        assertThat(end.ofRequest(100 * MS)).isEqualTo(5_000 * MS);
        assertThat(end.ofFirstByte(100 * MS)).isEqualTo(5_000 * MS);
        assertThat(end.ofPause(100 * MS)).isEqualTo(5_000 * MS);
    }

    @Test
    void is_past_from_its_moment_on() {
        end.set(ROUTE, 5_000 * MS);
        assertThat(end.isPast(5_000 * MS - 1)).isFalse();
        assertThat(end.isPast(5_000 * MS)).isTrue();
    }

    @Test
    void a_service_that_gives_up_a_moment_before_it_was_told_the_same_end() {
        end.set(ROUTE, 5_000 * MS);
        assertThat(end.isNear(4_949 * MS)).isFalse();
        assertThat(end.isNear(4_950 * MS)).isTrue();
        end.set(ROUTE, TargetClient.NO_END);
        assertThat(end.isNear(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void a_clock_may_pass_its_greatest_value() {
        end.set(ROUTE, Long.MIN_VALUE + 5);
        assertThat(end.isPast(Long.MAX_VALUE - 5)).isFalse();
        assertThat(end.isPast(Long.MIN_VALUE + 6)).isTrue();
    }

    @Test
    void the_service_is_told_what_is_left_of_it() {
        end.set(ROUTE, 5_000 * MS);
        assertThat(end.left(4_980 * MS)).asString(US_ASCII).isEqualTo("20000000n");
        assertThat(end.left(6_000 * MS)).asString(US_ASCII).isEqualTo("0n");
    }
}
