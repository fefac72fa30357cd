package dev.gatehouse.engine.service.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.FieldEdits;
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
final class ExtendedConnect {
    static final byte[] METHOD = "CONNECT".getBytes(US_ASCII);
    private static final byte[] UPGRADE = "upgrade".getBytes(US_ASCII);
    private static final byte[] KEY = "sec-websocket-key".getBytes(US_ASCII);
    private static final byte[] WEBSOCKET_ID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11".getBytes(US_ASCII);

    private final byte[] protocol;
    private final byte @Nullable [] key;

    private ExtendedConnect(byte[] protocol, byte @Nullable [] key) {
        this.protocol = protocol;
        this.key = key;
    }

    /// @return null when the request does not say what it wants to change to
    static @Nullable ExtendedConnect of(ServiceRequest request) {
        FieldEdits fields = request.fields();
        int upgrade = fields.find(UPGRADE);
        if (upgrade < 0) {
            return null;
        }
        byte[] protocol =
                Arrays.copyOfRange(fields.value(upgrade), fields.valueStart(upgrade), fields.valueEnd(upgrade));
        byte[][] key = new byte[1][];
        fields.tell((name, nameStart, nameEnd, value, valueStart, valueEnd) -> {
            if (nameEnd - nameStart == KEY.length
                    && new String(name, nameStart, KEY.length, US_ASCII).equalsIgnoreCase(new String(KEY, US_ASCII))) {
                key[0] = Arrays.copyOfRange(value, valueStart, valueEnd);
            }
        });
        return new ExtendedConnect(protocol, key[0]);
    }

    byte[] protocol() {
        return protocol;
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
