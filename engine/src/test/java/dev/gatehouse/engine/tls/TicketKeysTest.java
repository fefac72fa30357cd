package dev.gatehouse.engine.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.engine.config.SessionTicketsConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketKeysTest {
    private static final long HOUR = Duration.ofHours(1).toNanos();

    private static TicketKeys keys(long now) {
        return new TicketKeys(new SessionTicketsConfig(true, Duration.ofHours(1), null), new SecureRandom(), now);
    }

    @Test
    void the_key_before_still_opens_and_the_one_before_that_does_not() {
        TicketKeys keys = keys(5);
        byte[] first = keys.of(keys.generationAt(5)).getFirst();
        assertThat(keys.generationAt(5 + HOUR - 1)).isZero();

        List<byte[]> second = keys.of(keys.generationAt(5 + HOUR));
        assertThat(second).hasSize(2);
        assertThat(second.getFirst()).isNotEqualTo(first);
        assertThat(second.get(1)).isEqualTo(first);

        List<byte[]> third = keys.of(keys.generationAt(5 + 2 * HOUR));
        assertThat(third).hasSize(2).doesNotContain(first);
        assertThat(third.get(1)).isEqualTo(second.getFirst());
    }

    @Test
    void after_a_long_pause_no_old_key_opens_anything() {
        TicketKeys keys = keys(0);
        byte[] first = keys.of(0).getFirst();

        assertThat(keys.of(keys.generationAt(7 * HOUR))).hasSize(1).doesNotContain(first);
    }

    @Test
    void who_comes_late_gets_the_keys_there_are() {
        TicketKeys keys = keys(0);
        List<byte[]> now = keys.of(3);

        assertThat(keys.of(2)).isEqualTo(now);
        assertThat(keys.of(3)).isEqualTo(now);
    }

    @Test
    void keys_of_a_file_are_not_replaced_by_us() {
        byte[] octets = new byte[96];
        Arrays.fill(octets, 48, 96, (byte) 1);
        TicketKeys keys = new TicketKeys(
                new SessionTicketsConfig(true, Duration.ofHours(1), new FileContent("tickets", octets)),
                new SecureRandom(),
                0);

        assertThat(keys.generationAt(100 * HOUR)).isZero();
        assertThat(keys.of(0)).containsExactly(Arrays.copyOf(octets, 48), Arrays.copyOfRange(octets, 48, 96));
    }

    @Test
    void circles_of_clients_have_keys_of_their_own() {
        List<byte[]> all = keys(0).of(0);
        byte[] one = TicketKeys.within(new byte[] {1}, all).getFirst();

        assertThat(one).hasSize(TicketKeys.KEY_OCTETS).isNotEqualTo(all.getFirst());
        assertThat(TicketKeys.within(new byte[] {1}, all).getFirst()).isEqualTo(one);
        assertThat(TicketKeys.within(new byte[] {2}, all).getFirst()).isNotEqualTo(one);
    }
}
