package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.engine.net.ExchangeIds;
import dev.gatehouse.engine.net.IpAddress;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a request comes from and what it is called: what is believed of its head, and what is made here. Runs
/// before anybody else looks at the request; whatever it does not believe is dropped there and then.
final class Provenance {
    private static final int MAX_ID = 128;
    private static final int TRACEPARENT_LENGTH = 55;

    private final List<Cidr> trustedProxies;
    private final ExchangeIds ids;
    private final byte[] ownId = new byte[ExchangeIds.UUID_LENGTH];
    private final byte[] ownTrace = "00-00000000000000000000000000000000-0000000000000000-01".getBytes(US_ASCII);

    private @Nullable ParsedRequest request;
    private @Nullable Peer peer;
    private byte[] id = ownId;
    private boolean traceStarted;
    private @Nullable InetAddress clientAddress;

    Provenance(List<Cidr> trustedProxies, ExchangeIds ids) {
        this.trustedProxies = trustedProxies;
        this.ids = ids;
    }

    /// Sifts the head of a new request.
    void establish(ParsedRequest head, Peer from, long epochMillis) {
        request = head;
        peer = from;
        clientAddress = null;
        id = ownId;
        boolean trusted = from.isTrusted();
        int trace = -1;
        int traces = 0;
        for (int i = 0, n = head.count(); i < n; i++) {
            KnownField field = head.known(i);
            if (field == null) {
                continue;
            }
            switch (field.role()) {
                case FORWARDING -> {
                    // The chain of addresses is written anew from what is believed of it.
                    if (!trusted || field == KnownField.X_FORWARDED_FOR) {
                        head.drop(i, true);
                    }
                }
                case OVERRIDE -> {
                    if (!trusted) {
                        head.drop(i, true);
                    }
                }
                case GATEWAY -> {
                    if (trusted && field == KnownField.X_REQUEST_ID && !head.dropped(i) && isId(head, i)) {
                        id = copy(head, i);
                    }
                    head.drop(i, true);
                }
                case END_TO_END -> {
                    if (field == KnownField.TRACEPARENT && !head.dropped(i)) {
                        trace = i;
                        traces++;
                    }
                }
                case HOP_BY_HOP -> {}
            }
        }
        if (id == ownId) {
            ids.uuid(ownId, 0, epochMillis);
        }
        traceStarted = traces != 1 || !isTraceparent(head, trace);
        if (traceStarted) {
            startTrace(head);
        }
    }

    private void startTrace(ParsedRequest head) {
        // Of a broken context nothing may be passed on (W3C Trace Context §3.3): state without its parent is as
        // broken.
        head.dropAll(KnownField.TRACEPARENT);
        head.dropAll(KnownField.TRACESTATE);
        ids.hex16(ownTrace, 3);
        ids.hex16(ownTrace, 19);
        ids.hex16(ownTrace, 36);
    }

    private static boolean isId(ParsedRequest head, int field) {
        int from = head.valueStart(field);
        int to = head.valueEnd(field);
        if (from == to || to - from > MAX_ID) {
            return false;
        }
        for (int i = from; i < to; i++) {
            byte b = head.bytes()[i];
            boolean allowed = (b >= 'a' && b <= 'z')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= '0' && b <= '9')
                    || b == '-'
                    || b == '_'
                    || b == '.'
                    || b == ':'
                    || b == '/'
                    || b == '+'
                    || b == '='
                    || b == '@';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }

    private static byte[] copy(ParsedRequest head, int field) {
        return Arrays.copyOfRange(head.bytes(), head.valueStart(field), head.valueEnd(field));
    }

    /// `version-traceid-parentid-flags` in lower-case hexadecimal, neither id all zero, version not ff (§3.2). A
    /// later version may be longer, separated by another dash.
    private static boolean isTraceparent(ParsedRequest head, int field) {
        byte[] b = head.bytes();
        int at = head.valueStart(field);
        int length = head.valueEnd(field) - at;
        if (length < TRACEPARENT_LENGTH
                || b[at + 2] != '-'
                || b[at + 35] != '-'
                || b[at + 52] != '-'
                || (b[at] == 'f' && b[at + 1] == 'f')) {
            return false;
        }
        boolean version0 = b[at] == '0' && b[at + 1] == '0';
        if (length > TRACEPARENT_LENGTH && (version0 || b[at + TRACEPARENT_LENGTH] != '-')) {
            return false;
        }
        return isHex(b, at, 2, true)
                && isHex(b, at + 3, 32, false)
                && isHex(b, at + 36, 16, false)
                && isHex(b, at + 53, 2, true);
    }

    private static boolean isHex(byte[] b, int at, int length, boolean mayBeZero) {
        boolean zero = true;
        for (int i = at; i < at + length; i++) {
            byte c = b[i];
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
            zero &= c == '0';
        }
        return mayBeZero || !zero;
    }

    /// The exchange's id in text.
    byte[] id() {
        return id;
    }

    /// The trace context that was started here, or null when the client's is passed on.
    byte @Nullable [] startedTrace() {
        return traceStarted ? ownTrace : null;
    }

    /// How the client came: as a trusted proxy says, else as it came to us.
    String scheme() {
        ParsedRequest head = request;
        if (head != null && peer != null && peer.isTrusted()) {
            int field = head.find(KnownField.X_FORWARDED_PROTO);
            if (field >= 0 && head.value(field).equalsIgnoreCase("https")) {
                return "https";
            }
        }
        return "http";
    }

    /// The right-most address on the request's way that is not a trusted proxy. Looked for when somebody asks.
    InetAddress clientAddress() {
        if (peer == null || request == null) {
            throw new IllegalStateException("no request");
        }
        if (clientAddress == null) {
            clientAddress = peer.isTrusted() ? rightmostUntrusted(request, peer.address()) : peer.address();
        }
        return clientAddress;
    }

    private InetAddress rightmostUntrusted(ParsedRequest head, InetAddress nearest) {
        InetAddress found = nearest;
        for (int i = head.count() - 1; i >= 0; i--) {
            if (head.known(i) != KnownField.X_FORWARDED_FOR) {
                continue;
            }
            String[] entries = head.value(i).split(",", -1);
            for (int e = entries.length - 1; e >= 0; e--) {
                InetAddress address = IpAddress.parseWithPort(entries[e].strip());
                if (address == null) {
                    // Nobody we trust writes this: what stands to its right is as far as we can see.
                    return found;
                }
                found = address;
                if (!Cidr.anyContains(trustedProxies, address)) {
                    return found;
                }
            }
        }
        return found;
    }
}
