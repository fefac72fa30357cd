package dev.gatehouse.it.sse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A service whose answers the test writes, piece by piece, when it wants: one request on each connection.
final class EventService implements AutoCloseable {
    private final ServerSocket listener;
    private final LinkedBlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final List<Asked> all = new CopyOnWriteArrayList<>();

    /// A request whose head has come.
    static final class Asked implements AutoCloseable {
        private final Socket socket;
        private final String path;

        private Asked(Socket socket, String path) {
            this.socket = socket;
            this.path = path;
        }

        String path() {
            return path;
        }

        /// Begins a stream of events, in chunks.
        Asked stream() {
            return write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n");
        }

        /// One event, in a chunk of its own.
        Asked event(String data) {
            String event = "data: " + data + "\n\n";
            return write(Integer.toHexString(event.length()) + "\r\n" + event + "\r\n");
        }

        Asked endStream() {
            return write("0\r\n\r\n");
        }

        /// A whole answer.
        Asked answer(String type, String body) {
            return write("HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nConnection: close\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body);
        }

        private Asked write(String text) {
            try {
                socket.getOutputStream().write(text.getBytes(ISO_8859_1));
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Reads the next octets of the request, to the end of that many.
        void read(int octets) {
            try {
                if (socket.getInputStream().readNBytes(octets).length < octets) {
                    throw new AssertionError("the request ended early");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// Waits until the other side has closed or reset the connection.
        ///
        /// @return how long that took, in milliseconds
        long awaitEnd() {
            long start = System.nanoTime();
            try {
                socket.setSoTimeout(10_000);
                while (socket.getInputStream().read() >= 0) {
                    // what is left of the request
                }
            } catch (java.net.SocketTimeoutException e) {
                throw new AssertionError("the connection is still open", e);
            } catch (IOException e) {
                // a reset is an end too
            }
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
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

    EventService() {
        try {
            listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("event-service").start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> readHead(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    /// Octet by octet, so that nothing of the body is taken.
    private void readHead(Socket socket) {
        try {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = socket.getInputStream().read();
                if (next < 0) {
                    socket.close();
                    return;
                }
                head.append((char) next);
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(
                    new java.io.ByteArrayInputStream(head.toString().getBytes(ISO_8859_1)), ISO_8859_1));
            Asked one = new Asked(socket, lines.readLine().split(" ", -1)[1]);
            all.add(one);
            asked.add(one);
        } catch (IOException e) {
            // the client left within its head
        }
    }

    /// The next request, once its head has come.
    Asked next() {
        try {
            Asked one = asked.poll(30, TimeUnit.SECONDS);
            if (one == null) {
                throw new AssertionError("no request came");
            }
            return one;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all.forEach(Asked::close);
    }
}
