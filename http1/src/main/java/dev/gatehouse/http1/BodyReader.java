package dev.gatehouse.http1;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/// Finds the body's octets, and its end, in what the socket brings (RFC 9112 §6, §7). Holds no buffer and copies
/// nothing: it says how many of the next octets are body, and the caller takes them.
///
/// Chunked framing is read strictly: hexadecimal digits, an optional `;extension`, CR LF, nothing else; extensions
/// are dropped and bounded, because reading them costs without bringing the body forward.
public final class BodyReader {
    /// [#next] wants more octets.
    public static final int NEED_MORE = -1;

    /// [#next] has seen the body's end; what follows in the buffer belongs to the next message.
    public static final int END = -2;

    /// [#next] has found the framing broken: see [#fault].
    public static final int BROKEN = -3;

    private static final int MAX_SIZE_DIGITS = 15;
    private static final int MAX_EXTENSIONS = 16 << 10;
    private static final int MAX_EXTENSION = 1 << 10;

    private enum State {
        LENGTH,
        UNTIL_CLOSE,
        SIZE_FIRST,
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        ENDED,
        BROKEN
    }

    private State state = State.ENDED;
    private long remaining;
    private int digits;
    private int extension;
    private int extensions;
    private @Nullable Trailers trailers;
    private boolean hasTrailers;
    private @Nullable HeadFault fault;

    /// No body: it has ended already.
    public void startEmpty() {
        start(State.ENDED, 0);
    }

    /// A body of exactly `length` octets.
    public void startLength(long length) {
        start(length == 0 ? State.ENDED : State.LENGTH, length);
    }

    /// A chunked body.
    public void startChunked() {
        start(State.SIZE_FIRST, 0);
    }

    /// A body that ends with the connection; only answers may have it.
    public void startUntilClose() {
        start(State.UNTIL_CLOSE, 0);
    }

    /// The body of an answer, as its head frames it (RFC 9112 §6.3): of no octets, chunked, of a length, or to the
    /// end of the connection.
    ///
    /// @param toHead whether it answers HEAD
    /// @return whether another message can follow it: not so when nothing but the end of the connection ends it
    public boolean startAnswer(ParsedResponse head, boolean toHead) {
        if (!head.hasBody(toHead)) {
            startEmpty();
        } else if (head.isChunked()) {
            startChunked();
        } else if (head.contentLength() > 0) {
            startLength(head.contentLength());
        } else {
            startUntilClose();
            return false;
        }
        return true;
    }

    private void start(State first, long length) {
        state = first;
        remaining = length;
        extensions = 0;
        hasTrailers = false;
        fault = null;
    }

    /// How many of the next octets of `in` are body data (the caller takes exactly those before it asks again), or
    /// [#NEED_MORE], [#END] or [#BROKEN]. Octets of the framing are skipped in `in`.
    public int next(ByteBuf in) {
        while (true) {
            switch (state) {
                case LENGTH -> {
                    if (remaining == 0) {
                        state = State.ENDED;
                        return END;
                    }
                    return data(in);
                }
                case UNTIL_CLOSE -> {
                    return in.isReadable() ? in.readableBytes() : NEED_MORE;
                }
                case DATA -> {
                    if (remaining > 0) {
                        return data(in);
                    }
                    state = State.DATA_CR;
                }
                case TRAILERS -> {
                    return trailers(in);
                }
                case ENDED -> {
                    return END;
                }
                case BROKEN -> {
                    return BROKEN;
                }
                default -> {
                    if (!in.isReadable()) {
                        return NEED_MORE;
                    }
                    if (!framing(in.readByte())) {
                        return broken(HeadFault.CHUNK_INVALID);
                    }
                }
            }
        }
    }

    private int data(ByteBuf in) {
        int n = (int) Math.min(remaining, in.readableBytes());
        if (n == 0) {
            return NEED_MORE;
        }
        remaining -= n;
        return n;
    }

    private boolean framing(byte b) {
        return switch (state) {
            case SIZE_FIRST -> {
                remaining = Octets.HEX[b & 0xff];
                digits = 1;
                state = State.SIZE;
                yield remaining >= 0;
            }
            case SIZE -> {
                int digit = Octets.HEX[b & 0xff];
                if (digit >= 0) {
                    remaining = remaining * 16 + digit;
                    yield ++digits <= MAX_SIZE_DIGITS;
                }
                extension = 0;
                state = b == ';' ? State.EXTENSION : State.SIZE_LF;
                yield b == ';' || b == Octets.CR;
            }
            case EXTENSION -> {
                if (b == Octets.CR) {
                    state = State.SIZE_LF;
                    yield true;
                }
                boolean allowed = !Octets.isControl(b) || b == '\t';
                yield allowed && ++extension <= MAX_EXTENSION && ++extensions <= MAX_EXTENSIONS;
            }
            case SIZE_LF -> {
                state = remaining == 0 ? State.TRAILERS : State.DATA;
                yield b == Octets.LF;
            }
            case DATA_CR -> {
                state = State.DATA_LF;
                yield b == Octets.CR;
            }
            case DATA_LF -> {
                state = State.SIZE_FIRST;
                yield b == Octets.LF;
            }
            default -> throw new IllegalStateException(state.name());
        };
    }

    private int trailers(ByteBuf in) {
        Trailers block = trailers;
        if (block == null) {
            block = new Trailers();
            trailers = block;
        }
        if (!hasTrailers) {
            block.reset();
            hasTrailers = true;
        }
        return switch (block.parse(in)) {
            case INCOMPLETE -> NEED_MORE;
            case COMPLETE -> {
                hasTrailers = !block.isEmpty();
                state = State.ENDED;
                yield END;
            }
            case REFUSED -> {
                HeadFault why = block.fault();
                yield broken(why == null ? HeadFault.CHUNK_INVALID : why);
            }
        };
    }

    private int broken(HeadFault why) {
        fault = why;
        state = State.BROKEN;
        return BROKEN;
    }

    /// Whether the whole body has been seen.
    public boolean ended() {
        return state == State.ENDED || (state == State.LENGTH && remaining == 0);
    }

    /// Told that the connection has ended: whether that ends the body, rather than cutting it off.
    public boolean endsWithConnection() {
        if (state == State.UNTIL_CLOSE) {
            state = State.ENDED;
        }
        return ended();
    }

    /// The octets still to come of a body of known length; -1 when that is not known.
    public long remaining() {
        return state == State.ENDED ? 0 : state == State.LENGTH ? remaining : -1;
    }

    /// The trailer section after END, or null when there was none. Valid until the next body starts.
    public @Nullable Trailers trailers() {
        return hasTrailers ? trailers : null;
    }

    public @Nullable HeadFault fault() {
        return fault;
    }
}
