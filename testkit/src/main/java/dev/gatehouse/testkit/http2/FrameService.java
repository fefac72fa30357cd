package dev.gatehouse.testkit.http2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A service on 127.0.0.1 that speaks HTTP/2 by prior knowledge, frame by frame as its scripts say.
///
/// ```java
/// try (var service = FrameService.script(c -> {
///         c.open();
///         int stream = c.awaitRequest().stream();
///         c.goAway(0, 0);
///     }, c -> c.open().answerAll())) { … }
/// ```
///
/// One virtual thread per connection. With several scripts the first connection gets the first, the next the second,
/// and all further ones the last. Closing it closes all sockets, and fails if a script threw.
public final class FrameService implements AutoCloseable {
    /// What is done on one connection. A connection that the other side ends in the middle is no failure.
    public interface Script {
        void run(FrameConnection connection) throws IOException;
    }

    private final ServerSocket listener;
    private final List<Script> scripts;
    private final List<FrameConnection> connections = new CopyOnWriteArrayList<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<Throwable> problems = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private FrameService(List<Script> scripts) {
        this.scripts = scripts;
        try {
            listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startThread(this::accept);
    }

    public static FrameService script(Script... scripts) {
        return new FrameService(List.of(scripts));
    }

    /// `http://127.0.0.1:port`.
    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /// All connections so far, in the order they were accepted.
    public List<FrameConnection> connections() {
        return List.copyOf(connections);
    }

    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(FrameConnection::close);
        threads.forEach(FrameService::join);
        if (!problems.isEmpty()) {
            throw new AssertionError("a script threw", problems.getFirst());
        }
    }

    private static void join(Thread thread) {
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                throw new AssertionError("a thread of a service is still there: " + thread);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                FrameConnection connection = new FrameConnection(socket);
                Script script = scripts.get(Math.min(connections.size(), scripts.size() - 1));
                connections.add(connection);
                startThread(() -> run(connection, script));
            } catch (IOException e) {
                if (!closed) {
                    problems.add(e);
                }
                return;
            }
        }
    }

    private void run(FrameConnection connection, Script script) {
        try (connection) {
            script.run(connection);
        } catch (FrameConnection.Ended | SocketException _) {
            // The other side has had enough.
        } catch (IOException | RuntimeException | Error e) {
            if (!closed) {
                problems.add(e);
            }
        }
    }

    private void startThread(Runnable work) {
        Thread thread = Thread.ofVirtual().name("frame-service").unstarted(() -> {
            try {
                work.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }
}
