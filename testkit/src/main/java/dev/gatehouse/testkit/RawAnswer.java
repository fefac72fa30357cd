package dev.gatehouse.testkit;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer as a [RawClient] read it. Immutable.
public final class RawAnswer {

    /// How the reading of the answer ended.
    public enum Ending {
        /// The framing of the answer says it is whole.
        COMPLETE,
        /// The connection was closed in good order before the answer was whole, or before it began.
        END,
        /// The connection was reset before the answer was whole.
        RESET,
        /// Nothing more came in time.
        TIMEOUT
    }

    private final String statusLine;
    private final List<HeaderField> headers;
    private final byte[] body;
    private final List<HeaderField> trailers;
    private final List<RawAnswer> interim;
    private final Ending ending;

    RawAnswer(
            String statusLine,
            List<HeaderField> headers,
            byte[] body,
            List<HeaderField> trailers,
            List<RawAnswer> interim,
            Ending ending) {
        this.statusLine = statusLine;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.trailers = List.copyOf(trailers);
        this.interim = List.copyOf(interim);
        this.ending = ending;
    }

    /// `HTTP/1.1 200 OK`, or empty when no whole head came.
    public String statusLine() {
        return statusLine;
    }

    /// The status, or 0 when no whole head came.
    public int status() {
        return statusLine.isEmpty() ? 0 : Integer.parseInt(statusLine.substring(9, 12));
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

    /// The body without chunk framing, as far as it came.
    public byte[] body() {
        return body.clone();
    }

    /// The body as UTF-8.
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public List<HeaderField> trailers() {
        return trailers;
    }

    /// The first value of that trailer in any case, or null when it was not sent.
    public @Nullable String trailer(String name) {
        return HeaderField.first(trailers, name);
    }

    /// The 1xx answers before this one; a 101 is never among them.
    public List<RawAnswer> interim() {
        return interim;
    }

    public boolean complete() {
        return ending == Ending.COMPLETE;
    }

    public Ending ending() {
        return ending;
    }

    @Override
    public String toString() {
        String head = statusLine.isEmpty() ? "no answer" : statusLine + " " + headers;
        String shownBody = body.length <= 2000 ? text() : body.length + " bytes";
        return head + " " + shownBody + (complete() ? "" : " (cut off: " + ending + ")");
    }
}
