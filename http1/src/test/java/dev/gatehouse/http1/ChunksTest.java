package dev.gatehouse.http1;

import static dev.gatehouse.http1.Heads.octets;
import static dev.gatehouse.http1.Heads.written;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunksTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 15, 16, 255, 256, 4095, 4096, 65536, 0x0fffffff, 0x10000000, Integer.MAX_VALUE})
    void a_size_is_written_without_leading_zeros(int size) {
        ByteBuf out = Unpooled.buffer();

        Chunks.open(out, size);

        assertThat(out.toString(US_ASCII)).isEqualTo(Integer.toHexString(size) + "\r\n");
        assertThat(out.readableBytes()).isLessThanOrEqualTo(Chunks.MAX_OPENING);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 1000, 70_000})
    void what_is_written_is_read_again(int size) {
        byte[] data = "d".repeat(size).getBytes(US_ASCII);
        ByteBuf wire = Unpooled.buffer();
        for (int i = 0; i < 3; i++) {
            Chunks.open(wire, size);
            wire.writeBytes(data);
            Chunks.close(wire);
        }
        Chunks.end(wire, null, new HeadWriter());

        BodyReader reader = new BodyReader();
        reader.startChunked();
        for (int i = 0; i < 3; i++) {
            assertThat(reader.next(wire)).isEqualTo(size);
            wire.skipBytes(size);
        }
        assertThat(reader.next(wire)).isEqualTo(BodyReader.END);
        assertThat(wire.isReadable()).isFalse();
    }

    @Test
    void closing_adds_as_much_as_promised() {
        ByteBuf out = Unpooled.buffer();

        Chunks.close(out);

        assertThat(out.readableBytes()).isEqualTo(Chunks.CLOSING);
    }

    @Test
    void trailers_are_written_behind_the_last_chunk() {
        BodyReader reader = new BodyReader();
        reader.startChunked();
        reader.next(octets("0\r\nA: b\r\nHost: x\r\nC: d\r\n\r\n"));
        ByteBuf out = Unpooled.buffer();

        Chunks.end(out, reader.trailers(), new HeadWriter().put("left over"));

        assertThat(out.toString(US_ASCII)).isEqualTo("0\r\nA: b\r\nC: d\r\n\r\n");
        BodyReader again = new BodyReader();
        again.startChunked();
        assertThat(again.next(out)).isEqualTo(BodyReader.END);
        assertThat(written(again.trailers())).isEqualTo("A: b\r\nC: d\r\n");
    }

    @Test
    void trailers_that_are_all_dropped_write_a_plain_end() {
        BodyReader reader = new BodyReader();
        reader.startChunked();
        reader.next(octets("0\r\nA: b\r\n\r\n"));
        Trailers trailers = reader.trailers();
        trailers.drop(0, true);
        ByteBuf out = Unpooled.buffer();

        Chunks.end(out, trailers, new HeadWriter());

        assertThat(out.toString(US_ASCII)).isEqualTo("0\r\n\r\n");
    }
}
