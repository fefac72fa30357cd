package dev.gatehouse.engine.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// Cuts what a connection brings into frames (RFC 9113 §4.1). Data is passed on as it comes; any other frame
/// is held until it is whole.
final class FrameReader {
    private enum State {
        PREFACE,
        HEADER,
        PAYLOAD,
        PAD_LENGTH,
        DATA,
        PADDING
    }

    private final ByteBufAllocator allocator;
    private final FrameReceiver receiver;

    private State state;
    private int preface;
    private int type;
    private int flags;
    private int stream;
    private int remaining;
    private int padding;

    /// The beginning of what is needed next.
    private @Nullable ByteBuf held;

    private boolean busy;
    private boolean closed;

    /// @param expectsPreface whether the peer is a client
    FrameReader(ByteBufAllocator allocator, FrameReceiver receiver, boolean expectsPreface) {
        this.allocator = allocator;
        this.receiver = receiver;
        this.state = expectsPreface ? State.PREFACE : State.HEADER;
    }

    /// Whether the preface or a frame other than DATA has begun and not ended.
    boolean isWithinFrame() {
        return state == State.PREFACE || state == State.PAYLOAD || held != null;
    }

    /// Takes the next octets, which are given away.
    void bring(ByteBuf in) {
        busy = true;
        try {
            ByteBuf first = held;
            if (first != null) {
                first.writeBytes(in, Math.min(needed() - first.readableBytes(), in.readableBytes()));
                if (first.readableBytes() < needed()) {
                    return;
                }
                held = null;
                try {
                    work(first);
                } finally {
                    first.release();
                }
            }
            work(in);
            if (in.isReadable() && wantsMore()) {
                held = allocator.directBuffer(needed()).writeBytes(in);
            }
        } finally {
            busy = false;
            in.release();
            if (closed) {
                drop();
            }
        }
    }

    /// Nothing that still comes is looked at.
    void close() {
        closed = true;
        if (!busy) {
            drop();
        }
    }

    private void drop() {
        ByteBuf rest = held;
        held = null;
        if (rest != null) {
            rest.release();
        }
    }

    private boolean wantsMore() {
        return !closed && receiver.isOpen();
    }

    /// How many octets have to be there before anything can be done.
    private int needed() {
        return switch (state) {
            case HEADER -> Frame.HEADER;
            case PAYLOAD -> remaining;
            case PREFACE, PAD_LENGTH, DATA, PADDING -> 1;
        };
    }

    private void work(ByteBuf in) {
        while (wantsMore() && (in.readableBytes() >= needed())) {
            switch (state) {
                case PREFACE -> readPreface(in);
                case HEADER -> readHeader(in);
                case PAYLOAD -> readPayload(in);
                case PAD_LENGTH -> readPadLength(in);
                case DATA -> readData(in);
                case PADDING -> readPadding(in);
            }
        }
    }

    private void readPreface(ByteBuf in) {
        while (in.isReadable() && preface < Frame.PREFACE.length) {
            if (in.readByte() != Frame.PREFACE[preface++]) {
                receiver.broken(Http2Error.PROTOCOL_ERROR, "not the preface of HTTP/2");
                return;
            }
        }
        if (preface == Frame.PREFACE.length) {
            state = State.HEADER;
        }
    }

    private void readHeader(ByteBuf in) {
        remaining = in.readUnsignedMedium();
        type = in.readByte() & 0xff;
        flags = in.readByte() & 0xff;
        stream = in.readInt() & Integer.MAX_VALUE;
        if (remaining > Frame.MAX_PAYLOAD) {
            receiver.broken(Http2Error.FRAME_SIZE_ERROR, "a frame of " + remaining + " octets");
            return;
        }
        if (type != Frame.DATA) {
            state = State.PAYLOAD;
            if (remaining == 0) {
                readPayload(in);
            }
            return;
        }
        padding = 0;
        receiver.dataBegins(stream, flags, remaining);
        if ((flags & Frame.PADDED) == 0) {
            state = State.DATA;
            endIfOver();
        } else if (remaining == 0) {
            receiver.broken(Http2Error.FRAME_SIZE_ERROR, "padding without a length");
        } else {
            state = State.PAD_LENGTH;
        }
    }

    private void readPayload(ByteBuf in) {
        int next = in.readerIndex() + remaining;
        state = State.HEADER;
        receiver.frame(type, flags, stream, in, remaining);
        in.readerIndex(next);
    }

    private void readPadLength(ByteBuf in) {
        padding = in.readByte() & 0xff;
        remaining--;
        if (padding > remaining) {
            receiver.broken(Http2Error.PROTOCOL_ERROR, "more padding than frame");
            return;
        }
        receiver.padding(padding + 1);
        remaining -= padding;
        state = State.DATA;
        endIfOver();
    }

    private void readData(ByteBuf in) {
        int n = Math.min(remaining, in.readableBytes());
        remaining -= n;
        receiver.data(in, n);
        endIfOver();
    }

    private void readPadding(ByteBuf in) {
        int n = Math.min(padding, in.readableBytes());
        in.skipBytes(n);
        padding -= n;
        endIfOver();
    }

    private void endIfOver() {
        if (remaining > 0) {
            return;
        }
        if (padding > 0) {
            state = State.PADDING;
            return;
        }
        state = State.HEADER;
        if (wantsMore()) {
            receiver.dataEnds(flags);
        }
    }
}
