package dev.gatehouse.engine.service.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.FieldSink;
import dev.gatehouse.http1.FieldSource;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// An upgrade of HTTP/1.1 as HTTP/2 has it (RFC 8441): CONNECT with a `:protocol`, and 200 where there was 101.
///
/// The key of a WebSocket's handshake, which a client of HTTP/1.1 wants to see proved (RFC 6455 §4.2.2), is answered
/// here: it shows that the other side is no cache that repeats an old answer.
final class ExtendedConnect implements FieldSource {
    static final byte[] METHOD = "CONNECT".getBytes(US_ASCII);
    private static final byte[] KEY = "sec-websocket-key".getBytes(US_ASCII);
    private static final byte[] WEBSOCKET_ID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11".getBytes(US_ASCII);

    private final byte[] protocol;
    private final FieldSource request;
    private byte @Nullable [] key;

    /// @param protocol in lower case
    /// @param request its fields
    ExtendedConnect(String protocol, FieldSource request) {
        this.protocol = protocol.getBytes(US_ASCII);
        this.request = request;
    }

    byte[] protocol() {
        return protocol;
    }

    /// Tells of the request's fields, and keeps the key to itself.
    @Override
    public void tell(FieldSink sink) {
        request.tell((name, nameStart, nameEnd, value, valueStart, valueEnd) -> {
            if (isKey(name, nameStart, nameEnd)) {
                key = Arrays.copyOfRange(value, valueStart, valueEnd);
            } else {
                sink.field(name, nameStart, nameEnd, value, valueStart, valueEnd);
            }
        });
    }

    private static boolean isKey(byte[] name, int from, int to) {
        if (to - from != KEY.length) {
            return false;
        }
        for (int i = 0; i < KEY.length; i++) {
            if (Character.toLowerCase(name[from + i]) != KEY[i]) {
                return false;
            }
        }
        return true;
    }

    boolean isAccepted(ParsedResponse head) {
        return head.status() >= 200 && head.status() < 300;
    }

    /// Makes of the answer what a client of HTTP/1.1 expects.
    void toUpgrade(ParsedResponse head) {
        HeadWriter lines = new HeadWriter(512);
        lines.put("HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: ")
                .put(protocol)
                .crlf();
        if (key != null) {
            lines.put("sec-websocket-accept: ").put(proof(key)).crlf();
        }
        head.tell((name, nameStart, nameEnd, value, valueStart, valueEnd) -> lines.copy(name, nameStart, nameEnd)
                .put(": ")
                .copy(value, valueStart, valueEnd)
                .crlf());
        lines.crlf();
        head.reset();
        if (head.parseWhole(lines, Http2ServiceConnection.ANSWER_LIMITS) != Progress.COMPLETE) {
            throw new IllegalStateException("an answer that was in order is none any more: " + head.fault());
        }
    }

    private static String proof(byte[] key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(key);
            return Base64.getEncoder().encodeToString(sha1.digest(WEBSOCKET_ID));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }
}
