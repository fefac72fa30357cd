package dev.gatehouse.policy.auth.basic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
    /// Of the reference implementation of Argon2, and of crypt_blowfish.
    @ParameterizedTest
    @CsvSource({
        "password, $argon2id$v=19$m=65536;t=2;p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "U*U, $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
    })
    void hashes_of_other_programs_are_checked(String password, String hash) {
        PasswordHash known = PasswordHash.of(hash.replace(';', ','));
        assertThat(known.matches(password.getBytes(UTF_8))).isTrue();
        assertThat(known.matches((password + " ").getBytes(UTF_8))).isFalse();
    }

    @Test
    void what_bcrypt_does_not_read_of_a_password_does_not_count_as_right() {
        String seventyTwo = "x".repeat(72);
        byte[] salt = "0123456789abcdef".getBytes(UTF_8);
        String hash = org.bouncycastle.crypto.generators.OpenBSDBCrypt.generate(seventyTwo.toCharArray(), salt, 4);
        PasswordHash known = PasswordHash.of(hash);
        assertThat(known.matches(seventyTwo.getBytes(UTF_8))).isTrue();
        assertThat(known.matches((seventyTwo + "y").getBytes(UTF_8))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$apr1$abcdefgh$0123456789012345678901",
                "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=",
                "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=999,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=65536,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$2y$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2y$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
            })
    void what_is_no_hash_or_costs_too_much_is_refused_without_showing_it(String text) {
        assertThatThrownBy(() -> PasswordHash.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(text.isEmpty() || !e.getMessage().contains(text))
                        .isTrue());
    }

    @Test
    void a_hash_does_not_show_itself() {
        String hash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
        assertThat(PasswordHash.of(hash)).hasToString("bcrypt");
        assertThat(new BasicUserConfig(hash, java.util.List.of(), null).toString())
                .doesNotContain("CCC");
    }
}
