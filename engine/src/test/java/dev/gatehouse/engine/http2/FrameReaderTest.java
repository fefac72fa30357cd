package dev.gatehouse.engine.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameReaderTest {
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Heard heard = new Heard();

    @Test
    void what_is_heard_does_not_depend_on_how_it_was_split() {
        byte[] all = octets(
                PREFACE,
                frame(4, 0, 0, ""),
                frame(1, 4, 1, "block"),
                frame(0, 0, 1, "some data"),
                frame(0, 9, 1, "\u0003more\0\0\0"),
                frame(6, 0, 0, "12345678"));
        List<String> whole = hear(all, all.length);
        assertThat(whole)
                .containsExactly(
                        "4 0 0 ",
                        "1 4 1 block",
                        "data 1 0 9: some data",
                        "data 1 9 8 padding 4: more",
                        "6 0 0 12345678");
        for (int piece = 1; piece < 40; piece++) {
            assertThat(hear(all, piece)).as("in pieces of %d", piece).isEqualTo(whole);
        }
    }

    @Test
    void another_preface_is_refused_at_its_first_wrong_octet() {
        assertThat(hear(octets("PRI * HTTP/1.1"), 100)).containsExactly("broken PROTOCOL_ERROR");
    }

    @Test
    void a_frame_larger_than_any_may_be_is_refused_by_its_header() {
        byte[] header = octets(PREFACE, "\0\u0040\u0001\u0004\0\0\0\0\0");
        assertThat(hear(header, 100)).containsExactly("broken FRAME_SIZE_ERROR");
    }

    @Test
    void more_padding_than_frame_is_refused() {
        assertThat(hear(octets(PREFACE, frame(0, 8, 1, "\u0004abc")), 100)).endsWith("broken PROTOCOL_ERROR");
    }

    @Test
    void a_frame_that_has_begun_is_known_of_and_data_is_not_counted() {
        FrameReader reader = new FrameReader(UnpooledByteBufAllocator.DEFAULT, heard, false);
        assertThat(reader.isWithinFrame()).isFalse();
        reader.bring(Unpooled.wrappedBuffer(octets(frame(6, 0, 0, "12345678")), 0, 12));
        assertThat(reader.isWithinFrame()).isTrue();
        reader.bring(Unpooled.wrappedBuffer(octets("45678")));
        assertThat(reader.isWithinFrame()).isFalse();
        reader.bring(Unpooled.wrappedBuffer(octets(frame(0, 0, 1, "data")), 0, 11));
        assertThat(reader.isWithinFrame()).isFalse();
        reader.close();
    }

    @Test
    void nothing_is_kept_of_what_comes_after_the_end() {
        FrameReader reader = new FrameReader(UnpooledByteBufAllocator.DEFAULT, heard, false);
        ByteBuf half = Unpooled.directBuffer().writeBytes(octets("\0\0\u0008"));
        reader.bring(half);
        reader.close();
        ByteBuf late = Unpooled.directBuffer().writeBytes(octets(frame(6, 0, 0, "12345678")));
        reader.bring(late);
        assertThat(half.refCnt() + late.refCnt()).isZero();
        assertThat(heard.events).isEmpty();
    }

    private List<String> hear(byte[] all, int piece) {
        heard.events.clear();
        heard.open = true;
        FrameReader reader = new FrameReader(UnpooledByteBufAllocator.DEFAULT, heard, true);
        for (int at = 0; at < all.length; at += piece) {
            reader.bring(Unpooled.copiedBuffer(all, at, Math.min(piece, all.length - at)));
        }
        reader.close();
        return List.copyOf(heard.events);
    }

    private static byte[] octets(String... parts) {
        return String.join("", parts).getBytes(ISO_8859_1);
    }

    private static String frame(int type, int flags, int stream, String payload) {
        return "\0\0" + (char) payload.length() + (char) type + (char) flags + "\0\0\0" + (char) stream + payload;
    }

    /// Writes down what it hears; the pieces of a DATA frame as one.
    private static final class Heard implements FrameReceiver {
        private final List<String> events = new ArrayList<>();
        private boolean open = true;
        private String data = "";
        private String octets = "";

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void frame(int type, int flags, int stream, ByteBuf in, int length) {
            events.add(type + " " + flags + " " + stream + " " + in.readCharSequence(length, ISO_8859_1));
        }

        @Override
        public void dataBegins(int stream, int flags, int length) {
            data = "data " + stream + " " + flags + " " + length;
            octets = "";
        }

        @Override
        public void data(ByteBuf in, int n) {
            octets += in.readCharSequence(n, ISO_8859_1);
        }

        @Override
        public void padding(int n) {
            data += " padding " + n;
        }

        @Override
        public void dataEnds(int flags) {
            events.add(data + ": " + octets);
        }

        @Override
        public void broken(Http2Error error, String why) {
            events.add("broken " + error);
            open = false;
        }
    }
}
