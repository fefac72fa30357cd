package dev.gatehouse.it.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A service that says yes to every WebSocket and sends back what it gets, each frame at once; a Close frame too, and
/// then it closes. A virtual thread for each connection.
public final class EchoService implements AutoCloseable {
    private final ServerSocket listening;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Frame> closes = new LinkedBlockingQueue<>();
    private final AtomicInteger unmasked = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final boolean remembers;
    private volatile String more = "";

    private EchoService(boolean remembers) throws IOException {
        this.remembers = remembers;
        listening = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public static EchoService start() {
        return start(true);
    }

    /// @param remembers whether it keeps what it was sent; not wanted for ten thousand
    static EchoService start(boolean remembers) {
        try {
            return new EchoService(remembers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What its answers have beside the usual.
    ///
    /// @param lines of a head, each with its end
    EchoService answering(String lines) {
        more = lines;
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /// The heads it was sent, in order.
    List<String> heads() {
        return heads;
    }

    /// Connections it has had.
    int connections() {
        return connections.get();
    }

    /// Frames that came without a mask.
    int unmasked() {
        return unmasked.get();
    }

    /// The next Close frame somebody sent it.
    Frame awaitClose() {
        try {
            Frame close = closes.poll(10, TimeUnit.SECONDS);
            if (close == null) {
                throw new AssertionError("no Close frame came");
            }
            return close;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Whether nobody has sent a Close frame.
    boolean heardNoClose() {
        return closes.isEmpty();
    }

    /// Sends octets over the only connection there is.
    void send(byte[] octets) {
        await().until(() -> open.size() == 1);
        try {
            open.getFirst().getOutputStream().write(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 512));
            String head = Handshake.readHead(in);
            if (remembers) {
                heads.add(head);
            }
            if (Handshake.field(head, "Upgrade").isEmpty()) {
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nplain".getBytes(ISO_8859_1));
                return;
            }
            socket.getOutputStream()
                    .write(Handshake.answer(Handshake.field(head, "Sec-WebSocket-Key"), more)
                            .getBytes(ISO_8859_1));
            if (remembers) {
                open.add(socket);
            }
            echo(socket, in);
        } catch (IOException e) {
            // The other side is gone.
        } finally {
            open.remove(socket);
        }
    }

    private void echo(Socket socket, DataInputStream in) throws IOException {
        for (Frame frame = next(in); frame != null; frame = next(in)) {
            if (!frame.masked()) {
                unmasked.incrementAndGet();
            }
            if (frame.opcode() == Frame.CLOSE) {
                closes.add(frame);
            }
            socket.getOutputStream().write(frame.masked(false).octets());
            if (frame.opcode() == Frame.CLOSE) {
                return;
            }
        }
    }

    private static @Nullable Frame next(DataInputStream in) throws IOException {
        return Frame.read(in);
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
