package dev.gatehouse.engine.target.tunnel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Failure;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.http1.FieldBlock;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.ParsedResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The opening handshake of a WebSocket as the gateway watches over it (RFC 6455 §4): what the client has to send, the
/// subprotocols it may ask for, and the answer that is none of the service's to choose. For one exchange.
final class WebSocketHandshake {
    /// The version a service is asked for, and the only one clients speak.
    static final int VERSION = 13;

    private static final Name KEY = new Name("Sec-WebSocket-Key");
    private static final Name VERSION_FIELD = new Name("Sec-WebSocket-Version");
    private static final Name PROTOCOL = new Name("Sec-WebSocket-Protocol");
    private static final Name ACCEPT = new Name("Sec-WebSocket-Accept");

    /// What every server puts behind the key (RFC 6455 §1.3).
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// 16 octets in base64.
    private static final int KEY_LENGTH = 24;

    /// A field's name, with what finds it.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Name(byte[] written, byte[] lowerCase, int hash) {
        private Name(String name) {
            this(name.getBytes(US_ASCII), name.toLowerCase(Locale.ROOT).getBytes(US_ASCII));
        }

        private Name(byte[] written, byte[] lowerCase) {
            this(written, lowerCase, FieldBlock.hash(lowerCase));
        }
    }

    private final List<String> allowed;

    /// What the service is asked for, from [#ask] on.
    private List<String> asked = List.of();

    private String key = "";

    /// @param allowed subprotocols; empty for all
    WebSocketHandshake(List<String> allowed) {
        this.allowed = allowed;
    }

    /// RFC 6455 §4.2.1.
    @Nullable
    Failure refusal(ParsedRequest request) {
        if (!request.method().equals("GET")) {
            return bad("A WebSocket is opened with GET.");
        }
        if (!only(request, VERSION_FIELD).equals(Integer.toString(VERSION))) {
            return new Failure(
                    FailureKind.BAD_REQUEST,
                    "WebSockets are spoken in version " + VERSION + " here.",
                    Map.of("websocket_version", VERSION));
        }
        return isKey(only(request, KEY)) ? null : bad("Sec-WebSocket-Key is not 16 octets in base64.");
    }

    private static Failure bad(String sentence) {
        return new Failure(FailureKind.BAD_REQUEST, sentence);
    }

    private static boolean isKey(String value) {
        if (value.length() != KEY_LENGTH || !value.endsWith("==")) {
            return false;
        }
        for (int i = 0; i < KEY_LENGTH - 2; i++) {
            char c = value.charAt(i);
            boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!letter && !(c >= '0' && c <= '9') && c != '+' && c != '/') {
                return false;
            }
        }
        return true;
    }

    /// Passes on those subprotocols that are allowed; a client that asks only for others asks for none.
    void ask(ParsedRequest request, FieldEdits edits) {
        key = only(request, KEY);
        List<String> wanted = wanted(request, edits);
        if (allowed.isEmpty() || allowed.containsAll(wanted)) {
            asked = wanted;
            return;
        }
        asked = wanted.stream().filter(allowed::contains).toList();
        edits.remove(PROTOCOL.lowerCase(), PROTOCOL.hash());
        if (!asked.isEmpty()) {
            edits.add(PROTOCOL.written(), String.join(", ", asked).getBytes(ISO_8859_1));
        }
    }

    /// The client's, or what policies have put in their place.
    private static List<String> wanted(ParsedRequest request, FieldEdits edits) {
        List<String> wanted = new ArrayList<>();
        for (int i = find(request, PROTOCOL, 0); i >= 0; i = find(request, PROTOCOL, i + 1)) {
            addWords(wanted, request.value(i));
        }
        for (int i = edits.find(PROTOCOL.lowerCase()); i >= 0; i = edits.find(PROTOCOL.lowerCase(), i + 1)) {
            int start = edits.valueStart(i);
            addWords(wanted, new String(edits.value(i), start, edits.valueEnd(i) - start, ISO_8859_1));
        }
        return wanted;
    }

    private static void addWords(List<String> to, String value) {
        for (String word : value.split(",", -1)) {
            if (!word.isBlank()) {
                to.add(word.strip());
            }
        }
    }

    /// RFC 6455 §4.1, as the client would see it.
    @Nullable
    String mistake(ParsedResponse head) {
        if (!only(head, ACCEPT).equals(accept(key))) {
            return "Its Sec-WebSocket-Accept does not fit the key it was sent.";
        }
        if (find(head, PROTOCOL, 0) < 0) {
            return null;
        }
        return asked.contains(only(head, PROTOCOL)) ? null : "It chose a subprotocol that it was not asked for.";
    }

    /// What a server makes of a client's key.
    static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /// The value of the only field of this name; empty when there is none, or a second one.
    private static String only(FieldBlock head, Name name) {
        int first = find(head, name, 0);
        return first < 0 || find(head, name, first + 1) >= 0 ? "" : head.value(first);
    }

    private static int find(FieldBlock head, Name name, int from) {
        int field = head.find(name.lowerCase(), name.hash(), from);
        while (field >= 0 && head.dropped(field)) {
            field = head.find(name.lowerCase(), name.hash(), field + 1);
        }
        return field;
    }
}
