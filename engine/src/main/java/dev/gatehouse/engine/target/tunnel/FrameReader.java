package dev.gatehouse.engine.target.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/// Follows the frames of one direction of a WebSocket by their headers (RFC 6455 §5.2): where one ends, and whether it
/// may be passed on. Payloads are skipped, not looked at, but for the code in a Close frame.
///
/// With rules, a header is passed on only once it is whole and found in order, so that what the other side has is
/// always whole frames and perhaps a part of a payload. Without rules everything is passed on at once; what is not
/// WebSocket then ends the following, not the tunnel.
final class FrameReader {
    /// Where octets go on to.
    interface Out {
        /// The next `n` octets of `in`; they are taken.
        void pass(ByteBuf in, int n);
    }

    private static final int LONGEST_HEADER = 14;
    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 0x08;
    private static final int CLOSE = 0x08;
    private static final int LAST_CONTROL = 0x0a;
    private static final int LAST_DATA = 0x02;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int LONGEST_CONTROL = 125;
    private static final int NO_CLOSE = 0;

    private final boolean masked;
    private final @Nullable FrameRules rules;
    private final @Nullable FrameRate rate;
    private final byte[] header = new byte[LONGEST_HEADER];
    private int have;
    private long left;
    private int key;
    private boolean fragmented;
    private long message;
    private boolean lost;
    private boolean failed;
    private long frames;
    private int close = NO_CLOSE;
    private int codeOctets;

    /// @param masked whether this is the direction to the service: its frames are masked, the others are not
    /// @param rules null when frames are only followed
    /// @param now in nanoseconds
    FrameReader(boolean masked, @Nullable FrameRules rules, long now) {
        this.masked = masked;
        this.rules = rules;
        this.rate = rules == null || rules.maxRate() == 0 ? null : new FrameRate(rules.maxRate(), now);
    }

    /// Passes on what may be passed on of the next `n` octets of `in`; all of them are taken.
    ///
    /// @return what is wrong with them; from then on they are only followed, for the Close frame that answers ours
    @Nullable
    CloseReason read(ByteBuf in, int n, Out out, long now) {
        FrameRules held = rules;
        if (held != null && !failed) {
            return inspect(in, n, held, out, now);
        }
        follow(in, in.readerIndex(), in.readerIndex() + n);
        out.pass(in, n);
        return null;
    }

    // ── without rules
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    private void follow(ByteBuf in, int from, int end) {
        int at = from;
        while (at < end && !lost) {
            if (left > 0) {
                at = skip(in, at, end);
            } else {
                header[have++] = in.getByte(at++);
                if (have == headerLength()) {
                    begin();
                }
            }
        }
    }

    // ── with rules
    // ───────────────────────────────────────────────────────────────────────────────────────────────────

    private @Nullable CloseReason inspect(ByteBuf in, int n, FrameRules held, Out out, long now) {
        int at = in.readerIndex();
        int end = at + n;
        int earlier = have;
        while (at < end) {
            if (left > 0) {
                at = skip(in, at, end);
                continue;
            }
            header[have++] = in.getByte(at++);
            if (have < headerLength()) {
                continue;
            }
            CloseReason wrong = judge(held, now);
            if (wrong != null) {
                int fine = at - (have - earlier);
                failed = true;
                begin();
                follow(in, at, end);
                pass(in, fine, end, out);
                return wrong;
            }
            if (earlier > 0) {
                // Its beginning came in an earlier read and was kept back.
                out.pass(Unpooled.copiedBuffer(header, 0, earlier), earlier);
                earlier = 0;
            }
            begin();
        }
        pass(in, end - (have - earlier), end, out);
        return null;
    }

    /// Passes what stands before `to`; what stands between that and `end` is taken for nothing.
    private static void pass(ByteBuf in, int to, int end, Out out) {
        int fine = to - in.readerIndex();
        if (fine > 0) {
            out.pass(in, fine);
        }
        in.readerIndex(end);
    }

