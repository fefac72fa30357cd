package dev.gatehouse.it.http2;

import dev.gatehouse.it.http2.FrameClient.Frame;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A body that is sent as the gateway's windows allow.
final class Upload {
    private static final int PIECE = 16384;

    private final FrameClient client;
    private final int stream;
    private final int size;
    private int sent;
    private long streamWindow = 65535;
    private long connectionWindow = 65535;

    Upload(FrameClient client, int stream, int size) {
        this.client = client;
        this.stream = stream;
        this.size = size;
    }

    /// Sends until a second passes without a window being opened.
    ///
    /// @return how much went out
    int untilNothingOpensTheWindow() {
        client.patience(1000);
        try {
            toTheEnd();
        } catch (UncheckedIOException e) {
            // Nothing came: the windows stay closed.
        }
        client.patience(10_000);
        return sent;
    }

    void toTheEnd() {
        while (sent < size) {
            int n = (int) Math.min(Math.min(PIECE, size - sent), Math.min(streamWindow, connectionWindow));
            if (n > 0) {
                sent += n;
                client.send(FrameClient.DATA, sent == size ? FrameClient.END_STREAM : 0, stream, new byte[n]);
                streamWindow -= n;
                connectionWindow -= n;
            } else {
                hear(client.read());
            }
        }
    }

    private void hear(@Nullable Frame frame) {
        if (frame != null && frame.type() == FrameClient.WINDOW_UPDATE) {
            int more = ByteBuffer.wrap(frame.payload()).getInt();
            if (frame.stream() == 0) {
                connectionWindow += more;
            } else {
                streamWindow += more;
            }
        }
    }
}
