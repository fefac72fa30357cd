package dev.gatehouse.policy.auth.cookie;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final byte[] OLD = "an-old-secret-of-thirty-two-octets".getBytes(UTF_8);
    private static final byte[] NEW = "a-new-secret-of-thirty-two-octets!".getBytes(UTF_8);
    private static final byte[] OCTETS = "{\"sub\":\"u7\"}".getBytes(UTF_8);

    @Test
    void what_was_sealed_opens_with_the_same_secret_purpose_and_binding_only() {
        Seal seal = Seal.of("session", List.of(NEW));
        byte[] sealed = seal.close(OCTETS, "cookie");

        assertThat(seal.open(sealed, "cookie")).isEqualTo(OCTETS);
        assertThat(Seal.of("session", List.of(NEW)).open(sealed, "cookie")).isEqualTo(OCTETS);
        assertThat(seal.open(sealed, "another")).isNull();
        assertThat(Seal.of("login", List.of(NEW)).open(sealed, "cookie")).isNull();
        assertThat(Seal.of("session", List.of(OLD)).open(sealed, "cookie")).isNull();
        assertThat(seal.close(OCTETS, "cookie")).as("never the same twice").isNotEqualTo(sealed);
        assertThat(new String(sealed, ISO_8859_1)).doesNotContain(new String(OCTETS, ISO_8859_1));
    }

    @Test
    void a_secret_that_was_used_before_still_opens_and_seals_no_more() {
        byte[] before = Seal.of("session", List.of(OLD)).close(OCTETS, "cookie");
        Seal rotated = Seal.of("session", List.of(NEW, OLD));

        assertThat(rotated.open(before, "cookie")).isEqualTo(OCTETS);
        assertThat(Seal.of("session", List.of(OLD)).open(rotated.close(OCTETS, "cookie"), "cookie"))
                .isNull();
    }

    @Test
    void whatever_is_changed_does_not_open() {
        Seal seal = Seal.of("session", List.of(NEW));
        byte[] sealed = seal.close(OCTETS, "cookie");
        for (int i = 0; i < sealed.length * 8; i++) {
            byte[] changed = sealed.clone();
            changed[i / 8] ^= (byte) (1 << (i % 8));
            assertThat(seal.open(changed, "cookie")).as("bit %d", i).isNull();
        }
        Random random = new Random(42);
        for (int i = 0; i < 1000; i++) {
            byte[] made = new byte[random.nextInt(200)];
            random.nextBytes(made);
            assertThat(seal.open(made, "cookie")).isNull();
        }
    }
}