    private @Nullable CloseReason judge(FrameRules held, long now) {
        int opcode = header[0] & OPCODE;
        boolean fin = (header[0] & FIN) != 0;
        long length = length();
        if ((header[0] & RESERVED) != 0 && !held.extended()) {
            return CloseReason.RESERVED_BITS;
        }
        if (opcode > LAST_CONTROL || (opcode > LAST_DATA && opcode < CONTROL)) {
            return CloseReason.RESERVED_OPCODE;
        }
        if (isMasked() != masked) {
            return CloseReason.MASKING;
        }
        if (length < shortest()) {
            return CloseReason.LENGTH;
        }
        if (rate != null && !rate.take(now)) {
            return CloseReason.TOO_MANY_FRAMES;
        }
        if (opcode >= CONTROL) {
            boolean halfCode = opcode == CLOSE && length == 1;
            return fin && length <= LONGEST_CONTROL && !halfCode ? null : CloseReason.CONTROL_FRAME;
        }
        if (fragmented != (opcode == 0)) {
            return CloseReason.FRAGMENTS;
        }
        if (length > held.maxFrame()) {
            return CloseReason.FRAME_TOO_LARGE;
        }
        return length > held.maxMessage() - message ? CloseReason.MESSAGE_TOO_LARGE : null;
    }

    /// The least length that is to be written in this form; more than any when its first bit is set.
    private long shortest() {
        return switch (header[1] & LENGTH) {
            case LENGTH_16 -> LENGTH_16;
            case LENGTH_64 -> 1L << 16;
            default -> 0;
        };
    }

    // ── headers and payloads
    // ─────────────────────────────────────────────────────────────────────────────────────────

    private boolean isMasked() {
        return (header[1] & MASKED) != 0;
    }

    /// Octets the header has, as far as can be told from what is there of it.
    private int headerLength() {
        if (have < 2) {
            return LONGEST_HEADER;
        }
        int more = switch (header[1] & LENGTH) {
            case LENGTH_16 -> 2;
            case LENGTH_64 -> 8;
            default -> 0;
        };
        return 2 + more + (isMasked() ? 4 : 0);
    }

    /// Negative when its first bit is set, which it must not be.
    private long length() {
        int length = header[1] & LENGTH;
        int octets = length == LENGTH_16 ? 2 : length == LENGTH_64 ? 8 : 0;
        if (octets == 0) {
            return length;
        }
        long value = 0;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | header[2 + i] & 0xff;
        }
        return value;
    }

    /// The header is whole; its frame begins.
    private void begin() {
        int opcode = header[0] & OPCODE;
        left = length();
        lost = left < 0 || opcode > LAST_CONTROL || (opcode > LAST_DATA && opcode < CONTROL) || isMasked() != masked;
        if (lost) {
            return;
        }
        key = 0;
        if (masked) {
            for (int i = have - 4; i < have; i++) {
                key = key << 8 | header[i] & 0xff;
            }
        }
        have = 0;
        if (!failed) {
            frames++;
        }
        if (opcode < CONTROL) {
            fragmented = (header[0] & FIN) == 0;
            message = fragmented ? message + left : 0;
        } else if (opcode == CLOSE && close == NO_CLOSE) {
            close = left < 2 ? CloseCode.NONE : NO_CLOSE;
            codeOctets = left < 2 ? 0 : 2;
        }
    }

    private int skip(ByteBuf in, int from, int end) {
        int at = from;
        while (codeOctets > 0 && at < end) {
            int place = 2 - codeOctets--;
            close = close << 8 | (in.getByte(at++) ^ (masked ? octetOf(key, place) : 0)) & 0xff;
            left--;
        }
        int step = (int) Math.min(left, end - at);
        left -= step;
        return at + step;
    }

    /// The octet of a masking key that `place` of a payload meets.
    static byte octetOf(int key, int place) {
        return (byte) (key >>> 24 - 8 * (place & 3));
    }

    // ── what was seen
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    /// Whether a frame of the gateway's own may follow what was passed on.
    boolean isBetweenFrames() {
        return failed || !lost && left == 0 && (have == 0 || rules != null);
    }

    /// Whether something was passed on that is no frame of this direction.
    boolean isLost() {
        return lost && !failed;
    }

    /// Whether a Close frame would not be found any more.
    boolean isDeaf() {
        return lost;
    }

    /// How many frames were passed on, the last one perhaps in part.
    long frames() {
        return frames;
    }

    /// Whether the last there is has been passed on: a Close frame.
    boolean isClosed() {
        return close != NO_CLOSE && codeOctets == 0 && left == 0;
    }

    /// The code in the Close frame, [CloseCode#NONE] when it had none; 0 while there was no such frame.
    int closeCode() {
        return codeOctets == 0 ? close : NO_CLOSE;
    }
}
