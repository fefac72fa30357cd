package dev.gatehouse.it.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// A WebSocket client that does what a test tells it. A wait takes half a minute at most.
final class Client implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final String answer;
    private boolean saidGoodbye;

    private Client(int port, String request) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 512));
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        answer = Handshake.readHead(in);
    }

    static Client open(int port) {
        return open(port, "/chat", "");
    }

    /// @param more lines of the request's head, each with its end
    static Client open(int port, String path, String more) {
        return ask(port, Handshake.request(path, more));
    }

    static Client ask(int port, String request) {
        try {
            return new Client(port, request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The head of the answer.
    String answer() {
        return answer;
    }

    boolean isOpen() {
        return answer.startsWith("HTTP/1.1 101 ");
    }

    Client send(Frame... frames) {
        for (Frame frame : frames) {
            saidGoodbye |= frame.opcode() == Frame.CLOSE;
            sendOctets(frame.octets());
        }
        return this;
    }

    Client sendOctets(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next frame; null when the gateway closed the connection.
    @Nullable
    Frame read() {
        try {
            return Frame.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a text and reads it back.
    String echo(String text) {
        send(Frame.text(text));
        Frame back = read();
        return back == null ? "(closed)" : back.text();
    }

    /// Reads to the Close frame, answers it unless it is the answer to ours (RFC 6455 §5.5.1: nothing is sent
    /// after a Close frame), and reads to the end of the connection.
    ///
    /// @return the Close frame
    Frame readClose() {
        Frame frame = read();
        while (frame != null && frame.opcode() != Frame.CLOSE) {
            frame = read();
        }
        if (frame == null) {
            throw new AssertionError("closed without a Close frame");
        }
        if (!saidGoodbye) {
            send(frame.masked(true));
        }
        Frame after = read();
        if (after != null) {
            throw new AssertionError("a frame after the Close frame: " + after);
        }
        return frame;
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
