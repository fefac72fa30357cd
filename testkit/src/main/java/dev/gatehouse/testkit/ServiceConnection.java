package dev.gatehouse.testkit;

import dev.gatehouse.testkit.RecordedConnection.Ending;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One live connection of a [FakeService]: a reader that records and parses, and beside it a script that waits for
/// what the reader saw. Two virtual threads; `this` is the monitor between them.
///
/// ```
/// socket ─▶ Inbound (records) ─▶ WireReader (parses) ─▶ unanswered requests ─▶ script ─▶ socket
/// ```
final class ServiceConnection {

    /// The other side ended the connection while a step was waiting: the script is over.
    private static final class Over extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private final Socket raw;
    private final Socket socket;
    private final RecordedConnection record;
    private final long keepAtMost;
    private final LongAdder completeRequests;

    private final Queue<Seen> unanswered = new ArrayDeque<>();
    private @Nullable Seen current;
    private boolean currentIsWhole;
    private long awaitedUpTo;
    private @Nullable ByteArrayOutputStream unmirrored;
    private boolean readerPaused;
    private boolean readerDone;
    private boolean tunnel;
    private boolean closedHere;

    /// A request and where its head and its body end in the stream.
    private static final class Seen {
        final RecordedRequest request;
        final long headEnd;
        long end;

        Seen(RecordedRequest request, long headEnd) {
            this.request = request;
            this.headEnd = headEnd;
        }
    }

    /// `raw` is the socket below TLS, or the same socket without TLS.
    ServiceConnection(
            Socket raw, Socket socket, RecordedConnection record, long keepAtMost, LongAdder completeRequests) {
        this.raw = raw;
        this.socket = socket;
        this.record = record;
        this.keepAtMost = keepAtMost;
        this.completeRequests = completeRequests;
    }

    RecordedConnection record() {
        return record;
    }

    // --- the reader ---

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
            record.ends(isClosedHere() ? Ending.CLOSED_BY_SERVICE : ending);
            readerEnds();
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

    private synchronized void readerEnds() {
        readerDone = true;
        notifyAll();
    }

    private synchronized boolean isClosedHere() {
        return closedHere;
    }

    private synchronized void awaitReading() throws IOException {
        while (readerPaused) {
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

    // --- the script ---

    /// Runs the script to its end and waits for the other side to close; a script cut short by the end of the
    /// connection is no error.
    void run(Script script) throws InterruptedException {
        try {
            do {
                currentIsWhole = true;
                for (Script.Step step : script.steps()) {
                    step.on(this);
                    if (isClosedHere()) {
                        return;
                    }
                }
                record.countsAnswer();
            } while (script.repeats());
            awaitEnd();
        } catch (Over e) {
            // The other side left: nobody is there to go on with.
        } catch (IOException e) {
            if (!isClosedHere()) {
                record.ends(Ending.RESET);
            }
        } finally {
            close();
        }
    }

    void awaitHead() throws IOException, InterruptedException {
        Seen head = nextHead();
        currentIsWhole = false;
        awaitedUpTo = head.headEnd;
    }

    void awaitRequest() throws IOException, InterruptedException {
        Seen seen = current;
        if (seen == null || currentIsWhole) {
            seen = nextHead();
        }
        awaitEndOf(seen);
        currentIsWhole = true;
        awaitedUpTo = seen.end;
    }

    private synchronized Seen nextHead() throws IOException, InterruptedException {
        while (true) {
            Seen seen = unanswered.poll();
            if (seen != null) {
                current = seen;
                return seen;
            }
            waitForParser();
        }
    }

    private synchronized void awaitEndOf(Seen seen) throws IOException, InterruptedException {
        while (seen.end == 0) {
            waitForParser();
        }
    }

    synchronized void awaitBytes(long bytes) throws IOException, InterruptedException {
        while (record.receivedLength() < awaitedUpTo + bytes) {
            waitForReader();
        }
        awaitedUpTo += bytes;
    }

    synchronized void awaitEnd() throws InterruptedException {
        while (!readerDone) {
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
        if (readerDone) {
            throw new Over();
        }
        wait();
    }

    void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    void sendSlowly(byte[] bytes, int atOnce, Duration pause) throws IOException, InterruptedException {
        for (int sent = 0; sent < bytes.length; sent += atOnce) {
            send(Arrays.copyOfRange(bytes, sent, Math.min(bytes.length, sent + atOnce)));
            Thread.sleep(pause);
        }
    }

    void sendBig(long bytes) throws IOException {
        BigBody.write(bytes, socket.getOutputStream());
    }

    void answer(Function<RecordedRequest, Answer> with) throws IOException, InterruptedException {
        Seen seen = current;
        if (seen == null) {
            throw new IllegalStateException("the script answers before it awaits a request");
        }
        Answer answer = with.apply(seen.request);
        boolean closes = seen.request.asksToClose() && !answer.closes();
        Answer sent = closes ? answer.header("Connection", "close") : answer;
        Thread.sleep(sent.delay());
        send(sent.bytesFor(seen.request));
        if (sent.closes()) {
            close();
        }
    }

    synchronized void stopReading() {
        readerPaused = true;
    }

    synchronized void resumeReading() {
        readerPaused = false;
        notifyAll();
    }

    synchronized void tunnel() {
        tunnel = true;
    }

    void mirror() throws IOException, InterruptedException {
        ByteArrayOutputStream coming = new ByteArrayOutputStream();
        synchronized (this) {
            byte[] all = record.receivedBytes();
            int from = (int) Math.min(awaitedUpTo, all.length);
            coming.write(all, from, all.length - from);
            unmirrored = coming;
        }
        while (true) {
            send(nextOf(coming));
        }
    }

    private synchronized byte[] nextOf(ByteArrayOutputStream coming) throws IOException, InterruptedException {
        while (coming.size() == 0) {
            waitForReader();
        }
        byte[] next = coming.toByteArray();
        coming.reset();
        return next;
    }

    void closeAfter(int answers) {
        if (record.answers() + 1 >= answers) {
            close();
        }
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    void close() {
        release(false);
    }

    void reset() {
        release(true);
    }

    private void release(boolean reset) {
        synchronized (this) {
            if (closedHere) {
                return;
            }
            closedHere = true;
            readerPaused = false;
            notifyAll();
        }
        try {
            if (reset) {
                raw.setSoLinger(true, 0);
                raw.close();
            } else {
                socket.close();
            }
        } catch (IOException e) {
            // It is closed either way.
        }
    }
}
