package dev.gatehouse.engine.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthMessagesTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void a_question_names_a_service_or_nobody() {
        assertThat(HEX.formatHex(HealthMessages.question(""))).isEqualTo("0000000000");
        assertThat(HEX.formatHex(HealthMessages.question("a.B"))).isEqualTo("0000000005" + "0a03612e42");
        assertThat(HealthMessages.service(HealthMessages.question("shop.Stock")))
                .isEqualTo("shop.Stock");
        assertThat(HealthMessages.service(HealthMessages.question(""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0000000002 0801, 1",
        "0000000002 0802, 2",
        "0000000000, 0",
        "0000000005 0801 120161, 1", // a field we do not know, behind
        "0000000005 120161 0801, 1", // and before
        "0000000004 08ff 8001, 16511",
        "000000000b 1901020304050607 08 0801, 1", // eight octets we do not know
        "0000000007 1d01020304 0801, 1" // four
    })
    void an_answer_has_a_status(String body, int status) {
        assertThat(HealthMessages.status(HEX.parseHex(body.replace(" ", "")))).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000000",
                "0100000002 0801",
                "0000000003 0801",
                "0000000001 0801",
                "0000000001 08",
                "0000000002 12ff",
                "0000000002 0b01",
                "000000000c 08 ffffffffffffffffffffff"
            })
    void anything_else_is_no_answer(String body) {
        byte[] octets = HEX.parseHex(body.replace(" ", ""));
        assertThat(HealthMessages.status(octets)).isEqualTo(HealthMessages.MALFORMED);
        assertThat(HealthMessages.service(octets)).isNull();
    }

    @Test
    void octets_by_chance_break_nothing() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(40)];
            random.nextBytes(octets);
            if (octets.length >= 5) {
                System.arraycopy(new byte[] {0, 0, 0, 0, (byte) (octets.length - 5)}, 0, octets, 0, 5);
            }
            assertThatCode(() -> {
                        HealthMessages.status(octets);
                        HealthMessages.service(octets);
                    })
                    .as(HEX.formatHex(octets))
                    .doesNotThrowAnyException();
        }
    }
}
