package dev.gatehouse.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the parts of an HTTP/1.1 message from a stream, strictly: what a lenient reader would forgive is what the
/// tests are looking for. Both ends of the test kit read with it. Blocking; one thread; no limits of size.
///
/// An end in the middle of a part is an [EOFException], a broken rule a [MalformedMessage].
final class WireReader {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final InputStream in;

    WireReader(InputStream in) {
        this.in = in;
    }

    /// The framing a head announces, or that it announces none.
    sealed interface Framing {
        record Length(long bytes) implements Framing {}

        record Chunked() implements Framing {}

        record Unsaid() implements Framing {}
    }

    /// The next line without its CRLF, or null when the stream ends before its first byte.
    @Nullable
    String line() throws IOException {
        int next = in.read();
        if (next < 0) {
            return null;
        }
        StringBuilder line = new StringBuilder();
        while (next != '\r') {
            if (next < 0) {
                throw new EOFException("the stream ended within a line: " + line);
            }
            if (next == '\n') {
                throw new MalformedMessage("line ends in a bare LF: " + line);
            }
            line.append((char) next);
            next = in.read();
        }
        int afterReturn = in.read();
        if (afterReturn < 0) {
            throw new EOFException("the stream ended within a line: " + line);
        }
        if (afterReturn != '\n') {
            throw new MalformedMessage("bare CR in a line: " + line);
        }
        return line.toString();
    }

    /// The raw header lines up to and without the empty line.
    List<String> lines() throws IOException {
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = line();
            if (line == null) {
                throw new EOFException("the stream ended within the headers");
            }
            if (line.isEmpty()) {
                return lines;
            }
            lines.add(line);
        }
    }

    static List<HeaderField> fields(List<String> lines) throws MalformedMessage {
        List<HeaderField> fields = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon);
            if (name.isEmpty() || !name.chars().allMatch(WireReader::isTokenByte)) {
                throw new MalformedMessage("not a header line: " + line);
            }
            String value = line.substring(colon + 1);
            if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
                throw new MalformedMessage("control character in a header value: " + line);
            }
            fields.add(new HeaderField(name, value.strip()));
        }
        return fields;
    }

    static Framing framing(List<HeaderField> fields) throws MalformedMessage {
        List<String> lengths = HeaderField.all(fields, "content-length");
        List<String> codings = HeaderField.all(fields, "transfer-encoding");
        if (!codings.isEmpty()) {
            if (!lengths.isEmpty()) {
                throw new MalformedMessage("both Content-Length and Transfer-Encoding");
            }
            if (codings.size() != 1 || !codings.getFirst().equalsIgnoreCase("chunked")) {
                throw new MalformedMessage("Transfer-Encoding is not just chunked: " + codings);
            }
            return new Framing.Chunked();
        }
        if (lengths.isEmpty()) {
            return new Framing.Unsaid();
        }
        if (lengths.size() != 1 || !lengths.getFirst().matches("[0-9]{1,18}")) {
            throw new MalformedMessage("not one Content-Length: " + lengths);
        }
        return new Framing.Length(Long.parseLong(lengths.getFirst()));
    }

    void copyExactly(long bytes, OutputStream to) throws IOException {
        byte[] piece = new byte[(int) Math.min(bytes, 16 * 1024)];
        long left = bytes;
        while (left > 0) {
            int read = in.read(piece, 0, (int) Math.min(left, piece.length));
            if (read < 0) {
                throw new EOFException("the stream ended " + left + " bytes before the end of the body");
            }
            to.write(piece, 0, read);
            left -= read;
        }
    }

    /// Copies a chunked body and returns its trailer lines.
    List<String> copyChunks(OutputStream to) throws IOException {
        while (true) {
            String size = line();
            if (size == null) {
                throw new EOFException("the stream ended before the last chunk");
            }
            if (!size.matches("[0-9a-fA-F]{1,15}([ \t]*;.*)?")) {
                throw new MalformedMessage("not a chunk size: " + size);
            }
            long bytes = Long.parseLong(size.split("[ \t;]", 2)[0], 16);
            if (bytes == 0) {
                return lines();
            }
            copyExactly(bytes, to);
            String end = line();
            if (end == null) {
                throw new EOFException("the stream ended after the bytes of a chunk");
            }
            if (!end.isEmpty()) {
                throw new MalformedMessage("chunk data longer than its size: " + end);
            }
        }
    }

    void copyToEnd(OutputStream to) throws IOException {
        in.transferTo(to);
    }

    /// Everything up to and with the mark, as text.
    String readThrough(String mark) throws IOException {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith(mark)) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the stream ended before '" + mark + "': " + text);
            }
            seen.write(next);
            if (next == mark.charAt(mark.length() - 1)) {
                text = seen.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return text;
    }

    private static boolean isTokenByte(int c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || TOKEN_MARKS.indexOf(c) >= 0;
    }
}
