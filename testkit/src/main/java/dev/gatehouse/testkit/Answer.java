package dev.gatehouse.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A well-formed answer of a [FakeService], or of the service behind a [PolicyHarness]; broken ones are written raw in
/// a [Script]. Immutable: each method
/// gives a changed copy. The framing headers are added on the way out, unless given by hand.
public final class Answer {

    private final int status;
    private final List<HeaderField> headers;
    private final byte[] body;
    private final boolean chunked;
    private final List<HeaderField> trailers;
    private final Duration delay;

    private Answer(
            int status,
            List<HeaderField> headers,
            byte[] body,
            boolean chunked,
            List<HeaderField> trailers,
            Duration delay) {
        this.status = status;
        this.headers = List.copyOf(headers);
        this.body = body;
        this.chunked = chunked;
        this.trailers = List.copyOf(trailers);
        this.delay = delay;
    }

    /// A text answer in UTF-8.
    public static Answer of(int status, String body) {
        return of(status, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer of(int status, byte[] body) {
        return new Answer(status, List.of(), body.clone(), false, List.of(), Duration.ZERO);
    }

    /// A 200 answer with `Content-Type: application/json`.
    public static Answer json(String body) {
        return of(200, body).header("Content-Type", "application/json");
    }

    /// Adds a header line.
    public Answer header(String name, String value) {
        return new Answer(status, with(headers, name, value), body, chunked, trailers, delay);
    }

    /// Sends the body in one chunk instead of with its length.
    public Answer chunked() {
        return new Answer(status, headers, body, true, trailers, delay);
    }

    /// Adds a trailer line, which makes the answer chunked.
    public Answer trailer(String name, String value) {
        return new Answer(status, headers, body, true, with(trailers, name, value), delay);
    }

    /// Waits before the first byte.
    public Answer after(Duration wait) {
        return new Answer(status, headers, body, chunked, trailers, wait);
    }

    int status() {
        return status;
    }

    List<HeaderField> headers() {
        return headers;
    }

    /// Shared: never written to.
    byte[] body() {
        return body;
    }

    Duration delay() {
        return delay;
    }

    boolean closes() {
        return HeaderField.lists(headers, "connection", "close");
    }

    /// The bytes for this request: no body for HEAD, 204 and 304; no request means GET.
    byte[] bytesFor(@Nullable RecordedRequest request) {
        StringBuilder head = new StringBuilder()
                .append("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(reason())
                .append("\r\n");
        headers.forEach(field -> head.append(field).append("\r\n"));
        boolean framed = HeaderField.first(headers, "content-length") != null
                || HeaderField.first(headers, "transfer-encoding") != null;
        boolean bodiless = status == 204 || status == 304;
        if (!framed && !bodiless) {
            head.append(chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + body.length + "\r\n");
        }
        head.append("\r\n");
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!bodiless && !(request != null && request.method().equals("HEAD"))) {
            writeBody(all);
        }
        return all.toByteArray();
    }

    private void writeBody(ByteArrayOutputStream to) {
        if (!chunked) {
            to.writeBytes(body);
            return;
        }
        if (body.length > 0) {
            to.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            to.writeBytes(body);
            to.writeBytes(new byte[] {'\r', '\n'});
        }
        StringBuilder end = new StringBuilder("0\r\n");
        trailers.forEach(field -> end.append(field).append("\r\n"));
        to.writeBytes(end.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 201 -> "Created";
            case 204 -> "No Content";
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 304 -> "Not Modified";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 417 -> "Expectation Failed";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> "Status";
        };
    }

    private static List<HeaderField> with(List<HeaderField> fields, String name, String value) {
        List<HeaderField> more = new ArrayList<>(fields);
        more.add(new HeaderField(name, value));
        return more;
    }
}
