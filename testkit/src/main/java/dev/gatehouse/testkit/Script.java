package dev.gatehouse.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/// What a [FakeService] does on a connection, step by step, down to raw bytes and timing.
///
/// A script that awaits something starts again for the next request on the same connection (see [#once()]); one
/// that awaits nothing runs once, and the connection then stays open until the other side closes it. Reading goes
/// on beside the script, except after [#stopReading()]. Built by one thread, then only read.
public final class Script {

    /// One step, run on the connection's own virtual thread.
    interface Step {
        void on(ServiceConnection connection) throws IOException, InterruptedException;
    }

    private final List<Step> steps = new ArrayList<>();
    private boolean awaits;
    private boolean once;
    private boolean startsWithoutReading;

    Script() {}

    /// Waits for the whole next request; after [#awaitHead()], for the rest of that one.
    public Script awaitRequest() {
        awaits = true;
        return then(ServiceConnection::awaitRequest);
    }

    /// Waits for the head of the next request and goes on before its body.
    public Script awaitHead() {
        awaits = true;
        return then(ServiceConnection::awaitHead);
    }

    /// Waits for that many bytes after what was awaited before, parsed or not.
    public Script awaitBytes(long bytes) {
        awaits = true;
        return then(connection -> connection.awaitBytes(bytes));
    }

    /// Sends the text as ISO-8859-1, exactly as it stands.
    public Script send(String raw) {
        return sendBytes(raw.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Script sendBytes(byte[] raw) {
        return then(connection -> connection.send(raw));
    }

    /// Sends the text in pieces of that size with a pause after each.
    public Script sendSlowly(String raw, int bytesAtOnce, Duration pause) {
        byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
        return then(connection -> connection.sendSlowly(bytes, bytesAtOnce, pause));
    }

    /// Sends `100 Continue`.
    public Script sendContinue() {
        return send("HTTP/1.1 100 Continue\r\n\r\n");
    }

    /// Sends a well-formed answer to the awaited request.
    public Script answer(Answer answer) {
        return answer(_ -> answer);
    }

    /// Sends a well-formed answer made from the awaited request.
    public Script answer(Function<RecordedRequest, Answer> answer) {
        return then(connection -> connection.answer(answer));
    }

    /// Answers 200 with the awaited request, head and body, as the text of the body.
    public Script echo() {
        return answer(request -> Answer.of(
                        200, request.head() + new String(request.body(), StandardCharsets.ISO_8859_1))
                .header("Content-Type", "text/plain"));
    }

    /// Answers 200 with so many bytes of [BigBody], never holding them in memory.
    public Script big(long bytes) {
        return send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + bytes + "\r\n\r\n")
                .then(connection -> connection.sendBig(bytes));
    }

    /// Sends so many bytes of [BigBody] without a head, for a body whose head stands before it in the script.
    public Script sendBig(long bytes) {
        return then(connection -> connection.sendBig(bytes));
    }

    public Script pause(Duration time) {
        return then(_ -> Thread.sleep(time));
    }

    /// Waits until the test counts the latch down: for moments no pause can hit.
    public Script waitFor(CountDownLatch latch) {
        return then(_ -> latch.await());
    }

    /// Reads no more, so that the receive buffer fills; up to 16 KiB of a read already begun may still be taken.
    /// As the first step not a byte is read. From then on the end of the connection is not noticed.
    public Script stopReading() {
        if (steps.isEmpty()) {
            startsWithoutReading = true;
        }
        return then(ServiceConnection::stopReading);
    }

    /// Reads again after [#stopReading()].
    public Script resumeReading() {
        return then(ServiceConnection::resumeReading);
    }

    /// From now on bytes are recorded but not parsed as requests: what follows a 101 or a CONNECT.
    public Script tunnel() {
        return then(ServiceConnection::tunnel);
    }

    /// Sends every byte after what was awaited back as it comes, until the other side closes: an echoing
    /// [#tunnel()].
    public Script mirror() {
        return tunnel().then(ServiceConnection::mirror);
    }

    /// Says nothing more and waits until the connection is closed.
    public Script silence() {
        return then(ServiceConnection::awaitEnd);
    }

    /// Closes the sending direction only.
    public Script halfClose() {
        return then(ServiceConnection::halfClose);
    }

    /// Closes the connection in good order.
    public Script close() {
        return then(ServiceConnection::close);
    }

    /// Resets the connection: the other side gets RST.
    public Script reset() {
        return then(ServiceConnection::reset);
    }

    /// Closes the connection when the script has run through that many times on it; stands last.
    public Script closeAfter(int answers) {
        return then(connection -> connection.closeAfter(answers));
    }

    /// Does not start again: after the last step the connection stays open, unanswered.
    public Script once() {
        once = true;
        return this;
    }

    List<Step> steps() {
        return steps;
    }

    boolean repeats() {
        return awaits && !once;
    }

    boolean startsWithoutReading() {
        return startsWithoutReading;
    }

    private Script then(Step step) {
        steps.add(step);
        return this;
    }
}
