package dev.gatehouse.engine.http2;

import dev.gatehouse.http1.HeadLimits;
import java.util.Arrays;

/// What we let a peer do on a connection.
///
/// @param maxStreams streams it may have open at the same time
/// @param streamWindow octets of one stream that may be on their way to us
/// @param connectionWindow the same for all streams together
/// @param abusiveFrames frames without use in any 10 seconds
/// @param extendedConnect whether `CONNECT` with a `:protocol` is taken (RFC 8441)
/// @param heads how large a head may be
public record Http2Limits(
        int maxStreams,
        int streamWindow,
        int connectionWindow,
        int abusiveFrames,
        boolean extendedConnect,
        HeadLimits heads) {
    /// What the peer is told of it: identifiers and values in turn (RFC 9113 §6.5.2).
    ///
    /// @param client whether we are
    int[] settings(boolean client) {
        int[] role = client
                ? new int[] {Frame.ENABLE_PUSH, 0}
                : extendedConnect
                        ? new int[] {Frame.MAX_CONCURRENT_STREAMS, maxStreams, Frame.ENABLE_CONNECT_PROTOCOL, 1}
                        : new int[] {Frame.MAX_CONCURRENT_STREAMS, maxStreams};
        int[] settings = Arrays.copyOf(role, role.length + 4);
        settings[role.length] = Frame.INITIAL_WINDOW_SIZE;
        settings[role.length + 1] = streamWindow;
        settings[role.length + 2] = Frame.MAX_HEADER_LIST_SIZE;
        settings[role.length + 3] = heads.head();
        return settings;
    }
}
