package dev.gatehouse.engine.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class OctetQueueTest {
    private final OctetQueue queue = new OctetQueue();

    @Test
    void a_small_piece_does_not_keep_the_buffer_it_came_in() {
        ByteBuf socket = Unpooled.directBuffer().writeBytes(new byte[100]);
        queue.add(socket, 100, UnpooledByteBufAllocator.DEFAULT);
        assertThat(socket.refCnt()).isEqualTo(1);
        socket.release();
        assertThat(queue.length()).isEqualTo(100);
        queue.clear();
    }

    @Test
    void a_large_piece_is_not_copied_and_given_back_when_it_is_taken() {
        ByteBuf socket = Unpooled.directBuffer().writeBytes(new byte[20_000]);
        queue.add(socket, 20_000, UnpooledByteBufAllocator.DEFAULT);
        socket.release();
        assertThat(socket.refCnt()).isEqualTo(1);
        queue.first().skipBytes(20_000);
        queue.taken(20_000);
        assertThat(socket.refCnt()).isZero();
        assertThat(queue.length()).isZero();
    }

    @Test
    void pieces_leave_in_the_order_they_came() {
        StringBuilder in = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String piece = ("<" + i + ">").repeat(i % 7 == 3 ? 3000 : i + 1);
            in.append(piece);
            ByteBuf octets = Unpooled.copiedBuffer(piece, US_ASCII);
            queue.add(octets, octets.readableBytes(), UnpooledByteBufAllocator.DEFAULT);
            octets.release();
        }
        StringBuilder out = new StringBuilder();
        while (queue.length() > 0) {
            if (out.length() % 2 == 0) {
                int n = Math.min(50, queue.first().readableBytes());
                out.append(queue.first().readCharSequence(n, US_ASCII));
                queue.taken(n);
            } else {
                ByteBuf first = queue.poll();
                out.append(first.toString(US_ASCII));
                first.release();
            }
        }
        assertThat(out.toString()).isEqualTo(in.toString());
    }
}
