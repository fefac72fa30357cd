package dev.gatehouse.testkit;

import dev.gatehouse.testkit.RecordedConnection.Ending;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The reading half of a [ServiceConnection]: records and parses what comes, on a virtual thread of its own, and lets
/// the script wait for it on another. `this` is the monitor between the two.
final class ServiceReader {

    /// The other side ended the connection while a step was waiting: the script is over.
    static final class Over extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /// A request and where its head and its body end in the stream.
    static final class Seen {
        final RecordedRequest request;
        final long headEnd;
        long end;

        Seen(RecordedRequest request, long headEnd) {
            this.request = request;
            this.headEnd = headEnd;
        }
    }

    private final Socket socket;
    private final RecordedConnection record;
    private final long keepAtMost;
    private final LongAdder completeRequests;

    private final Queue<Seen> unanswered = new ArrayDeque<>();
    private @Nullable ByteArrayOutputStream unmirrored;
    private boolean paused;
    private boolean done;
    private boolean tunnel;
    private boolean closed;

    ServiceReader(Socket socket, RecordedConnection record, long keepAtMost, LongAdder completeRequests) {
        this.socket = socket;
        this.record = record;
        this.keepAtMost = keepAtMost;
        this.completeRequests = completeRequests;
    }

    // --- the reader's thread ---

    /// Reads to the end of the connection.
    void read() {
        Seen unfinished = null;
        Ending ending = Ending.END_OF_STREAM;
        try {
            Inbound inbound = new Inbound(socket.getInputStream());
            WireReader wire = new WireReader(inbound);
            try {
                while (true) {
                    String requestLine = wire.line();
                    if (requestLine == null) {
                        break;
                    }
                    RecordedRequest request =
                            new RecordedRequest(record.number(), requestLine, wire.lines(), keepAtMost);
                    WireReader.Framing framing = request.framing();
                    unfinished = new Seen(request, inbound.taken);
                    announce(unfinished);
                    readBody(wire, framing, request);
                    finish(unfinished, inbound.taken);
                    unfinished = null;
                }
            } catch (MalformedMessage e) {
                abort(unfinished, e.getMessage());
                inbound.transferTo(OutputStream.nullOutputStream());
            } catch (EOFException e) {
                abort(unfinished, null);
            }
        } catch (IOException e) {
            ending = Ending.RESET;
        } finally {
            abort(unfinished, null);
            record.ends(isClosed() ? Ending.CLOSED_BY_SERVICE : ending);
            ends();
        }
    }

    private static void readBody(WireReader wire, WireReader.Framing framing, RecordedRequest request)
            throws IOException {
        List<HeaderField> trailers = switch (framing) {
            case WireReader.Framing.Length length -> {
                wire.copyExactly(length.bytes(), request.bodySink());
                yield List.of();
            }
            case WireReader.Framing.Chunked _ -> WireReader.fields(wire.copyChunks(request.bodySink()));
            case WireReader.Framing.Unsaid _ -> List.of();
        };
        request.becomesComplete(trailers);
    }

    private synchronized void announce(Seen seen) {
        if (!tunnel) {
            record.adds(seen.request);
            unanswered.add(seen);
            notifyAll();
        }
    }

    private synchronized void finish(Seen seen, long end) {
        seen.end = end;
        completeRequests.increment();
        notifyAll();
    }

    private synchronized void abort(@Nullable Seen unfinished, @Nullable String malformed) {
        if (unfinished != null) {
            unfinished.request.becomesAborted();
        }
        if (malformed != null && !tunnel) {
            record.becomesMalformed(malformed);
        }
        notifyAll();
    }

    private synchronized void ends() {
        done = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void awaitReading() throws IOException {
        while (paused) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IOException("closed while reading was stopped", e);
            }
        }
    }

    private synchronized void received(byte[] bytes, int length) {
        record.receives(bytes, length);
        if (unmirrored != null) {
            unmirrored.write(bytes, 0, length);
        }
        notifyAll();
    }

    /// The socket's stream, recording all that is read and knowing how much of it the parser has taken.
    private final class Inbound extends InputStream {
        private final InputStream in;
        private final byte[] buffer = new byte[16 * 1024];
        private int next;
        private int limit;
        private long taken;

        Inbound(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            if (next == limit && !fill()) {
                return -1;
            }
            taken++;
            return buffer[next++] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (next == limit && !fill()) {
                return -1;
            }
            int count = Math.min(length, limit - next);
            System.arraycopy(buffer, next, into, offset, count);
            next += count;
            taken += count;
            return count;
        }

        private boolean fill() throws IOException {
            awaitReading();
            int count = in.read(buffer);
            if (count <= 0) {
                return false;
            }
            received(buffer, count);
            next = 0;
            limit = count;
            return true;
        }
    }

    // --- the script's thread ---

    /// The next request whose head is here.
    synchronized Seen nextHead() throws IOException, InterruptedException {
        while (true) {
            Seen seen = unanswered.poll();
            if (seen != null) {
                return seen;
            }
            waitForParser();
        }
    }

    synchronized void awaitEndOf(Seen seen) throws IOException, InterruptedException {
        while (seen.end == 0) {
            waitForParser();
        }
    }

    /// Waits until so many octets have come on this connection, all in all.
    synchronized void awaitOctets(long inAll) throws IOException, InterruptedException {
        while (record.receivedLength() < inAll) {
            waitForReader();
        }
    }

    /// Waits for the other side to end the connection.
    synchronized void awaitEnd() throws InterruptedException {
        while (!done) {
            wait();
        }
    }

    private synchronized void waitForParser() throws IOException, InterruptedException {
        if (record.malformed() != null) {
            throw new Over();
        }
        waitForReader();
    }

    @SuppressWarnings("WaitNotInLoop") // Each caller loops over its own condition.
    private synchronized void waitForReader() throws IOException, InterruptedException {
        if (done) {
            throw new Over();
        }
        wait();
    }

    synchronized void stopReading() {
        paused = true;
    }

    synchronized void resumeReading() {
        paused = false;
        notifyAll();
    }

    /// What comes from now on is of another protocol: it is recorded and not parsed.
    synchronized void tunnel() {
        tunnel = true;
    }

    /// What has come behind the first `from` octets; what comes from now on is put behind it.
    synchronized ByteArrayOutputStream mirrored(long from) {
        ByteArrayOutputStream coming = new ByteArrayOutputStream();
        byte[] all = record.receivedBytes();
        int first = (int) Math.min(from, all.length);
        coming.write(all, first, all.length - first);
        unmirrored = coming;
        return coming;
    }

    /// Takes what [#mirrored] has gathered, and waits until that is something.
    synchronized byte[] nextOf(ByteArrayOutputStream coming) throws IOException, InterruptedException {
        while (coming.size() == 0) {
            waitForReader();
        }
        byte[] next = coming.toByteArray();
        coming.reset();
        return next;
    }

    /// The service closes the connection.
    ///
    /// @return false when it has before
    synchronized boolean closes() {
        if (closed) {
            return false;
        }
        closed = true;
        paused = false;
        notifyAll();
        return true;
    }
}
