package dev.gatehouse.engine.telemetry.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.config.Portion;
import dev.gatehouse.engine.telemetry.SampleSummary;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SamplingTest {
    private final Random random = new Random(7);

    @Test
    void a_share_of_the_exchanges_is_taken() {
        Sampling tenth = new Sampling(Portion.of("10%"), Portion.ALL);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            taken += tenth.takes(new SampleSummary().withTraceparent(traceparent())) ? 1 : 0;
        }
        assertThat(taken).isCloseTo(2000, Offset.offset(200));
    }

    @Test
    void all_who_see_the_same_trace_decide_alike_and_a_larger_share_has_the_smaller_one_in_it() {
        Sampling here = new Sampling(Portion.of("5%"), Portion.ALL);
        Sampling there = new Sampling(Portion.of("0.05"), Portion.ALL);
        Sampling more = new Sampling(Portion.of("10%"), Portion.ALL);
        for (int i = 0; i < 5000; i++) {
            SampleSummary summary = new SampleSummary().withTraceparent(traceparent());
            assertThat(here.takes(summary)).isEqualTo(there.takes(summary));
            assertThat(more.takes(summary) || !here.takes(summary)).isTrue();
        }
    }

    @Test
    void all_and_none_are_exactly_that() {
        for (String id : new String[] {"00000000000000", "ffffffffffffff"}) {
            SampleSummary summary =
                    new SampleSummary().withTraceparent("00-4bf92f3577b34da6a3" + id + "-00f067aa0ba902b7-01");
            assertThat(new Sampling(Portion.ALL, Portion.NONE).takes(summary)).isTrue();
            assertThat(new Sampling(Portion.NONE, Portion.ALL).takes(summary)).isFalse();
        }
    }

    @Test
    void what_went_wrong_is_taken_by_a_share_of_its_own() {
        Sampling errorsOnly = new Sampling(Portion.NONE, Portion.ALL);
        assertThat(errorsOnly.takes(new SampleSummary().withStatus(500))).isTrue();
        assertThat(errorsOnly.takes(new SampleSummary().left())).isTrue();
        assertThat(errorsOnly.takes(new SampleSummary().withStatus(404))).isFalse();
        assertThat(errorsOnly.takes(new SampleSummary().refused(FailureKind.NO_ROUTE, "No route.")))
                .isFalse();
        assertThat(new Sampling(Portion.ALL, Portion.NONE).takes(new SampleSummary().withStatus(502)))
                .isFalse();
    }

    private String traceparent() {
        return "00-%016x%016x-00f067aa0ba902b7-01".formatted(random.nextLong(), random.nextLong());
    }
}
