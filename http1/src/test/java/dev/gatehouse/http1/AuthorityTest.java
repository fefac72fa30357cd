package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "example.com",
                "EXAMPLE.com:80",
                "my_service:8080",
                "xn--bcher-kva.example",
                "127.0.0.1",
                "127.0.0.1:0",
                "a:65535",
                "a:00080",
                "[::1]",
                "[::1]:443",
                "[2001:DB8::7]",
                "[::ffff:1.2.3.4]:1"
            })
    void a_host_with_or_without_a_port_is_valid(String authority) {
        assertThat(valid(authority)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a:",
                "[::1]:",
                "a:65536",
                "a:99999",
                "a:000080",
                "a:100000",
                "a:8o",
                "a:-1",
                "a:80:80",
                "a:80 ",
                "a b",
                " a",
                "a\tb",
                "user@a",
                "user:secret@a",
                "a/b",
                "a?b",
                "a#b",
                "a\\b",
                "a,b",
                "a%41",
                "a;b",
                "a\0",
                "b\u00fccher",
                "[]",
                "[:]",
                "[dead]",
                "[1::2::3]",
                "[::1",
                "::1",
                "[::1]x",
                "[::1]80",
                "[fe80::1%eth0]",
                "[v1.x]",
                "a[::1]"
            })
    void anything_else_is_refused(String authority) {
        assertThat(valid(authority)).isFalse();
    }

    private static boolean valid(String authority) {
        // Digits around the slice: reading past either end would show.
        byte[] bytes = ("1" + authority + "1").getBytes(ISO_8859_1);
        return Authority.valid(bytes, 1, bytes.length - 1);
    }
}
