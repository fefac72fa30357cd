package dev.gatehouse.policy.auth.hmac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldReaderTest {
    private static final String INPUT =
            "sig1=(\"@method\" \"date\";sf \"@query-param\";name=\"a\\\"b\");created=1618884473"
                    + ";keyid=\"k-1\";expires=-5;x=?0;y;z=:YWJj:;w=a/b:c, sig2=()";

    @Test
    void inputs_are_read_and_written_as_they_were() {
        var inputs = FieldReader.inputs(INPUT);

        assertThat(inputs).containsOnlyKeys("sig1", "sig2");
        StringBuilder written = new StringBuilder();
        inputs.get("sig1").write(written);
        assertThat("sig1=" + written + ", sig2=()").isEqualTo(INPUT);
        assertThat(inputs.get("sig1").text("keyid")).isEqualTo("k-1");
        assertThat(inputs.get("sig1").whole("created")).isEqualTo(1618884473L);
        assertThat(inputs.get("sig1").whole("keyid")).isNull();
    }

    @Test
    void blanks_where_they_may_be_are_not_signed() {
        StringBuilder written = new StringBuilder();
        FieldReader.inputs(" a=(  \"@path\"   \"date\" ); created=1 ,\t b=()")
                .get("a")
                .write(written);
        assertThat(written).hasToString("(\"@path\" \"date\");created=1");
    }

    @Test
    void octets_are_read() {
        var octets = FieldReader.octets("sha-256=:YWJj:, sig1=::;p=1");
        assertThat(new String(octets.get("sha-256"), StandardCharsets.US_ASCII)).isEqualTo("abc");
        assertThat(octets.get("sig1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a=",
                "a=(",
                "a=()x",
                "a=(),",
                "a=(), a=()",
                "A=()",
                "a=(\"x\"\"y\")",
                "a=(\"x)",
                "a=(x)",
                "a=(\"\\x\")",
                "a=();p=1;p=2",
                "a=();p=",
                "a=();p=1.5",
                "a=();p=1234567890123456",
                "a=();p=-",
                "a=();p=?2",
                "a=();p=:!:",
                "a=();p=:YWJj",
                "a=(\"\u00e4\")",
                "a=(\"\u0000\")",
                "a=() b=()",
                "a=();P=1",
                "=()",
                ",a=()"
            })
    void what_is_no_input_is_refused(String text) {
        assertThatThrownBy(() -> FieldReader.inputs(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /// Octet by octet, from a fixed seed: the message of a failure names the text.
    @Test
    void whatever_is_sent_is_read_or_refused() {
        Random chance = new Random(20261122);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder(INPUT);
            for (int edits = 1 + chance.nextInt(6); edits > 0; edits--) {
                int at = chance.nextInt(text.length());
                switch (chance.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) chance.nextInt(256));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.insert(at, "\"\\:;=(),?a1 \t".charAt(chance.nextInt(13)));
                }
            }
            try {
                // What was read can be written, and is then read as the same.
                for (SignatureInput input : FieldReader.inputs(text.toString()).values()) {
                    StringBuilder written = new StringBuilder("s=");
                    input.write(written);
                    StringBuilder again = new StringBuilder("s=");
                    FieldReader.inputs(written.toString()).get("s").write(again);
                    assertThat(again).hasToString(written.toString());
                }
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).as(text.toString()).isNotBlank();
            }
        }
    }
}
