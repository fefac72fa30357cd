package dev.gatehouse.engine.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExchangeIdsTest {
    private final ExchangeIds ids = new ExchangeIds();

    @Test
    void ids_are_uuids_of_version_7_that_carry_their_time() {
        UUID id = UUID.fromString(uuid(1_763_800_000_123L));
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(1_763_800_000_123L);
    }

    @Test
    void later_ids_sort_behind_earlier_ones() {
        assertThat(uuid(2_000)).isGreaterThan(uuid(1_000));
    }

    @Test
    void ids_of_one_moment_differ() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(uuid(1));
        }
        assertThat(seen).hasSize(10_000);
    }

    @Test
    void span_ids_are_sixteen_digits_and_never_zero() {
        byte[] out = new byte[16];
        for (int i = 0; i < 1_000; i++) {
            ids.hex16(out, 0);
            assertThat(new String(out, US_ASCII)).matches("[0-9a-f]{16}").isNotEqualTo("0".repeat(16));
        }
    }

    private String uuid(long millis) {
        byte[] out = new byte[ExchangeIds.UUID_LENGTH];
        ids.uuid(out, 0, millis);
        return new String(out, US_ASCII);
    }
}
