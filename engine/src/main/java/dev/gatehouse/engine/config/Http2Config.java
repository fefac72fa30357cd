package dev.gatehouse.engine.config;

import dev.gatehouse.api.config.Setting;
import dev.gatehouse.api.config.Settings;

/// What one client may ask on a connection of HTTP/2 (RFC 9113).
@Settings(name = "listener.http2", value = "What one client may ask on one connection of HTTP/2.")
public record Http2Config(
        @Setting(
                value = "Requests that may be under way at the same time on one connection.",
                byDefault = "100",
                min = "1",
                max = "10000")
        int maxStreams,

        @Setting(
                value = "Bytes of one request's body that may be on their way before the gateway asks for more.",
                byDefault = "64KiB",
                min = "16KiB",
                max = "16MiB")
        int streamWindow,

        @Setting(
                value = "The same for all requests of a connection together.",
                byDefault = "1MiB",
                min = "64KiB",
                max = "64MiB")
        int connectionWindow,

        @Setting(
                value =
                        "Frames without use that a connection may send, in any 10 seconds: resets, pings, settings, empty ones;"
                                + " then it is told to calm down and closed.",
                byDefault = "500",
                min = "50",
                max = "10000")
        int abusiveFrames,

        @Setting(
                value = "Accept extended CONNECT (RFC 8441), by which browsers open WebSockets over HTTP/2.",
                byDefault = "true")
        boolean extendedConnect) {
    public static final Http2Config DEFAULT = new Http2Config(100, 64 << 10, 1 << 20, 500, true);

    public Http2Config {
        Check.between("http2.max_streams", maxStreams, 1, 10_000);
        Check.between("http2.stream_window", streamWindow, 16 << 10, 16 << 20);
        Check.between("http2.connection_window", connectionWindow, 64 << 10, 64 << 20);
        Check.between("http2.abusive_frames", abusiveFrames, 50, 10_000);
    }
}
