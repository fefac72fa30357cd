package dev.gatehouse.engine.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// On a channel without a socket. Everything that is held lies in direct buffers of an allocator that counts.
class InflowTest {
    private final Counting allocator = new Counting();
    private final ChannelConfig socket = new EmbeddedChannel().config();
    private final List<String> used = new ArrayList<>();

    /// How many octets somebody wants.
    private int wanted;

    private final Inflow inflow = new Inflow(allocator, socket, this::use);

    private boolean use(ByteBuf in) {
        int n = Math.min(wanted, in.readableBytes());
        if (n > 0) {
            wanted -= n;
            used.add(in.readString(n, US_ASCII));
        }
        return n > 0;
    }

    @Test
    void what_is_not_wanted_is_held_and_nothing_more_is_read() {
        wanted = 2;
        inflow.bring(octets("abc"));

        assertThat(used).containsExactly("ab");
        assertThat(inflow.isHolding()).isTrue();
        assertThat(socket.isAutoRead()).isFalse();
        inflow.close();
    }

    @Test
    void what_comes_while_something_is_held_comes_after_it() {
        inflow.bring(octets("ab"));
        inflow.bring(octets("cd"));
        wanted = 3;
        inflow.bringHeld();
        wanted = 3;
        inflow.bring(octets("ef"));

        assertThat(used).containsExactly("abc", "def");
        assertThat(inflow.isHolding()).isFalse();
    }

    @Test
    void holding_what_comes_octet_by_octet_copies_each_of_them_a_few_times_at_most() {
        int sent = 20_000;
        for (int i = 0; i < sent; i++) {
            inflow.bring(octets("x"));
        }

        assertThat(allocator.allocated).isLessThan(5 * sent);
        wanted = sent;
        inflow.bringHeld();
        assertThat(used).containsExactly("x".repeat(sent));
    }

    @Test
    void what_was_passed_on_stays_as_it_is_when_more_comes_behind_it() {
        List<ByteBuf> passedOn = new ArrayList<>();
        Inflow slicing = new Inflow(allocator, socket, in -> {
            if (passedOn.isEmpty()) {
                passedOn.add(in.readRetainedSlice(2));
            }
            return false;
        });
        ByteBuf roomy = allocator.directBuffer(64).writeBytes("abc".getBytes(US_ASCII));
        slicing.bring(roomy);
        slicing.bring(octets("defgh"));

        assertThat(passedOn.getFirst().toString(US_ASCII)).isEqualTo("ab");
        slicing.close();
        passedOn.getFirst().release();
        assertThat(roomy.refCnt()).isZero();
    }

    @Test
    void nothing_is_held_once_the_connection_is_gone() {
        ByteBuf before = octets("before");
        ByteBuf after = octets("after");
        inflow.bring(before);
        inflow.close();
        inflow.bring(after);

        assertThat(inflow.isHolding()).isFalse();
        assertThat(before.refCnt()).isZero();
        assertThat(after.refCnt()).isZero();
    }

    private static ByteBuf octets(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(US_ASCII));
    }

    private static final class Counting extends AbstractByteBufAllocator {
        private long allocated;

        @Override
        protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
            allocated += initialCapacity;
            return Unpooled.directBuffer(initialCapacity, maxCapacity);
        }

        @Override
        protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isDirectBufferPooled() {
            return false;
        }
    }
}
