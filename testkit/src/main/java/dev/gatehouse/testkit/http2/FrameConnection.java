package dev.gatehouse.testkit.http2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gatehouse.engine.http2.hpack.HpackDecoder;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// One connection of a [FrameService], or of a client of frames: reads and writes frames, and keeps those it has read.
/// SETTINGS and PING are
/// acknowledged as they are read. Its thread is the script's; what it has received may be looked at from any.
public final class FrameConnection implements AutoCloseable {
    private static final int PREFACE = 24;
    private static final String CLIENT_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;

    /// The other side has closed the connection.
    static final class Ended extends EOFException {
        private static final long serialVersionUID = 1L;
    }

    private final Socket socket;
    private final DataInputStream in;
    private final HpackDecoder decoder = new HpackDecoder(4096);
    private final List<ReceivedFrame> received = new CopyOnWriteArrayList<>();

    FrameConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /// All frames so far.
    public List<ReceivedFrame> received() {
        return List.copyOf(received);
    }

    /// All frames of this type so far.
    public List<ReceivedFrame> received(int type) {
        return received.stream().filter(frame -> frame.type() == type).toList();
    }

    // ── opening
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// A client on this socket, which it owns from here on: sends the preface and empty SETTINGS.
    public static FrameConnection client(Socket connected) throws IOException {
        connected.getOutputStream().write(CLIENT_PREFACE.getBytes(ISO_8859_1));
        return new FrameConnection(connected).frame(ReceivedFrame.SETTINGS, 0, 0, new byte[0]);
    }

    /// Reads the client's preface and sends SETTINGS.
    ///
    /// @param settings identifier and value by turns
    public FrameConnection open(int... settings) throws IOException {
        in.readNBytes(PREFACE);
        ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        frame(ReceivedFrame.SETTINGS, 0, 0, payload.array());
        return this;
    }

    // ── reading
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// The next frame.
    public ReceivedFrame read() throws IOException {
        int first = in.read();
        if (first < 0) {
            throw new Ended();
        }
        int length = first << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = in.readNBytes(length);
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        if (type == ReceivedFrame.HEADERS) {
            fields = fields(wholeBlock(payload, flags));
        }
        ReceivedFrame frame = new ReceivedFrame(type, flags, stream, fields, payload);
        received.add(frame);
        if (type == ReceivedFrame.SETTINGS && (flags & ACK) == 0) {
            frame(ReceivedFrame.SETTINGS, ACK, 0, new byte[0]);
        } else if (type == ReceivedFrame.PING && (flags & ACK) == 0) {
            frame(ReceivedFrame.PING, ACK, 0, payload);
        }
        return frame;
    }

    private byte[] wholeBlock(byte[] first, int flags) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(first);
        boolean more = (flags & END_HEADERS) == 0;
        while (more) {
            ReceivedFrame next = read();
            if (next.type() != ReceivedFrame.CONTINUATION) {
                throw new IOException("a header block is interrupted by " + next);
            }
            block.writeBytes(next.payload());
            more = (next.flags() & END_HEADERS) == 0;
        }
        return block.toByteArray();
    }

    private List<Map.Entry<String, String>> fields(byte[] block) throws IOException {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        boolean readable = decoder.decode(
                block,
                0,
                block.length,
                (name, nameStart, nameEnd, value, valueStart, valueEnd) -> fields.add(Map.entry(
                        new String(name, nameStart, nameEnd - nameStart, ISO_8859_1),
                        new String(value, valueStart, valueEnd - valueStart, ISO_8859_1))));
        if (!readable) {
            throw new IOException("a header block that cannot be read");
        }
        return fields;
    }

    /// Reads up to the next frame of this type.
    public ReceivedFrame await(int type) throws IOException {
        ReceivedFrame frame = read();
        while (frame.type() != type) {
            frame = read();
        }
        return frame;
    }

    /// Reads up to the next HEADERS.
    public ReceivedFrame awaitRequest() throws IOException {
        return await(ReceivedFrame.HEADERS);
    }

    /// Answers each request that is whole with 200 and `ok`, until the other side closes.
    public void answerAll() throws IOException {
        while (true) {
            ReceivedFrame frame = read();
            if (frame.endsStream()) {
                answer(frame.stream(), "ok");
            }
        }
    }

    // ── writing
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// 200 and this body.
    public FrameConnection answer(int stream, String body) throws IOException {
        return headers(stream, false, ":status", "200").data(stream, true, body.getBytes(ISO_8859_1));
    }

    /// A header block without any compression.
    ///
    /// @param fields name and value by turns
    public FrameConnection headers(int stream, boolean end, String... fields) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i++) {
            if (i % 2 == 0) {
                // A literal that nobody remembers, with a new name (RFC 7541 §6.2.2).
                block.write(0);
            }
            block.write(fields[i].length());
            block.writeBytes(fields[i].getBytes(ISO_8859_1));
        }
        return frame(ReceivedFrame.HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block.toByteArray());
    }

    public FrameConnection data(int stream, boolean end, byte[] octets) throws IOException {
        return frame(ReceivedFrame.DATA, end ? END_STREAM : 0, stream, octets);
    }

    public FrameConnection reset(int stream, int error) throws IOException {
        return frame(
                ReceivedFrame.RST_STREAM,
                0,
                stream,
                ByteBuffer.allocate(4).putInt(error).array());
    }

    public FrameConnection goAway(int last, int error) throws IOException {
        return frame(
                ReceivedFrame.GOAWAY,
                0,
                0,
                ByteBuffer.allocate(8).putInt(last).putInt(error).array());
    }

    public FrameConnection windowUpdate(int stream, int octets) throws IOException {
        return frame(
                ReceivedFrame.WINDOW_UPDATE,
                0,
                stream,
                ByteBuffer.allocate(4).putInt(octets).array());
    }

    public FrameConnection frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload);
        socket.getOutputStream().write(frame.array());
        return this;
    }

    /// Sends octets as they are.
    public FrameConnection octets(String raw) throws IOException {
        socket.getOutputStream().write(raw.getBytes(ISO_8859_1));
        return this;
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
