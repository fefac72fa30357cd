package dev.gatehouse.engine.http2;

import dev.gatehouse.http1.HeadLimits;

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
        HeadLimits heads) {}
