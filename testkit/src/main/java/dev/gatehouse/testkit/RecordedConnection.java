package dev.gatehouse.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [FakeService] saw of one connection. Grows while the connection lives; any thread may look at any time.
public final class RecordedConnection {

    /// How the connection ended, seen from the service.
    public enum Ending {
        /// It has not ended, or the service has stopped reading and cannot know.
        OPEN,
        /// The other side closed its sending direction in good order.
        END_OF_STREAM,
        /// The other side reset it, or closed it while the service was still sending.
        RESET,
        /// The service closed or reset it first.
        CLOSED_BY_SERVICE
    }

    private final int number;
    private final long keepAtMost;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream(0);
    private final List<RecordedRequest> requests = new ArrayList<>();
    private long receivedLength;
    private int answers;
    private Ending ending = Ending.OPEN;
    private @Nullable String malformed;

    RecordedConnection(int number, long keepAtMost) {
        this.number = number;
        this.keepAtMost = keepAtMost;
    }

    /// Its place among the service's connections, counted from 0.
    public int number() {
        return number;
    }

    /// Every byte received, as ISO-8859-1, up to what the service keeps (16 MiB unless told otherwise).
    public synchronized String received() {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    public synchronized byte[] receivedBytes() {
        return received.toByteArray();
    }

    /// How many bytes were received, kept or not.
    public synchronized long receivedLength() {
        return receivedLength;
    }

    public synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    /// How many times the script of the connection ran through.
    public synchronized int answers() {
        return answers;
    }

    public synchronized Ending ending() {
        return ending;
    }

    /// Which rule of HTTP/1.1 the received bytes broke, or null. From there on bytes are kept but not parsed.
    public synchronized @Nullable String malformed() {
        return malformed;
    }

    /// Waits up to 5 s for the end and says how it was; still `OPEN` when it did not come.
    public Ending awaitEnding() {
        return awaitEnding(Eventually.PATIENCE);
    }

    public Ending awaitEnding(Duration within) {
        Eventually.holds(within, () -> ending() != Ending.OPEN);
        return ending();
    }

    @Override
    public synchronized String toString() {
        return "connection " + number + " (" + receivedLength + " bytes, " + requests.size() + " requests, " + ending
                + (malformed == null ? "" : ", malformed: " + malformed) + ")";
    }

    synchronized void receives(byte[] bytes, int length) {
        receivedLength += length;
        received.write(bytes, 0, (int) Math.min(length, Math.max(0, keepAtMost - received.size())));
    }

    synchronized void adds(RecordedRequest request) {
        if (keepAtMost > 0) {
            requests.add(request);
        }
    }

    synchronized void countsAnswer() {
        answers++;
    }

    /// The first ending stands, but for one case: a failed write takes the error away from the reader, who then
    /// sees a plain end.
    synchronized void ends(Ending how) {
        if (ending == Ending.OPEN || (ending == Ending.END_OF_STREAM && how == Ending.RESET)) {
            ending = how;
        }
    }

    synchronized void becomesMalformed(String why) {
        malformed = why;
    }
}
