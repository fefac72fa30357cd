package dev.gatehouse.engine.http2;

import dev.gatehouse.http1.HeadWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes the frames of one connection. Small ones gather in one buffer; a large piece of a body goes through
/// as the buffer it came in.
final class FrameWriter {
    /// A piece up to this size is copied: one contiguous write is cheaper than two buffers.
    private static final int COPIED = 8 << 10;

    private static final int FIRST = 2 << 10;
    private static final int GATHER = 16 << 10;

    private final ChannelHandlerContext channel;
    private @Nullable ByteBuf open;
    private boolean written;

    /// Where in [#open] the flags of the last frame stand, if it may still end its stream; else -1.
    private int lastFlags = -1;

    private int lastStream;

    FrameWriter(ChannelHandlerContext channel) {
        this.channel = channel;
    }

    /// Whether the socket takes more for now.
    boolean isWritable() {
        return channel.channel().isWritable();
    }

    void preface() {
        room(Frame.PREFACE.length).writeBytes(Frame.PREFACE);
    }

    /// Writes a header block, in as many frames as it needs.
    void headers(int stream, HeadWriter block, boolean end) {
        int length = block.length();
        int n = Math.min(length, Frame.MAX_PAYLOAD);
        int flags = (end ? Frame.END_STREAM : 0) | (n == length ? Frame.END_HEADERS : 0);
        ByteBuf out = begin(n, Frame.HEADERS, flags, stream);
        if (n == length && !end) {
            mayEnd(out, stream);
        }
        block.writeTo(out, 0, n);
        for (int at = n; at < length; at += n) {
            n = Math.min(length - at, Frame.MAX_PAYLOAD);
            ByteBuf more = begin(n, Frame.CONTINUATION, at + n == length ? Frame.END_HEADERS : 0, stream);
            block.writeTo(more, at, at + n);
        }
    }

    /// Writes the next `n` octets of `in` as one DATA frame.
    void data(int stream, ByteBuf in, int n) {
        if (n <= COPIED) {
            ByteBuf out = begin(n, Frame.DATA, 0, stream);
            mayEnd(out, stream);
            out.writeBytes(in, n);
            return;
        }
        begin(n, Frame.DATA, 0, stream);
        push();
        written = true;
        channel.write(in.readRetainedSlice(n), channel.voidPromise());
    }

    /// Ends a stream: by its last frame, if that has not left yet, else by an empty one.
    void end(int stream) {
        ByteBuf out = open;
        if (out != null && lastFlags >= 0 && lastStream == stream) {
            out.setByte(lastFlags, out.getByte(lastFlags) | Frame.END_STREAM);
            lastFlags = -1;
        } else {
            begin(0, Frame.DATA, Frame.END_STREAM, stream);
        }
    }

    void reset(int stream, Http2Error error) {
        begin(4, Frame.RST_STREAM, 0, stream).writeInt(error.code());
    }

    /// @param pairs of identifier and value
    void settings(int... pairs) {
        ByteBuf out = begin(pairs.length * 3, Frame.SETTINGS, 0, 0);
        for (int i = 0; i < pairs.length; i += 2) {
            out.writeShort(pairs[i]).writeInt(pairs[i + 1]);
        }
    }

    void settingsAck() {
        begin(0, Frame.SETTINGS, Frame.ACK, 0);
    }

    void ping(long content, boolean ack) {
        begin(8, Frame.PING, ack ? Frame.ACK : 0, 0).writeLong(content);
    }

    void windowUpdate(int stream, int octets) {
        begin(4, Frame.WINDOW_UPDATE, 0, stream).writeInt(octets);
    }

    /// @param lastStream the last one of the peer that was, or will be, worked on
    /// @param why for people
    void goAway(int lastStream, Http2Error error, String why) {
        byte[] text = why.getBytes(StandardCharsets.US_ASCII);
        begin(8 + text.length, Frame.GOAWAY, 0, 0)
                .writeInt(lastStream)
                .writeInt(error.code())
                .writeBytes(text);
    }

    /// Hands everything to the kernel.
    void flush() {
        push();
        if (written) {
            written = false;
            channel.flush();
        }
    }

    /// Forgets what was not handed over: the connection is gone.
    void drop() {
        ByteBuf buffer = open;
        open = null;
        lastFlags = -1;
        if (buffer != null) {
            buffer.release();
        }
    }

    private ByteBuf begin(int length, int type, int flags, int stream) {
        ByteBuf out = room(Frame.HEADER + length);
        lastFlags = -1;
        return out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
    }

    private void mayEnd(ByteBuf out, int stream) {
        lastFlags = out.writerIndex() - 5;
        lastStream = stream;
    }

    private ByteBuf room(int needed) {
        ByteBuf buffer = open;
        int size = FIRST;
        if (buffer != null && buffer.maxFastWritableBytes() < needed) {
            push();
            buffer = null;
            size = GATHER;
        }
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(Math.max(needed, size));
            open = buffer;
        }
        return buffer;
    }

    private void push() {
        ByteBuf buffer = open;
        if (buffer != null) {
            open = null;
            lastFlags = -1;
            written = true;
            channel.write(buffer, channel.voidPromise());
        }
    }
}
