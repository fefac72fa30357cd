package dev.gatehouse.it.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A client of HTTP/2 down to single frames: it sends exactly what it is told, well-formed or not, and answers
/// only SETTINGS by itself. Blocking, for one test thread; a read waits 10 s for the next octet.
final class FrameClient implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder fields = new DefaultHttp2HeadersDecoder(false, 1 << 20);

    /// One frame.
    ///
    /// @param headers what a header block says; empty for other frames
    record Frame(int type, int flags, int stream, byte[] payload, Map<String, String> headers) {
        boolean ends() {
            return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
        }

        /// The error of a reset.
        int error() {
            assertThat(type).as("a frame of type %d", type).isEqualTo(RST_STREAM);
            return ByteBuffer.wrap(payload).getInt();
        }
    }

    /// What became of a stream.
    ///
    /// @param reset the error it was reset with; null when it ended as it should
    record Answer(
            Map<String, String> head,
            String body,
            Map<String, String> trailers,
            @Nullable Integer reset) {
        int status() {
            return Integer.parseInt(head.getOrDefault(":status", "0"));
        }
    }

    private FrameClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        this.out = socket.getOutputStream();
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 << 10));
    }

    /// Connects and opens with these settings, as identifiers and values.
    static FrameClient connect(int port, int... settings) {
        return connect(new Socket(), port, settings);
    }

    static FrameClient connect(Socket socket, int port, int... settings) {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
            FrameClient client = new FrameClient(socket);
            client.raw(PREFACE.getBytes(ISO_8859_1));
            ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
            for (int i = 0; i < settings.length; i += 2) {
                payload.putShort((short) settings[i]).putInt(settings[i + 1]);
            }
            return client.send(SETTINGS, 0, 0, payload.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ── sending
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    void raw(byte[] octets) {
        try {
            out.write(octets);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FrameClient send(int type, int flags, int stream, byte[] payload) {
        raw(frame(type, flags, stream, payload));
        return this;
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /// The same frame again and again, in one piece.
    FrameClient send(int times, byte[] frame) {
        ByteBuffer all = ByteBuffer.allocate(times * frame.length);
        for (int i = 0; i < times; i++) {
            all.put(frame);
        }
        raw(all.array());
        return this;
    }

    /// A head from names and values in turn.
    FrameClient headers(int stream, boolean end, String... namesAndValues) {
        return send(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(namesAndValues));
    }

    FrameClient get(int stream, String path) {
        return headers(stream, true, request("GET", path));
    }

    /// The fields of a request, with more behind them.
    static String[] request(String method, String path, String... more) {
        String[] all = {":method", method, ":scheme", "http", ":authority", "shop.example", ":path", path};
        String[] both = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, both, all.length, more.length);
        return both;
    }

    FrameClient data(int stream, boolean end, String octets) {
        return send(DATA, end ? END_STREAM : 0, stream, octets.getBytes(ISO_8859_1));
    }

    FrameClient reset(int stream) {
        return send(RST_STREAM, 0, stream, integer(8));
    }

    FrameClient window(int stream, int more) {
        return send(WINDOW_UPDATE, 0, stream, integer(more));
    }

    static byte[] integer(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /// Literal fields, without compression: any octets may stand in them.
    static byte[] block(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            string(block, namesAndValues[i]);
            string(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream out, String text) {
        int length = text.length();
        if (length < 127) {
            out.write(length);
        } else {
            out.write(127);
            int rest = length - 127;
            while (rest >= 128) {
                out.write(rest | 128);
                rest >>>= 7;
            }
            out.write(rest);
        }
        out.writeBytes(text.getBytes(ISO_8859_1));
    }

    /// How long a read waits for the next octet.
    void patience(int millis) {
        try {
            socket.setSoTimeout(millis);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ── reading
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// The next frame; null when the connection has ended.
    @Nullable
    Frame read() {
        try {
            int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            Map<String, String> headers = new LinkedHashMap<>();
            if (type == HEADERS) {
                Http2Headers block = fields.decodeHeaders(stream, Unpooled.wrappedBuffer(payload));
                block.forEach(field -> headers.merge(
                        field.getKey().toString(), field.getValue().toString(), (a, b) -> a + "|" + b));
            } else if (type == SETTINGS && (flags & ACK) == 0) {
                send(SETTINGS, ACK, 0, new byte[0]);
            }
            return new Frame(type, flags, stream, payload, headers);
        } catch (EOFException e) {
            return null;
        } catch (IOException e) {
            if (e instanceof SocketTimeoutException) {
                throw new UncheckedIOException("nothing came", e);
            }
            return null;
        } catch (UncheckedIOException e) {
            return null;
        } catch (Http2Exception e) {
            throw new AssertionError(e);
        }
    }

    /// The next frame of this type on this stream; what comes before it is passed over.
    Frame await(int type, int stream) {
        for (Frame frame = read(); frame != null; frame = read()) {
            if (frame.type == type && frame.stream == stream && !(type == SETTINGS && (frame.flags & ACK) != 0)) {
                return frame;
            }
        }
        throw new AssertionError("the connection has ended without a frame of type " + type);
    }

    /// Reads until this stream has ended, and gives back the windows that its data takes.
    Answer answer(int stream) {
        Map<String, String> head = Map.of();
        Map<String, String> trailers = Map.of();
        StringBuilder body = new StringBuilder();
        for (Frame frame = read(); frame != null; frame = read()) {
            if (frame.type == DATA && frame.payload.length > 0) {
                window(0, frame.payload.length);
            }
            if (frame.stream != stream) {
                continue;
            }
            switch (frame.type) {
                case HEADERS -> {
                    if (head.isEmpty() || head.getOrDefault(":status", "").startsWith("1")) {
                        head = frame.headers;
                    } else {
                        trailers = frame.headers;
                    }
                }
                case DATA -> {
                    body.append(new String(frame.payload, ISO_8859_1));
                    if (!frame.ends() && frame.payload.length > 0) {
                        window(stream, frame.payload.length);
                    }
                }
                case RST_STREAM -> {
                    return new Answer(head, body.toString(), trailers, frame.error());
                }
                default -> {}
            }
            if (frame.ends()) {
                return new Answer(head, body.toString(), trailers, null);
            }
        }
        throw new AssertionError("the connection has ended before stream " + stream);
    }

    /// Reads to the end of the connection.
    ///
    /// @return the error of the GOAWAY before it
    int goAway() {
        int error = -1;
        for (Frame frame = read(); frame != null; frame = read()) {
            if (frame.type == GOAWAY) {
                error = ByteBuffer.wrap(frame.payload).getInt(4);
            }
        }
        return error;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
