package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A scripted service on 127.0.0.1 that remembers every byte it was sent.
///
/// ```java
/// try (FakeService service = FakeService.script(s -> s.awaitHead().send("HTTP/1.1 413 Too Big\r\n\r\n").close())) {
///     …
///     assertThat(service.requests()).noneMatch(RecordedRequest::complete);
/// }
/// ```
///
/// Plain sockets on virtual threads, two per connection; thousands of connections are fine. Its methods may be
/// called from any thread. [#close()] closes all sockets, joins all threads, and fails if a handler threw.
public final class FakeService implements AutoCloseable {

    private static final int BACKLOG = 4096;
    private static final int KEPT_BYTES = 16 << 20;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final ServerSocket listener;
    private final Setup setup;
    private final List<Script> scripts;
    private final List<RecordedConnection> connections = new ArrayList<>();
    private final Set<ServiceConnection> live = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final List<Throwable> problems = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final LongAdder completeRequests = new LongAdder();
    private volatile boolean closed;

    private FakeService(Setup setup, List<Script> scripts) {
        this.setup = setup;
        this.scripts = scripts;
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            if (setup.receiveBuffer > 0) {
                listener.setReceiveBufferSize(setup.receiveBuffer);
            }
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), setup.port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startThread("accept", this::accept);
    }

    /// Answers each complete request with 200 and the body `ok`.
    public static FakeService start() {
        return with().start();
    }

    /// Answers each complete request with what the function makes of it.
    public static FakeService handling(Function<RecordedRequest, Answer> handler) {
        return with().handling(handler);
    }

    /// Does on each connection what the script says. With several scripts the first connection gets the first, the
    /// next the second, and all further ones the last.
    @SafeVarargs
    public static FakeService script(UnaryOperator<Script>... scripts) {
        return with().script(scripts);
    }

    /// Answers each complete request with 200 and the request itself, head and body, as text.
    public static FakeService echoing() {
        return with().script(s -> s.awaitRequest().echo());
    }

    /// A service with other socket options than usual.
    public static Setup with() {
        return new Setup();
    }

    /// A port on which nobody listens: connecting is refused at once.
    public static int refusing() {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return unused.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How the service is set up; ends in the method that starts it.
    public static final class Setup {
        private int port;
        private int receiveBuffer;
        private int keptBytes = KEPT_BYTES;
        private @Nullable SSLContext tls;

        private Setup() {}

        /// Listens on this port instead of a free one: a service that comes back.
        public Setup port(int port) {
            this.port = port;
            return this;
        }

        /// A small SO_RCVBUF, so that a service that stops reading is felt soon. The kernel doubles it and keeps a
        /// few KiB at least.
        public Setup receiveBuffer(int bytes) {
            this.receiveBuffer = bytes;
            return this;
        }

        /// Keeps at most so many received bytes of each connection, and of each body (default 16 MiB).
        public Setup keepAtMost(int bytes) {
            this.keptBytes = bytes;
            return this;
        }

        /// Keeps no bytes, no requests and no ended connections: for load.
        public Setup keepNothing() {
            return keepAtMost(0);
        }

        /// Speaks TLS with the keys of this context.
        public Setup tls(SSLContext context) {
            this.tls = context;
            return this;
        }

        public FakeService start() {
            return handling(_ -> Answer.of(200, "ok"));
        }

        public FakeService handling(Function<RecordedRequest, Answer> handler) {
            return script(s -> s.awaitRequest().answer(handler));
        }

        @SafeVarargs
        public final FakeService script(UnaryOperator<Script>... scripts) {
            if (scripts.length == 0) {
                throw new IllegalArgumentException("no script");
            }
            List<Script> written = new ArrayList<>();
            for (UnaryOperator<Script> script : scripts) {
                written.add(script.apply(new Script()));
            }
            return new FakeService(this, written);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// `http://127.0.0.1:port`, or `https://…`.
    public String url() {
        return (setup.tls == null ? "http://" : "https://") + address();
    }

    /// `127.0.0.1:port`.
    public String address() {
        return "127.0.0.1:" + port();
    }

    /// All connections so far, in the order they were accepted.
    public List<RecordedConnection> connections() {
        synchronized (connections) {
            return List.copyOf(connections);
        }
    }

    /// All requests so far whose head was whole, connection by connection: also aborted ones.
    public List<RecordedRequest> requests() {
        return connections().stream()
                .flatMap(connection -> connection.requests().stream())
                .toList();
    }

    /// How many connections were accepted, kept or not.
    public int connectionCount() {
        return accepted.get();
    }

    /// How many requests were received whole, kept or not.
    public long requestCount() {
        return completeRequests.sum();
    }

    /// Waits up to 5 s for the first complete request.
    public RecordedRequest awaitRequest() {
        return awaitRequests(1).getFirst();
    }

    /// Waits up to 5 s for so many complete requests and returns all complete ones.
    public List<RecordedRequest> awaitRequests(int count) {
        boolean came =
                Eventually.holds(Eventually.PATIENCE, () -> completeRequests().size() >= count);
        if (!came) {
            throw new AssertionError("expected " + count + " complete requests at " + this + " but saw " + requests());
        }
        return completeRequests();
    }

    /// Waits up to 5 s for so many connections and returns them.
    public List<RecordedConnection> awaitConnections(int count) {
        if (!Eventually.holds(Eventually.PATIENCE, () -> connections().size() >= count)) {
            throw new AssertionError("expected " + count + " connections at " + this + " but saw " + connections());
        }
        return connections();
    }

    /// How many connections are open now.
    public int openConnections() {
        return live.size();
    }

    /// Fails when a single byte reached the service.
    public void assertNothingReceived() {
        assertThat(connections())
                .as("bytes received by %s", this)
                .allSatisfy(connection -> assertThat(connection.received()).isEmpty());
    }

    /// Fails when any request was received whole.
    public void assertNoCompleteRequest() {
        assertThat(completeRequests()).as("complete requests at %s", this).isEmpty();
    }

    /// Closes all sockets and waits for all threads. Fails if a handler threw.
    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        join();
        if (!problems.isEmpty()) {
            AssertionError failure = new AssertionError("a handler of " + this + " threw", problems.getFirst());
            problems.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    @Override
    public String toString() {
        return "service " + address();
    }

    private List<RecordedRequest> completeRequests() {
        return requests().stream().filter(RecordedRequest::complete).toList();
    }

    private void accept() {
        while (!closed) {
            try {
                serve(listener.accept());
            } catch (IOException e) {
                if (!closed) {
                    problems.add(e);
                }
                return;
            }
        }
    }

    private void serve(Socket raw) throws IOException {
        raw.setTcpNoDelay(true);
        int number = accepted.getAndIncrement();
        RecordedConnection record = new RecordedConnection(number, setup.keptBytes);
        ServiceConnection connection =
                new ServiceConnection(raw, secured(raw), record, setup.keptBytes, completeRequests);
        synchronized (connections) {
            connections.add(record);
        }
        live.add(connection);
        Script script = scripts.get(Math.min(number, scripts.size() - 1));
        if (script.startsWithoutReading()) {
            connection.stopReading();
        }
        startThread("read-" + number, connection::read);
        startThread("script-" + number, () -> run(connection, script));
    }

    private Socket secured(Socket raw) throws IOException {
        SSLContext tls = setup.tls;
        if (tls == null) {
            return raw;
        }
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(raw, "127.0.0.1", raw.getPort(), true);
        secured.setUseClientMode(false);
        return secured;
    }

    private void run(ServiceConnection connection, Script script) {
        try {
            connection.run(script);
        } catch (InterruptedException e) {
            connection.close();
        } catch (RuntimeException | Error e) {
            if (!closed) {
                problems.add(e);
            }
            connection.close();
        } finally {
            live.remove(connection);
            if (setup.keptBytes == 0) {
                synchronized (connections) {
                    connections.remove(connection.record());
                }
            }
        }
    }

    private void startThread(String name, Runnable work) {
        Thread thread = Thread.ofVirtual().name("fake-service-" + name).unstarted(() -> {
            try {
                work.run();
            } finally {
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
    }

    /// Again and again, because a connection accepted at the last moment may still be starting its threads.
    private void join() {
        boolean ended = Eventually.holds(CLOSING, () -> {
            live.forEach(ServiceConnection::close);
            threads.forEach(Thread::interrupt);
            return threads.isEmpty();
        });
        if (!ended) {
            throw new AssertionError(this + " still has threads " + CLOSING + " after closing: " + threads);
        }
    }
}
