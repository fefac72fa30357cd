package dev.gatehouse.app.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.app.password.PasswordHashing.Argon2id;
import dev.gatehouse.app.password.PasswordHashing.Bcrypt;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PasswordHashingTest {
    private static final byte[] PASSWORD = "open sesame".getBytes(UTF_8);

    /// Salts of this are sixteen times `a`.
    private static final SecureRandom ALWAYS_A = new SecureRandom() {
        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 'a');
        }
    };

    /// `printf %s 'open sesame' | argon2 aaaaaaaaaaaaaaaa -id -t 2 -k 19456 -p 1 -l 32 -e`
    @Test
    void argon2id_is_what_the_reference_implementation_writes() {
        assertThat(Argon2id.USUAL.hash(PASSWORD, ALWAYS_A))
                .isEqualTo(
                        "$argon2id$v=19$m=19456,t=2,p=1$YWFhYWFhYWFhYWFhYWFhYQ$RCaNIheF9RX1S4kgcbItJ/NchVBaVMmElEL0Iqzd/6E");
    }

    @Test
    void its_parameters_stand_in_it() {
        assertThat(new Argon2id(7168, 5, 2).hash(PASSWORD, ALWAYS_A)).startsWith("$argon2id$v=19$m=7168,t=5,p=2$");
        assertThat(new Bcrypt(10).hash(PASSWORD, ALWAYS_A))
                .startsWith("$2y$10$")
                .hasSize(60);
    }

    @Test
    void no_two_hashes_of_a_password_are_the_same() {
        SecureRandom random = new SecureRandom();
        assertThat(Argon2id.USUAL.hash(PASSWORD, random)).isNotEqualTo(Argon2id.USUAL.hash(PASSWORD, random));
    }

    @Test
    void bcrypt_is_not_given_what_it_would_not_read() {
        Bcrypt bcrypt = new Bcrypt(10);
        assertThat(bcrypt.hash("é".repeat(36).getBytes(UTF_8), ALWAYS_A)).hasSize(60);
        assertThatThrownBy(() -> bcrypt.hash("é".repeat(37).getBytes(UTF_8), ALWAYS_A))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the password has 74 octets, and bcrypt reads no more than 72: take Argon2id");
    }

    @Test
    void what_is_too_weak_or_too_slow_is_refused() {
        assertThatThrownBy(() -> new Argon2id(1024, 2, 1)).hasMessage("memory in KiB: 1024 (expected: 7168 to 262144)");
        assertThatThrownBy(() -> new Argon2id(19456, 33, 1)).hasMessage("iterations: 33 (expected: 1 to 32)");
        assertThatThrownBy(() -> new Argon2id(19456, 2, 0)).hasMessage("lanes: 0 (expected: 1 to 16)");
        assertThatThrownBy(() -> new Bcrypt(5)).hasMessage("cost: 5 (expected: 10 to 16)");
    }
}
