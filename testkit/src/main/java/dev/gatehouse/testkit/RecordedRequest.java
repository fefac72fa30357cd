package dev.gatehouse.testkit;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as a [FakeService] received it. It appears when its head is whole and grows while its body arrives,
/// so any thread may look at it at any time.
public final class RecordedRequest {

    /// How far the request has come. `ABORTED`: the connection ended, or turned malformed, before the request was
    /// whole.
    public enum State {
        RECEIVING,
        COMPLETE,
        ABORTED
    }

    private final int connection;
    private final String requestLine;
    private final String method;
    private final String target;
    private final String version;
    private final List<String> headerLines;
    private final List<HeaderField> headers;
    private final long keepAtMost;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private long bodyLength;
    private List<HeaderField> trailers = List.of();
    private State state = State.RECEIVING;

    RecordedRequest(int connection, String requestLine, List<String> headerLines, long keepAtMost)
            throws MalformedMessage {
        String[] words = requestLine.split(" ", -1);
        if (words.length != 3 || words[0].isEmpty() || words[1].isEmpty() || !words[2].matches("HTTP/1\\.[01]")) {
            throw new MalformedMessage("not a request line: " + requestLine);
        }
        this.connection = connection;
        this.requestLine = requestLine;
        this.method = words[0];
        this.target = words[1];
        this.version = words[2];
        this.headerLines = List.copyOf(headerLines);
        this.headers = List.copyOf(WireReader.fields(headerLines));
        this.keepAtMost = keepAtMost;
    }

    public String method() {
        return method;
    }

    /// The request target, byte for byte.
    public String target() {
        return target;
    }

    /// `HTTP/1.1` or `HTTP/1.0`.
    public String version() {
        return version;
    }

    /// The header lines in their order, byte for byte, as ISO-8859-1.
    public List<String> headerLines() {
        return headerLines;
    }

    public List<HeaderField> headers() {
        return headers;
    }

    /// The first value of that header in any case, or null when it was not sent.
    public @Nullable String header(String name) {
        return HeaderField.first(headers, name);
    }

    /// All values of that header in their order.
    public List<String> headers(String name) {
        return HeaderField.all(headers, name);
    }

    /// The request line and the header lines as they were received, with the empty line.
    public String head() {
        StringBuilder head = new StringBuilder(requestLine).append("\r\n");
        headerLines.forEach(line -> head.append(line).append("\r\n"));
        return head.append("\r\n").toString();
    }

    /// The body so far, without chunk framing. Fails when the service was told to keep less than arrived.
    public synchronized byte[] body() {
        if (body.size() < bodyLength) {
            throw new IllegalStateException("only " + body.size() + " of " + bodyLength + " body bytes were kept");
        }
        return body.toByteArray();
    }

    /// The body so far as UTF-8.
    public String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    /// How many body bytes arrived, kept or not.
    public synchronized long bodyLength() {
        return bodyLength;
    }

    public synchronized List<HeaderField> trailers() {
        return trailers;
    }

    public synchronized State state() {
        return state;
    }

    public boolean complete() {
        return state() == State.COMPLETE;
    }

    public boolean aborted() {
        return state() == State.ABORTED;
    }

    /// Which of the service's connections it came on, counted from 0.
    public int connection() {
        return connection;
    }

    @Override
    public String toString() {
        return requestLine + " (" + state() + ", " + bodyLength() + " body bytes, connection " + connection + ")";
    }

    boolean asksToClose() {
        return HeaderField.lists(headers, "connection", "close")
                || (version.equals("HTTP/1.0") && !HeaderField.lists(headers, "connection", "keep-alive"));
    }

    WireReader.Framing framing() throws MalformedMessage {
        return WireReader.framing(headers);
    }

    /// Where the connection's reader puts the body.
    OutputStream bodySink() {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                synchronized (RecordedRequest.this) {
                    bodyLength += length;
                    body.write(bytes, offset, (int) Math.min(length, Math.max(0, keepAtMost - body.size())));
                }
            }
        };
    }

    synchronized void becomesComplete(List<HeaderField> withTrailers) {
        trailers = List.copyOf(withTrailers);
        state = State.COMPLETE;
    }

    synchronized void becomesAborted() {
        if (state == State.RECEIVING) {
            state = State.ABORTED;
        }
    }
}
