package dev.gatehouse.it.http2;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.IntFunction;

/// What a client may keep a server busy with for nothing: some thousand frames of each kind, made once.
enum Flood {
    PINGS(frame(FrameClient.PING, 0, new byte[8])),
    SETTINGS(frame(FrameClient.SETTINGS, 0)),
    PRIORITIES(frame(FrameClient.PRIORITY, 1, new byte[] {0, 0, 0, 3, 1})),
    UNKNOWN_FRAMES(frame(77, 0)),
    WINDOWS_IN_CRUMBS(frame(FrameClient.WINDOW_UPDATE, 0, FrameClient.integer(1))),
    EMPTY_DATA(head(1, FrameClient.END_HEADERS, "POST"), frame(FrameClient.DATA, 1)),

    /// CVE-2024-27316.
    SMALL_CONTINUATIONS(head(1, 0, "GET"), frame(FrameClient.CONTINUATION, 1)),
    LARGE_CONTINUATIONS(
            head(1, 0, "GET"), frame(FrameClient.CONTINUATION, 1, FrameClient.block("x-a", "b".repeat(16_000)))),

    /// CVE-2023-44487.
    RAPID_RESETS(Flood::reset),

    /// CVE-2025-8671.
    RESETS_PROVOKED_OF_US(stream -> join(
            head(stream, FrameClient.END_HEADERS, "POST"),
            frame(FrameClient.WINDOW_UPDATE, stream, FrameClient.integer(0)))),

    MALFORMED_HEADS(
            stream -> head(stream, FrameClient.END_HEADERS | FrameClient.END_STREAM, "GET", "connection", "close"));

    private final byte[] octets;

    /// The same frame a thousand times.
    Flood(byte[] frame) {
        this(new byte[0], frame);
    }

    /// The same frame a thousand times, after another.
    Flood(byte[] first, byte[] frame) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        for (int i = 0; i < 1000; i++) {
            all.writeBytes(frame);
        }
        octets = all.toByteArray();
    }

    /// The same on a thousand streams.
    Flood(IntFunction<byte[]> ofStream) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int stream = 1; stream < 2000; stream += 2) {
            all.writeBytes(ofStream.apply(stream));
        }
        octets = all.toByteArray();
    }

    /// A request that is given up at once.
    static byte[] reset(int stream) {
        return join(
                head(stream, FrameClient.END_HEADERS | FrameClient.END_STREAM, "GET"),
                frame(FrameClient.RST_STREAM, stream, FrameClient.integer(8)));
    }

    private static byte[] frame(int type, int stream, byte... payload) {
        return FrameClient.frame(type, 0, stream, payload);
    }

    private static byte[] head(int stream, int flags, String method, String... fields) {
        return FrameClient.frame(
                FrameClient.HEADERS, flags, stream, FrameClient.block(FrameClient.request(method, "/", fields)));
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }

    /// Sends it all, or as much as the gateway takes before it closes.
    void by(FrameClient client) {
        try {
            client.raw(octets);
        } catch (UncheckedIOException e) {
            // The gateway has closed: that was the point.
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
