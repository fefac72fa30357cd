package dev.gatehouse.engine.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.http1.FieldSyntax;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.KnownField;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The header list of a request (RFC 9113 §8.3.1), as the head of one of HTTP/1.1:
///
/// ```
/// :method: POST                      POST /orders HTTP/1.1
/// :scheme: https                     host: shop.example
/// :authority: shop.example     ─►    cookie: a=1; b=2
/// :path: /orders                     transfer-encoding: chunked
/// cookie: a=1
/// cookie: b=2
/// ```
///
/// Extended CONNECT (RFC 8441) becomes the upgrade it stands for.
public final class RequestList extends HeaderList {
    private static final int METHOD = 0;
    private static final int PATH = 1;
    private static final int AUTHORITY = 2;
    private static final int PROTOCOL = 3;
    private static final int SCHEME = 4;
    private static final byte[][] PSEUDO = {
        ":method".getBytes(US_ASCII),
        ":path".getBytes(US_ASCII),
        ":authority".getBytes(US_ASCII),
        ":protocol".getBytes(US_ASCII),
        ":scheme".getBytes(US_ASCII)
    };

    private static final byte[] CONNECT = "CONNECT".getBytes(US_ASCII);
    private static final byte[] OPTIONS = "OPTIONS".getBytes(US_ASCII);
    private static final byte[] HTTP = "http".getBytes(US_ASCII);
    private static final byte[] HTTPS = "https".getBytes(US_ASCII);
    private static final byte[] WEBSOCKET = "websocket".getBytes(US_ASCII);
    private static final byte[] COOKIE = "cookie".getBytes(US_ASCII);
    private static final byte[] KEY_FIELD = "sec-websocket-key".getBytes(US_ASCII);

    /// A server of WebSockets proves with it that it is one. Nothing is secret about it, and the client that would
    /// check the proof has none in HTTP/2: any sixteen octets do.
    private static final String KEY = Base64.getEncoder().encodeToString("gatehouse h2->h1".getBytes(US_ASCII));

    /// The values of the pseudo-fields, one behind the other.
    private byte[] stash = new byte[256];

    private int stashed;
    private final int[] starts = new int[PSEUDO.length];
    private final int[] ends = new int[PSEUDO.length];
    private final HeadWriter crumbs = new HeadWriter(256);
    private boolean extendedConnect;
    private boolean tunnel;

    /// @param extended whether CONNECT with a `:protocol` is taken
    void extendedConnect(boolean extended) {
        extendedConnect = extended;
    }

    @Override
    void begin(HeadLimits limits) {
        super.begin(limits);
        stashed = 0;
        Arrays.fill(starts, -1);
        crumbs.clear();
        tunnel = false;
    }

    @Override
    void pseudo(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd) {
        for (int which = 0; which < PSEUDO.length; which++) {
            byte[] wanted = PSEUDO[which];
            if (Arrays.equals(name, nameStart, nameEnd, wanted, 0, wanted.length)) {
                if (starts[which] >= 0 || !FieldSyntax.isUnbroken(value, valueStart, valueEnd)) {
                    malformed();
                } else {
                    stash(which, value, valueStart, valueEnd);
                }
                return;
            }
        }
        malformed();
    }

    private void stash(int which, byte[] value, int from, int to) {
        int length = to - from;
        if (stash.length - stashed < length) {
            stash = Arrays.copyOf(stash, Math.max(stash.length * 2, stashed + length));
        }
        System.arraycopy(value, from, stash, stashed, length);
        starts[which] = stashed;
        stashed += length;
        ends[which] = stashed;
    }

