package dev.gatehouse.engine.net;

import dev.gatehouse.http1.Chunks;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/// What one connection is about to write. Heads, chunk framing and small pieces of bodies gather in one buffer, so
/// that a message that fits is one contiguous write; large pieces go through as the buffers they came in.
public final class Outbox {
    /// A piece up to this size is copied behind what waits already: one contiguous write is cheaper than two
    /// buffers.
    private static final int COPIED_BEHIND = 16 << 10;

    /// A piece up to this size is copied even when nothing waits: framing and further small pieces will gather
    /// with it.
    private static final int COPIED_ALONE = 2 << 10;

    private static final int GATHER = 2 << 10;

    private final ChannelHandlerContext channel;
    private @Nullable ByteBuf open;
    private boolean written;

    public Outbox(ChannelHandlerContext channel) {
        this.channel = channel;
    }

    /// Writes a head.
    ///
    /// @param bodyHint octets of the body that will follow at once; room is kept for them
    public void head(HeadWriter head, int bodyHint) {
        int more = Math.min(bodyHint, COPIED_BEHIND) + Chunks.MAX_OPENING + Chunks.CLOSING;
        head.writeTo(room(head.length(), more));
    }

    /// Writes octets as they are.
    public void octets(byte[] octets) {
        room(octets.length, 0).writeBytes(octets);
    }

    /// Takes the next `n` octets of `in` as a piece of a body.
    public void body(ByteBuf in, int n, boolean chunked) {
        if (n <= (open == null ? COPIED_ALONE : COPIED_BEHIND)) {
            ByteBuf out = room(n + Chunks.MAX_OPENING + Chunks.CLOSING, 0);
            if (chunked) {
                Chunks.open(out, n);
            }
            out.writeBytes(in, n);
            if (chunked) {
                Chunks.close(out);
            }
            return;
        }
        if (chunked) {
            Chunks.open(room(Chunks.MAX_OPENING, 0), n);
        }
        push();
        written = true;
        channel.write(in.readRetainedSlice(n), channel.voidPromise());
        if (chunked) {
            Chunks.close(room(Chunks.CLOSING, 0));
        }
    }

    /// Ends a chunked body.
    public void end(@Nullable Trailers trailers, HeadWriter scratch) {
        if (trailers == null) {
            Chunks.end(room(8, 0), null, scratch);
        } else {
            Chunks.end(room(GATHER, 0), trailers, scratch);
        }
    }

    /// Hands everything to the kernel.
    public void flush() {
        push();
        if (written) {
            written = false;
            channel.flush();
        }
    }

    /// Whether something waits for [#flush].
    public boolean isPending() {
        return written || open != null;
    }

    /// Forgets what was not handed over: the connection is gone.
    public void drop() {
        ByteBuf buffer = open;
        open = null;
        if (buffer != null) {
            buffer.release();
        }
    }

    private ByteBuf room(int needed, int more) {
        ByteBuf buffer = open;
        if (buffer != null && buffer.maxFastWritableBytes() < needed) {
            push();
            buffer = null;
        }
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(Math.max(needed + more, 256));
            open = buffer;
        }
        return buffer;
    }

    private void push() {
        ByteBuf buffer = open;
        if (buffer != null) {
            open = null;
            written = true;
            channel.write(buffer, channel.voidPromise());
        }
    }
}
