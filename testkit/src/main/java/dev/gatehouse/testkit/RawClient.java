package dev.gatehouse.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/// A client down to raw bytes on one connection. It sends exactly what it is told, well-formed or not, and reads
/// answers strictly: an answer that breaks RFC 9112 fails the test. Bytes after an answer stay for the next one, so
/// pipelining works.
///
/// Blocking, for one test thread; a read waits 10 s for the next byte unless told otherwise. Trouble with the
/// socket is an [UncheckedIOException] when sending, and an ending of the answer when reading.
public final class RawClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;
    private final InputStream in;
    private final WireReader wire;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.wire = new WireReader(in);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    /// Connects to that port of 127.0.0.1.
    public static RawClient connect(int port) {
        return connect(port, 0);
    }

    /// Connects with a small SO_RCVBUF (0: the usual one), so that a client that does not read is felt soon.
    public static RawClient connect(int port, int receiveBuffer) {
        Socket socket = new Socket();
        try {
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            return new RawClient(socket);
        } catch (IOException e) {
            closeAfter(e, socket);
            throw new UncheckedIOException("connecting to 127.0.0.1:" + port, e);
        }
    }

    /// Uses a socket connected by the test, such as one with TLS; owns it from here on.
    public static RawClient over(Socket socket) {
        try {
            return new RawClient(socket);
        } catch (IOException e) {
            closeAfter(e, socket);
            throw new UncheckedIOException(e);
        }
    }

    /// One request on a connection of its own.
    public static RawAnswer ask(int port, String rawRequest) {
        try (RawClient client = connect(port)) {
            client.send(rawRequest);
            return rawRequest.startsWith("HEAD ") ? client.readAnswerToHead() : client.readAnswer();
        }
    }

    /// How long a read waits for the next byte.
    public RawClient timeout(Duration time) {
        try {
            socket.setSoTimeout((int) time.toMillis());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The client's own port, as the gateway sees it.
    public int localPort() {
        return socket.getLocalPort();
    }

    /// Sends the text as ISO-8859-1, exactly as it stands.
    public RawClient send(String raw) {
        return sendBytes(raw.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawClient sendBytes(byte[] raw) {
        try {
            socket.getOutputStream().write(raw);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends so many bytes of [BigBody], never holding them in memory.
    public RawClient sendBig(long bytes) {
        try {
            BigBody.write(bytes, socket.getOutputStream());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends the text in pieces of that size with a pause after each.
    public RawClient sendSlowly(String raw, int bytesAtOnce, Duration pause) {
        byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
        for (int sent = 0; sent < bytes.length; sent += bytesAtOnce) {
            sendBytes(Arrays.copyOfRange(bytes, sent, Math.min(bytes.length, sent + bytesAtOnce)));
            rest(pause);
        }
        return this;
    }

    /// Sends so many bytes of [BigBody] beside the test, which can read meanwhile. Gives how many were sent, fewer
    /// when the connection ended before.
    public Future<Long> sendBigInBackground(long bytes) {
        CompletableFuture<Long> sent = new CompletableFuture<>();
        Thread.ofVirtual().name("raw-client-send").start(() -> sent.complete(sendWhileOpen(bytes)));
        return sent;
    }

    /// Reads one whole answer with the 1xx before it.
    public RawAnswer readAnswer() {
        return readAnswer(false);
    }

    /// Reads an answer to a HEAD request: its head, whatever length it announces.
    public RawAnswer readAnswerToHead() {
        return readAnswer(true);
    }

    /// Reads the head of the next answer, which must be a 1xx: such as the 100 a client waits for before its body.
    public RawAnswer readInterim() {
        Reading reading = new Reading();
        Part part = tryRead(reading::head);
        RawAnswer answer = reading.answer(part);
        if (answer.status() / 100 != 1) {
            throw new AssertionError("expected a 1xx answer but got " + answer);
        }
        return answer;
    }

    /// Reads exactly so many bytes.
    public byte[] readBytes(int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Part part = tryRead(() -> wire.copyExactly(count, bytes));
        if (part != Part.WHOLE) {
            throw new AssertionError("expected " + count + " bytes but got " + bytes.size() + " (" + part + ")");
        }
        return bytes.toByteArray();
    }

    /// Reads up to and with the mark, as ISO-8859-1.
    public String readThrough(String mark) {
        try {
            return wire.readThrough(mark);
        } catch (IOException e) {
            throw new AssertionError("expected to read up to '" + mark + "'", e);
        }
    }

    /// Reads up to so many bytes in small pieces with a pause after each: a slow reader. Stops early where the
    /// connection ends.
    public byte[] readSlowly(int count, int bytesAtOnce, Duration pause) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (bytes.size() < count) {
            int next = Math.min(bytesAtOnce, count - bytes.size());
            if (tryRead(() -> bytes.writeBytes(in.readNBytes(next))) != Part.WHOLE || bytes.size() % bytesAtOnce != 0) {
                break;
            }
            rest(pause);
        }
        return bytes.toByteArray();
    }

    /// Reads everything until the connection ends, as it comes over the wire.
    public Rest readToEnd() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Part part = tryRead(() -> wire.copyToEnd(bytes));
        RawAnswer.Ending ending = switch (part) {
            case WHOLE, CUT -> RawAnswer.Ending.END;
            case RESET -> RawAnswer.Ending.RESET;
            case LATE -> RawAnswer.Ending.TIMEOUT;
        };
        return new Rest(bytes.toByteArray(), ending);
    }

    /// What came until the connection ended, and how it ended: `END`, `RESET` or `TIMEOUT`.
    public static final class Rest {
        private final byte[] bytes;
        private final RawAnswer.Ending ending;

        private Rest(byte[] bytes, RawAnswer.Ending ending) {
            this.bytes = bytes;
            this.ending = ending;
        }

        public byte[] bytes() {
            return bytes.clone();
        }

        /// The bytes as ISO-8859-1.
        public String text() {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }

        public RawAnswer.Ending ending() {
            return ending;
        }

        @Override
        public String toString() {
            return ending + " after " + (bytes.length <= 2000 ? "'" + text() + "'" : bytes.length + " bytes");
        }
    }

    /// Closes the sending direction only.
    public RawClient halfClose() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Resets the connection: the other side gets RST.
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RawAnswer readAnswer(boolean toHead) {
        List<RawAnswer> interim = new ArrayList<>();
        while (true) {
            Reading reading = new Reading();
            reading.interim = interim;
            Part part = tryRead(() -> {
                reading.head();
                reading.body(toHead);
            });
            RawAnswer answer = reading.answer(part);
            if (!answer.complete() || answer.status() / 100 != 1 || answer.status() == 101) {
                return answer;
            }
            interim.add(answer);
        }
    }

    /// One answer while it is read, so that what came before a broken end is not lost.
    private final class Reading {
        private String statusLine = "";
        private List<HeaderField> headers = List.of();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private List<HeaderField> trailers = List.of();
        private List<RawAnswer> interim = List.of();

        void head() throws IOException {
            String line = wire.line();
            if (line == null) {
                throw new EOFException("no answer");
            }
            if (!line.matches("HTTP/1\\.[01] [1-9][0-9][0-9] .*")) {
                throw new MalformedMessage("not a status line: " + line);
            }
            headers = WireReader.fields(wire.lines());
            statusLine = line;
        }

        void body(boolean toHead) throws IOException {
            int status = Integer.parseInt(statusLine.substring(9, 12));
            WireReader.Framing framing = WireReader.framing(headers);
            if (toHead || status / 100 == 1 || status == 204 || status == 304) {
                return;
            }
            switch (framing) {
                case WireReader.Framing.Length length -> wire.copyExactly(length.bytes(), body);
                case WireReader.Framing.Chunked _ -> trailers = WireReader.fields(wire.copyChunks(body));
                case WireReader.Framing.Unsaid _ -> wire.copyToEnd(body);
            }
        }

        RawAnswer answer(Part part) {
            RawAnswer.Ending ending = switch (part) {
                case WHOLE -> RawAnswer.Ending.COMPLETE;
                case CUT -> RawAnswer.Ending.END;
                case RESET -> RawAnswer.Ending.RESET;
                case LATE -> RawAnswer.Ending.TIMEOUT;
            };
            return new RawAnswer(statusLine, headers, body.toByteArray(), trailers, interim, ending);
        }
    }

    private enum Part {
        WHOLE,
        CUT,
        RESET,
        LATE
    }

    private interface Read {
        void run() throws IOException;
    }

    private Part tryRead(Read read) {
        try {
            read.run();
            return Part.WHOLE;
        } catch (MalformedMessage e) {
            throw new AssertionError("the answer breaks RFC 9112: " + e.getMessage(), e);
        } catch (EOFException e) {
            return Part.CUT;
        } catch (SocketTimeoutException e) {
            return Part.LATE;
        } catch (IOException e) {
            return Part.RESET;
        }
    }

    private long sendWhileOpen(long bytes) {
        int piece = 16 * 1024;
        byte[] letters = BigBody.first(piece + 26);
        long sent = 0;
        try {
            while (sent < bytes) {
                int next = (int) Math.min(piece, bytes - sent);
                socket.getOutputStream().write(letters, (int) (sent % 26), next);
                sent += next;
            }
        } catch (IOException e) {
            return sent;
        }
        return sent;
    }

    private static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending or reading slowly", e);
        }
    }

    private static void closeAfter(IOException failure, Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
