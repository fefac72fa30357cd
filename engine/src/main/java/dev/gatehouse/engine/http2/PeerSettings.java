package dev.gatehouse.engine.http2;

import io.netty.buffer.ByteBuf;

/// What the peer has said in its SETTINGS (RFC 9113 §6.5.2), the defaults until then. Its largest frame is of no
/// interest: ours are never larger than what everybody takes.
final class PeerSettings {
    int headerTable = 4096;
    int maxStreams = Integer.MAX_VALUE;
    int streamWindow = Frame.DEFAULT_WINDOW;
    boolean extendedConnect;

    /// Whether it has sent any, as it has to at once.
    boolean arrived;

    /// Reads the payload of a frame.
    ///
    /// @param fromServer whether the peer is one
    /// @return what is wrong with it, or NO_ERROR
    Http2Error read(ByteBuf in, int length, boolean fromServer) {
        arrived = true;
        for (int i = 0; i < length; i += 6) {
            Http2Error error = read(in.readUnsignedShort(), in.readUnsignedInt(), fromServer);
            if (error != Http2Error.NO_ERROR) {
                return error;
            }
        }
        return Http2Error.NO_ERROR;
    }

    private Http2Error read(int which, long value, boolean fromServer) {
        boolean allowed = true;
        switch (which) {
            case Frame.HEADER_TABLE_SIZE -> headerTable = clamp(value);
            case Frame.MAX_CONCURRENT_STREAMS -> maxStreams = clamp(value);
            case Frame.INITIAL_WINDOW_SIZE -> {
                if (value > Frame.MAX_WINDOW) {
                    return Http2Error.FLOW_CONTROL_ERROR;
                }
                streamWindow = (int) value;
            }
            case Frame.ENABLE_PUSH -> allowed = value == 0 || (value == 1 && !fromServer);
            case Frame.MAX_FRAME_SIZE -> allowed = value >= Frame.MAX_PAYLOAD && value < 1 << 24;
            case Frame.ENABLE_CONNECT_PROTOCOL -> {
                // Once offered, it is not taken back (RFC 8441 §3).
                allowed = value == 1 || (value == 0 && !extendedConnect);
                extendedConnect = value == 1;
            }
            default -> {}
        }
        return allowed ? Http2Error.NO_ERROR : Http2Error.PROTOCOL_ERROR;
    }

    private static int clamp(long value) {
        return (int) Math.min(value, Integer.MAX_VALUE);
    }
}
