package dev.gatehouse.engine.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyedCountsTest {
    private final KeyedCounts counts = new KeyedCounts();

    @Test
    void counts_as_a_map_would_however_many_keys_there_are() {
        Random random = new Random(7);
        Map<Integer, Long> expected = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int key = RequestKey.of(random.nextInt(20), random.nextInt(10), random.nextInt(600));
            counts.add(key);
            expected.merge(key, 1L, Long::sum);
        }
        Map<Integer, Long> read = new HashMap<>();
        counts.forEach((key, count) -> assertThat(read.put(key, count)).isNull());
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void zero_is_a_key_like_any_other() {
        counts.add(0);
        counts.add(0);
        counts.forEach((key, count) -> assertThat(new long[] {key, count}).containsExactly(0, 2));
    }

    @Test
    void a_key_has_its_three_parts_back() {
        int key = RequestKey.of(1001, 9, 599);
        assertThat(RequestKey.service(key)).isEqualTo(1001);
        assertThat(RequestKey.method(key)).isEqualTo(9);
        assertThat(RequestKey.status(key)).isEqualTo(599);
    }
}
