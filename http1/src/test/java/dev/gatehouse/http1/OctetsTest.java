package dev.gatehouse.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OctetsTest {
    private static final String AROUND_THE_EDGES = "\0\1\t\n\r\u001e\u001f !~\u007f\u0080\u0081\u009f\u00a0\u00ff";

    @Test
    void first_control_is_what_the_naive_scan_finds() {
        Random random = new Random(20250101);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = randomBytes(random);
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);

            assertThat(Octets.firstControl(bytes, from, to)).isEqualTo(naiveFirstControl(bytes, from, to));
        }
    }

    @Test
    void index_of_lf_is_what_the_naive_scan_finds() {
        Random random = new Random(20250102);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = randomBytes(random);
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);

            assertThat(Octets.indexOfLf(bytes, from, to)).isEqualTo(naiveIndexOfLf(bytes, from, to));
        }
    }

    /// Mostly harmless octets, so that long runs without a hit occur; now and then one of those next to a border.
    private static byte[] randomBytes(Random random) {
        byte[] bytes = new byte[random.nextInt(64)];
        int harm = random.nextInt(12);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte)
                    (random.nextInt(12) < harm
                            ? AROUND_THE_EDGES.charAt(random.nextInt(AROUND_THE_EDGES.length()))
                            : 0x20 + random.nextInt(0x5f));
        }
        return bytes;
    }

    private static int naiveFirstControl(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            int octet = bytes[i] & 0xff;
            if (octet < 0x20 || octet == 0x7f) {
                return i;
            }
        }
        return to;
    }

    private static int naiveIndexOfLf(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "007, 7",
        "999999999999999999, 999999999999999999",
        "1000000000000000000, -1",
        "'', -1",
        "+5, -1",
        "-5, -1",
        "5 5, -1",
        "0x5, -1",
        "5a, -1"
    })
    void a_decimal_is_at_most_eighteen_digits_and_nothing_else(String text, long value) {
        byte[] bytes = text.getBytes(US_ASCII);

        assertThat(Octets.decimal(bytes, 0, bytes.length)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"close, true", "CLOSE, true", "cLosE, true", "clos, false", "closed, false", "c|ose, false"})
    void words_are_compared_with_letters_in_any_case(String text, boolean equal) {
        byte[] bytes = text.getBytes(US_ASCII);

        assertThat(Octets.equalsIgnoreCase(bytes, 0, bytes.length, "close".getBytes(US_ASCII)))
                .isEqualTo(equal);
    }

    @Test
    void only_letters_have_a_case() {
        // '@' and '`', '[' and '{', '^' and '~' also differ by 32.
        byte[] bytes = "@[^".getBytes(US_ASCII);

        assertThat(Octets.equalsIgnoreCase(bytes, 0, 3, "`{~".getBytes(US_ASCII)))
                .isFalse();
    }

    @Test
    void names_hash_the_same_in_any_case_and_with_either_dash() {
        byte[] one = "X-Forwarded-For".getBytes(US_ASCII);
        byte[] other = "x_forwarded_FOR".getBytes(US_ASCII);

        assertThat(Octets.hash(one, 0, one.length)).isEqualTo(Octets.hash(other, 0, other.length));
    }
}
