package dev.gatehouse.it.lifecycle;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Clients that ask all the time, each on a thread of its own: some keep their connection as long as they are let,
/// some take a new one for each request. Counts what became of every request; nothing is retried.
final class Load implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// A gateway that drains closes a connection after a second without a request; a request sent later may cross
    /// that.
    private static final long IDLE_ALLOWANCE = Duration.ofMillis(900).toNanos();

    private final int port;
    private final List<Thread> clients = new ArrayList<>();
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder reset = new LongAdder();
    private final LongAdder idle = new LongAdder();
    private final List<String> failed = new CopyOnWriteArrayList<>();
    private final List<String> unanswered = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;

    /// What became of the requests.
    ///
    /// @param answered got a whole answer 200
    /// @param failed got another answer, which is given
    /// @param unanswered sent on an accepted connection and not answered, with what happened
    /// @param refused connects that were refused: nobody listened
    /// @param reset connects that were completed by the kernel, then reset before a byte of an answer
    /// @param idle requests that crossed the end of a connection unused for about a second
    record Tally(long answered, List<String> failed, List<String> unanswered, long refused, long reset, long idle) {
        @Override
        public String toString() {
            return answered + " answered, " + failed.size() + " with a failure "
                    + failed.stream().limit(3).toList()
                    + ", " + unanswered.size() + " unanswered "
                    + unanswered.stream().limit(3).toList()
                    + ", connects: " + refused + " refused, " + reset + " reset; " + idle + " crossed an idle end";
        }
    }

    private Load(int port) {
        this.port = port;
    }

    static Load on(int port, int keepAlive, int shortLived) {
        Load load = new Load(port);
        for (int i = 0; i < keepAlive + shortLived; i++) {
            boolean keeps = i < keepAlive;
            load.clients.add(Thread.ofVirtual().name("load-" + i).start(() -> load.run(keeps)));
        }
        return load;
    }

    long answered() {
        return answered.sum();
    }

    /// Waits until so many more answers have come: the load runs.
    void awaitMore(long answers) {
        long wanted = answered() + answers;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (answered() < wanted) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the load stands still: " + tally());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /// Ends the clients after the answer they wait for.
    Tally stop() {
        close();
        return tally();
    }

    Tally tally() {
        return new Tally(
                answered.sum(), List.copyOf(failed), List.copyOf(unanswered), refused.sum(), reset.sum(), idle.sum());
    }

    @Override
    public void close() {
        stopped = true;
        for (Thread client : clients) {
            try {
                client.join(PATIENCE.plusSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(boolean keeps) {
        while (!stopped) {
            try (Socket socket = new Socket()) {
                try {
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5000);
                } catch (IOException e) {
                    refused.increment();
                    LockSupport.parkNanos(1_000_000);
                    continue;
                }
                socket.setTcpNoDelay(true);
                socket.setSoTimeout((int) PATIENCE.toMillis());
                ask(socket, keeps);
            } catch (IOException e) {
                unanswered.add("closing: " + e);
            }
        }
    }

    private void ask(Socket socket, boolean keeps) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream(), 2048);
        byte[] request = ("GET /load HTTP/1.1\r\nHost: load\r\n" + (keeps ? "" : "Connection: close\r\n") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        int asked = 0;
        boolean more = true;
        long lastAnswer = System.nanoTime();
        while (more) {
            long sent = System.nanoTime();
            boolean[] begun = new boolean[1];
            try {
                socket.getOutputStream().write(request);
                more = readAnswer(in, begun) && keeps && !stopped;
            } catch (IOException e) {
                failed(e, asked, begun[0], sent - lastAnswer);
                return;
            }
            asked++;
            lastAnswer = System.nanoTime();
            LockSupport.parkNanos(keeps ? 500_000 : 0);
        }
    }

    private void failed(IOException e, int askedBefore, boolean begun, long idleFor) {
        boolean timedOut = e instanceof java.net.SocketTimeoutException;
        boolean ended = e instanceof EOFException;
        if (askedBefore == 0 && !begun && !timedOut && !ended) {
            reset.increment();
        } else if (askedBefore > 0 && !begun && !timedOut && idleFor > IDLE_ALLOWANCE) {
            idle.increment();
        } else {
            unanswered.add((askedBefore == 0 ? "first" : "a later") + " request, answer "
                    + (begun ? "begun" : "not begun") + ": " + e);
        }
    }

    /// @return whether the connection stays open
    private boolean readAnswer(InputStream in, boolean[] begun) throws IOException {
        String status = line(in, begun);
        int length = -1;
        boolean close = false;
        for (String field = line(in, begun); !field.isEmpty(); field = line(in, begun)) {
            if (field.regionMatches(true, 0, "content-length: ", 0, 16)) {
                length = Integer.parseInt(field.substring(16));
            }
            close |= field.equalsIgnoreCase("connection: close");
        }
        byte[] body = in.readNBytes(length);
        if (body.length != length) {
            throw new EOFException("in the body");
        }
        if (status.startsWith("HTTP/1.1 200")) {
            answered.increment();
        } else {
            failed.add(status + " " + new String(body, StandardCharsets.UTF_8));
        }
        return !close;
    }

    private static String line(InputStream in, boolean[] begun) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("connection ended");
            }
            begun[0] = true;
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
