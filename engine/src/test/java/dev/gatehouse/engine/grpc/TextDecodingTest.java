package dev.gatehouse.engine.grpc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.api.ChunkTransform;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecodingTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TextDecoding decoding = new TextDecoding();
    private final ChunkTransform.Sink sink = chunk -> {
        while (chunk.hasRemaining()) {
            out.write(chunk.get());
        }
    };

    @Test
    void does_not_depend_on_how_the_text_was_split() {
        byte[] octets = new byte[1000];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (i * 37);
        }
        byte[] text = Base64.getEncoder().encode(octets);
        for (int size = 1; size < 9; size++) {
            out.reset();
            for (int at = 0; at < text.length; at += size) {
                decoding.onChunk(ByteBuffer.wrap(text, at, Math.min(size, text.length - at)), sink);
            }
            decoding.onEnd(sink);
            assertThat(out.toByteArray()).as("pieces of %d", size).isEqualTo(octets);
        }
    }

    @Test
    void goes_on_after_padding() {
        take("YQ==YmM=ZGVm");
        decoding.onEnd(sink);
        assertThat(out).hasToString("abcdef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"YQ=a", "YQ-_", "====", "Y===", "YWJj\n", "YQ==="})
    void refuses_what_is_no_base64(String text) {
        assertThatExceptionOfType(MalformedTextException.class).isThrownBy(() -> {
            take(text);
            decoding.onEnd(sink);
        });
    }

    @Test
    void refuses_an_end_within_a_group() {
        take("YWJjZ");
        assertThatExceptionOfType(MalformedTextException.class).isThrownBy(() -> decoding.onEnd(sink));
    }

    private void take(String text) {
        decoding.onChunk(ByteBuffer.wrap(text.getBytes(ISO_8859_1)), sink);
    }
}
