package dev.gatehouse.testkit;

import dev.gatehouse.testkit.RecordedConnection.Ending;
import dev.gatehouse.testkit.ServiceReader.Over;
import dev.gatehouse.testkit.ServiceReader.Seen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One live connection of a [FakeService], as its script sees it: beside it a [ServiceReader] records and parses,
/// and the script waits for what that saw. Two virtual threads.
///
/// ```
/// socket ─▶ Inbound (records) ─▶ WireReader (parses) ─▶ unanswered requests ─▶ script ─▶ socket
/// ```
final class ServiceConnection {
    private final Socket raw;
    private final Socket socket;
    private final RecordedConnection record;
    private final ServiceReader reader;

    private @Nullable Seen current;
    private boolean currentIsWhole;
    private long awaitedUpTo;

    /// `raw` is the socket below TLS, or the same socket without TLS.
    ServiceConnection(
            Socket raw, Socket socket, RecordedConnection record, long keepAtMost, LongAdder completeRequests) {
        this.raw = raw;
        this.socket = socket;
        this.record = record;
        this.reader = new ServiceReader(socket, record, keepAtMost, completeRequests);
    }

    RecordedConnection record() {
        return record;
    }

    /// Reads to the end of the connection; beside [#run], on a thread of its own.
    void read() {
        reader.read();
    }

    /// Runs the script to its end and waits for the other side to close; a script cut short by the end of the
    /// connection is no error.
    void run(Script script) throws InterruptedException {
        try {
            do {
                currentIsWhole = true;
                for (Script.Step step : script.steps()) {
                    step.on(this);
                    if (reader.isClosed()) {
                        return;
                    }
                }
                record.countsAnswer();
            } while (script.repeats());
            reader.awaitEnd();
        } catch (Over e) {
            // The other side left: nobody is there to go on with.
        } catch (IOException e) {
            if (!reader.isClosed()) {
                record.ends(Ending.RESET);
            }
        } finally {
            close();
        }
    }

    void awaitHead() throws IOException, InterruptedException {
        Seen head = reader.nextHead();
        current = head;
        currentIsWhole = false;
        awaitedUpTo = head.headEnd;
    }

    void awaitRequest() throws IOException, InterruptedException {
        Seen seen = current;
        if (seen == null || currentIsWhole) {
            seen = reader.nextHead();
            current = seen;
        }
        reader.awaitEndOf(seen);
        currentIsWhole = true;
        awaitedUpTo = seen.end;
    }

    void awaitBytes(long bytes) throws IOException, InterruptedException {
        reader.awaitOctets(awaitedUpTo + bytes);
        awaitedUpTo += bytes;
    }

    void awaitEnd() throws InterruptedException {
        reader.awaitEnd();
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

    void stopReading() {
        reader.stopReading();
    }

    void resumeReading() {
        reader.resumeReading();
    }

    void tunnel() {
        reader.tunnel();
    }

    void mirror() throws IOException, InterruptedException {
        ByteArrayOutputStream coming = reader.mirrored(awaitedUpTo);
        while (true) {
            send(reader.nextOf(coming));
        }
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
        if (!reader.closes()) {
            return;
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