    @Override
    void beginFields() {
        if (!has(METHOD) || !FieldSyntax.isToken(stash, starts[METHOD], ends[METHOD])) {
            malformed();
            return;
        }
        if (!is(METHOD, CONNECT)) {
            if (has(PROTOCOL) || !hasTarget()) {
                malformed();
                return;
            }
            requestLine();
        } else if (has(PROTOCOL)) {
            if (!extendedConnect || !hasTarget() || !has(AUTHORITY)) {
                malformed();
                return;
            }
            upgrade();
        } else if (has(SCHEME) || has(PATH) || !has(AUTHORITY)) {
            malformed();
        } else {
            // The parser refuses the method.
            lines.put("CONNECT / HTTP/1.1").crlf();
        }
        if (has(AUTHORITY)) {
            lines.put("host: ").copy(stash, starts[AUTHORITY], ends[AUTHORITY]).crlf();
        }
    }

    /// Whether scheme and path are what they are in every request but a plain CONNECT. A path that is an absolute URL
    /// would name a second host.
    private boolean hasTarget() {
        if (!has(PATH) || (!is(SCHEME, HTTPS) && !is(SCHEME, HTTP))) {
            return false;
        }
        boolean asterisk = is(METHOD, OPTIONS) && ends[PATH] == starts[PATH] + 1 && stash[starts[PATH]] == '*';
        return asterisk || (ends[PATH] > starts[PATH] && stash[starts[PATH]] == '/');
    }

    private void requestLine() {
        lines.copy(stash, starts[METHOD], ends[METHOD]).put(' ');
        lines.copy(stash, starts[PATH], ends[PATH]).put(" HTTP/1.1").crlf();
    }

    private void upgrade() {
        tunnel = true;
        lines.put("GET ").copy(stash, starts[PATH], ends[PATH]).put(" HTTP/1.1").crlf();
        lines.put("connection: upgrade\r\nupgrade: ")
                .copy(stash, starts[PROTOCOL], ends[PROTOCOL])
                .crlf();
        if (is(PROTOCOL, WEBSOCKET)) {
            lines.put("sec-websocket-key: ").put(KEY).crlf();
        }
    }

    @Override
    boolean takes(
            @Nullable KnownField known,
            byte[] name,
            int nameStart,
            int nameEnd,
            byte[] value,
            int valueStart,
            int valueEnd) {
        if (known == KnownField.HOST && has(AUTHORITY)) {
            if (!isAuthority(value, valueStart, valueEnd)) {
                malformed();
            }
            return false;
        }
        if (known == KnownField.CONTENT_LENGTH && tunnel) {
            malformed();
            return false;
        }
        if (known != null) {
            return true;
        }
        if (Arrays.equals(name, nameStart, nameEnd, COOKIE, 0, COOKIE.length)) {
            if (crumbs.length() > 0) {
                crumbs.put("; ");
            }
            crumbs.copy(value, valueStart, valueEnd);
            return false;
        }
        return !tunnel || !Arrays.equals(name, nameStart, nameEnd, KEY_FIELD, 0, KEY_FIELD.length);
    }

    @Override
    void endFields(boolean end, boolean sized) {
        if (crumbs.length() > 0) {
            lines.put("cookie: ").put(crumbs).crlf();
        }
        if (!end && !sized && !tunnel) {
            lines.put("transfer-encoding: chunked").crlf();
        }
        if (end && tunnel) {
            malformed();
        }
    }

    @Override
    int waiting() {
        return crumbs.length();
    }

    @Override
    boolean isInterim() {
        return false;
    }

    /// Whether the request asks for a tunnel: what follows on its stream is not a body.
    public boolean isTunnel() {
        return tunnel;
    }

    private boolean has(int which) {
        return starts[which] >= 0;
    }

    private boolean is(int which, byte[] word) {
        return has(which) && Arrays.equals(stash, starts[which], ends[which], word, 0, word.length);
    }

    /// Letters of a host mean the same in any case (RFC 9110 §4.2.3).
    private boolean isAuthority(byte[] value, int from, int to) {
        if (to - from != ends[AUTHORITY] - starts[AUTHORITY]) {
            return false;
        }
        for (int i = from, at = starts[AUTHORITY]; i < to; i++, at++) {
            if (Character.toLowerCase(value[i] & 0xff) != Character.toLowerCase(stash[at] & 0xff)) {
                return false;
            }
        }
        return true;
    }
}
