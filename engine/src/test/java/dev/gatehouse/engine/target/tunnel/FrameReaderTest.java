package dev.gatehouse.engine.target.tunnel;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames are followed by their headers (RFC 6455 §5.2), however the octets are cut.
class FrameReaderTest {
    private static final FrameRules WELL_FORMED = new FrameRules(Long.MAX_VALUE, Long.MAX_VALUE, 0, false);

    private final ByteArrayOutputStream passed = new ByteArrayOutputStream();

    private @Nullable CloseReason read(FrameReader reader, byte[] octets) {
        return read(reader, octets, 0);
    }

    private @Nullable CloseReason read(FrameReader reader, byte[] octets, long now) {
        ByteBuf in = Unpooled.wrappedBuffer(octets);
        CloseReason wrong = reader.read(in, octets.length, this::take, now);
        assertThat(in.isReadable()).as("all of it is taken").isFalse();
        return wrong;
    }

    private void take(ByteBuf in, int n) {
        byte[] octets = new byte[n];
        in.readBytes(octets);
        passed.writeBytes(octets);
    }

    static Stream<byte[]> wellFormed() {
        return Stream.of(0, 1, 2, 125, 126, 127, 65_535, 65_536, 70_000)
                .map(length -> Frame.of(0x80 | Frame.BINARY, true, new byte[length]));
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void every_form_of_length_passes_as_it_is(byte[] frame) {
        FrameReader reader = new FrameReader(true, WELL_FORMED, 0);

        assertThat(read(reader, frame)).isNull();

        assertThat(passed.toByteArray()).isEqualTo(frame);
        assertThat(reader.isBetweenFrames()).isTrue();
        assertThat(reader.frames()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void it_makes_no_difference_where_octets_are_cut(boolean inspected) {
        byte[] all = conversation(true);
        for (int first = 0; first <= all.length; first++) {
            for (int second = first; second <= all.length; second += 7) {
                passed.reset();
                FrameReader reader = new FrameReader(true, inspected ? WELL_FORMED : null, 0);
                assertThat(read(reader, Arrays.copyOfRange(all, 0, first))).isNull();
                assertThat(read(reader, Arrays.copyOfRange(all, first, second))).isNull();
                assertThat(read(reader, Arrays.copyOfRange(all, second, all.length))).isNull();

                assertThat(passed.toByteArray()).isEqualTo(all);
                assertThat(reader.frames()).isEqualTo(7);
                assertThat(reader.isClosed()).isTrue();
                assertThat(reader.closeCode()).isEqualTo(4001);
            }
        }
    }

    @Test
    void octet_by_octet_is_no_different_either() {
        byte[] all = conversation(false);
        FrameReader reader = new FrameReader(false, WELL_FORMED, 0);
        for (byte octet : all) {
            assertThat(read(reader, new byte[] {octet})).isNull();
        }

        assertThat(passed.toByteArray()).isEqualTo(all);
        assertThat(reader.closeCode()).isEqualTo(4001);
    }

    private static byte[] conversation(boolean masked) {
        return Frame.join(
                Frame.of(Frame.TEXT, masked, "hello"),
                Frame.of(0x80 | Frame.BINARY, masked, new byte[130], 2),
                Frame.of(Frame.TEXT, masked, "be".getBytes(US_ASCII)),
                Frame.of(Frame.PING, masked, "?"),
                Frame.of(Frame.CONTINUATION, masked, ""),
                Frame.of(Frame.PONG, masked, ""),
                Frame.close(masked, 4001, "enough"));
    }

    static Stream<Arguments> illFormed() {
        byte[] empty = {};
        byte[] ping126 = new byte[126];
        return Stream.of(
                Arguments.of("rsv1", Frame.of(0xc2, true, empty), CloseReason.RESERVED_BITS),
                Arguments.of("rsv2", Frame.of(0xa2, true, empty), CloseReason.RESERVED_BITS),
                Arguments.of("rsv3", Frame.of(0x92, true, empty), CloseReason.RESERVED_BITS),
                Arguments.of("opcode 3", Frame.of(0x83, true, empty), CloseReason.RESERVED_OPCODE),
                Arguments.of("opcode 7", Frame.of(0x87, true, empty), CloseReason.RESERVED_OPCODE),
                Arguments.of("opcode 11", Frame.of(0x8b, true, empty), CloseReason.RESERVED_OPCODE),
                Arguments.of("opcode 15", Frame.of(0x8f, true, empty), CloseReason.RESERVED_OPCODE),
                Arguments.of("not masked", Frame.of(0x82, false, empty), CloseReason.MASKING),
                Arguments.of("125 in 16 bits", Frame.of(0x82, true, new byte[125], 2), CloseReason.LENGTH),
                Arguments.of("65535 in 64 bits", Frame.of(0x82, true, new byte[65_535], 8), CloseReason.LENGTH),
                Arguments.of("first bit of 64", Frame.header(0x82, true, Long.MIN_VALUE, 8), CloseReason.LENGTH),
                Arguments.of("all bits of 64", Frame.header(0x82, true, -1, 8), CloseReason.LENGTH),
                Arguments.of("ping in parts", Frame.of(Frame.PING, true, empty), CloseReason.CONTROL_FRAME),
                Arguments.of("long ping", Frame.of(0x89, true, ping126), CloseReason.CONTROL_FRAME),
                Arguments.of("half a code", Frame.of(0x88, true, new byte[1]), CloseReason.CONTROL_FRAME),
                Arguments.of("continues nothing", Frame.of(0x80, true, empty), CloseReason.FRAGMENTS),
                Arguments.of(
                        "begins within a message",
                        Frame.join(Frame.of(Frame.TEXT, true, empty), Frame.of(0x81, true, empty)),
                        CloseReason.FRAGMENTS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("illFormed")
    void what_cannot_be_is_not_passed_on(String name, byte[] octets, CloseReason wrong) {
        byte[] before = Frame.of(0x82, true, new byte[3]);
        FrameReader whole = new FrameReader(true, WELL_FORMED, 0);

        assertThat(read(whole, Frame.join(before, octets))).isEqualTo(wrong);

        byte[] fine = passed.toByteArray();
        assertThat(fine).startsWith(before);
        assertThat(fine.length).isLessThanOrEqualTo(before.length + 6);
        assertThat(whole.isBetweenFrames()).isTrue();

        passed.reset();
        FrameReader single = new FrameReader(true, WELL_FORMED, 0);
        read(single, before);
        CloseReason found = null;
        for (int i = 0; i < octets.length && found == null; i++) {
            found = read(single, new byte[] {octets[i]});
        }
        assertThat(found).isEqualTo(wrong);
        assertThat(passed.toByteArray()).isEqualTo(fine);
    }

    @Test
    void a_frame_that_is_too_large_is_known_by_its_header() {
        FrameReader reader = new FrameReader(true, new FrameRules(1000, Long.MAX_VALUE, 0, false), 0);

        assertThat(read(reader, Frame.of(0x82, true, new byte[1000]))).isNull();
        assertThat(read(reader, Frame.header(0x82, true, 1001, 2))).isEqualTo(CloseReason.FRAME_TOO_LARGE);
        assertThat(passed.size()).isEqualTo(1008);
    }

    @Test
    void a_message_is_as_large_as_all_its_frames() {
        FrameReader reader = new FrameReader(false, new FrameRules(Long.MAX_VALUE, 1000, 0, false), 0);

        assertThat(read(reader, Frame.of(0x02, false, new byte[400]))).isNull();
        assertThat(read(reader, Frame.of(0x89, false, new byte[100]))).isNull();
        assertThat(read(reader, Frame.of(0x80, false, new byte[600]))).isNull();
        assertThat(read(reader, Frame.of(0x02, false, new byte[999]))).isNull();
        assertThat(read(reader, Frame.of(0x80, false, new byte[2]))).isEqualTo(CloseReason.MESSAGE_TOO_LARGE);
        assertThat(reader.frames()).isEqualTo(4);
    }

    @Test
    void a_length_near_the_greatest_does_not_overflow_the_message() {
        FrameReader reader = new FrameReader(true, new FrameRules(Long.MAX_VALUE, 1000, 0, false), 0);

        read(reader, Frame.of(0x02, true, new byte[1]));
        assertThat(read(reader, Frame.header(0x80, true, Long.MAX_VALUE, 8))).isEqualTo(CloseReason.MESSAGE_TOO_LARGE);
    }

    @Test
    void reserved_bits_are_the_business_of_an_extension() {
        FrameReader reader = new FrameReader(true, new FrameRules(Long.MAX_VALUE, Long.MAX_VALUE, 0, true), 0);

        assertThat(read(reader, Frame.of(0xc1, true, new byte[5]))).isNull();
    }

    @Test
    void frames_come_at_their_rate_after_a_second_s_worth_at_once() {
        FrameReader reader = new FrameReader(true, new FrameRules(Long.MAX_VALUE, Long.MAX_VALUE, 10, false), 0);
        byte[] frame = Frame.of(Frame.TEXT, true, "x");
        for (int i = 0; i < 10; i++) {
            assertThat(read(reader, frame, 5)).isNull();
        }
        assertThat(read(reader, frame, 100_000_006)).isNull();

        assertThat(read(reader, frame, 150_000_000)).isEqualTo(CloseReason.TOO_MANY_FRAMES);
        assertThat(passed.size()).isEqualTo(11 * frame.length);
    }

    @Test
    void a_frame_may_be_put_in_only_where_one_ends() {
        FrameReader followed = new FrameReader(false, null, 0);
        FrameReader inspected = new FrameReader(false, WELL_FORMED, 0);
        byte[] frame = Frame.of(Frame.TEXT, false, "hello");
        for (int i = 0; i < frame.length - 1; i++) {
            read(followed, new byte[] {frame[i]});
            read(inspected, new byte[] {frame[i]});
            assertThat(followed.isBetweenFrames()).as("after %d octets", i + 1).isFalse();
            // Half a header was kept back, so that the other side has nothing of it.
            assertThat(inspected.isBetweenFrames()).as("after %d octets", i + 1).isEqualTo(i < 1);
        }
        read(followed, new byte[] {'o'});
        assertThat(followed.isBetweenFrames()).isTrue();
    }

    @Test
    void a_close_frame_without_a_code_is_one() {
        FrameReader reader = new FrameReader(false, null, 0);
        read(reader, Frame.of(0x88, false, new byte[0]));

        assertThat(reader.isClosed()).isTrue();
        assertThat(reader.closeCode()).isEqualTo(1005);
    }

    @Test
    void what_is_no_websocket_passes_when_nobody_inspects() {
        FrameReader reader = new FrameReader(true, null, 0);
        byte[] other = "SSH-2.0-OpenSSH_9.2\r\n".getBytes(US_ASCII);

        assertThat(read(reader, other)).isNull();

        assertThat(passed.toByteArray()).isEqualTo(other);
        assertThat(reader.isLost()).isTrue();
        assertThat(reader.isBetweenFrames()).isFalse();
    }

    @Test
    void noise_is_refused_or_passed_whole_but_never_more_than_came() {
        Random chance = new Random(6455);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = noise(chance);
            passed.reset();
            FrameReader inspected = new FrameReader(true, new FrameRules(300, 500, 0, false), 0);
            CloseReason wrong = null;
            for (int at = 0; at < noise.length && wrong == null; ) {
                int step = Math.min(noise.length - at, 1 + chance.nextInt(9));
                wrong = read(inspected, Arrays.copyOfRange(noise, at, at + step));
                at += step;
            }
            byte[] fine = passed.toByteArray();
            assertThat(Arrays.copyOf(noise, fine.length)).isEqualTo(fine);

            // What was passed on is in order for a reader that gets it at once.
            passed.reset();
            FrameReader again = new FrameReader(true, new FrameRules(300, 500, 0, false), 0);
            assertThat(read(again, fine)).isNull();
            assertThat(again.frames()).isEqualTo(inspected.frames());
            assertThat(passed.toByteArray()).isEqualTo(fine);
        }
    }

    /// Frames in order, with an octet changed here and there.
    private static byte[] noise(Random chance) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = chance.nextInt(6); i >= 0; i--) {
            out.writeBytes(Frame.of(0x80 | chance.nextInt(3), true, new byte[chance.nextInt(200)]));
        }
        byte[] octets = out.toByteArray();
        for (int i = chance.nextInt(3); i > 0; i--) {
            octets[chance.nextInt(octets.length)] = (byte) chance.nextInt();
        }
        return octets;
    }
}
