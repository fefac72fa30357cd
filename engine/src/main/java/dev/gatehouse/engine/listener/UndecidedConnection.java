package dev.gatehouse.engine.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.net.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A connection without TLS of which nobody knows yet whether HTTP/2 or HTTP/1.1 is spoken: the first octets
/// tell (RFC 9113 §3.3). No method of HTTP/1.1 begins like the preface.
final class UndecidedConnection implements ClientConnection {
    private static final byte[] PREFACE = "PRI * HTTP/2.0".getBytes(US_ASCII);

    private final ChannelHandlerContext context;
    private final Deadline deadline;
    private final BiConsumer<Boolean, ByteBuf> decision;
    private @Nullable ByteBuf held;
    private boolean decided;

    /// @param decision is told whether it is HTTP/2, and given the octets that told
    UndecidedConnection(ListenerLoop listener, ChannelHandlerContext context, BiConsumer<Boolean, ByteBuf> decision) {
        this.context = context;
        this.decision = decision;
        this.deadline = listener.loop().connections().register(this::closeNow);
        deadline.at(
                listener.loop().now() + listener.rules().limits().idleTimeout().toNanos());
    }

    @Override
    public void onOctets(ByteBuf in) {
        ByteBuf all = in;
        ByteBuf first = held;
        if (first != null) {
            held = null;
            all = first.writeBytes(in);
            in.release();
        }
        int at = all.readerIndex();
        int n = Math.min(all.readableBytes(), PREFACE.length);
        boolean likeIt = true;
        for (int i = 0; i < n && likeIt; i++) {
            likeIt = all.getByte(at + i) == PREFACE[i];
        }
        if (likeIt && n < PREFACE.length) {
            held = context.alloc().buffer(PREFACE.length).writeBytes(all);
            all.release();
            return;
        }
        decided = true;
        deadline.close();
        decision.accept(likeIt, all);
    }

    @Override
    public void onBatch() {}

    @Override
    public void onWritable(boolean writable) {}

    @Override
    public void onClosed() {
        if (!decided) {
            deadline.close();
        }
        ByteBuf rest = held;
        held = null;
        if (rest != null) {
            rest.release();
        }
    }

    @Override
    public void drain() {
        closeNow();
    }

    @Override
    public void cutOff() {
        closeNow();
    }

    @Override
    public void closeNow() {
        context.close();
    }
}
