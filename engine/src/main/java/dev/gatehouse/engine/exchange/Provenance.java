package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.engine.net.ExchangeIds;
import dev.gatehouse.engine.net.IpAddress;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.http1.FieldBlock;
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

    private final List<Cidr> trustedProxies;
    private final ExchangeIds ids;
    private final byte[] ownId = new byte[ExchangeIds.UUID_LENGTH];
    private final TraceContext trace;

    private @Nullable ParsedRequest request;
    private @Nullable Peer peer;
    private byte[] id = ownId;
    private @Nullable InetAddress clientAddress;

    Provenance(List<Cidr> trustedProxies, ExchangeIds ids) {
        this.trustedProxies = trustedProxies;
        this.ids = ids;
        this.trace = new TraceContext(ids);
    }

    /// Sifts the head of a new request.
    ///
    /// @param reserved fields that nobody but this gateway sets
    void establish(ParsedRequest head, Peer from, long epochMillis, TraceRules tracing, List<HeaderName> reserved) {
        request = head;
        peer = from;
        clientAddress = null;
        id = ownId;
        boolean trusted = from.isTrusted();
        int traceparent = -1;
        int traceparents = 0;
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
                case IDENTITY -> head.drop(i, true);
                case GATEWAY -> {
                    if (trusted && field == KnownField.X_REQUEST_ID && !head.dropped(i) && isId(head, i)) {
                        id = copy(head, i);
                    }
                    head.drop(i, true);
                }
                case END_TO_END -> {
                    if (field == KnownField.TRACEPARENT && !head.dropped(i)) {
                        traceparent = i;
                        traceparents++;
                    }
                }
                case HOP_BY_HOP -> {}
            }
        }
        withhold(head, reserved);
        if (id == ownId) {
            ids.uuid(ownId, 0, epochMillis);
        }
        trace.establish(head, traceparents == 1 ? traceparent : -1, trusted, tracing);
    }

    /// Takes out what a client may not say: services that put trailers and head together would believe it there
    /// too.
    ///
    /// @param reserved fields that nobody but this gateway sets
    static void withhold(FieldBlock from, List<HeaderName> reserved) {
        for (int i = 0, n = reserved.size(); i < n; i++) {
            HeaderName name = reserved.get(i);
            from.dropAlike(name.lowerCase(), name.hashCode());
        }
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

    /// The exchange's id in text.
    byte[] id() {
        return id;
    }

    /// The trace the exchange belongs to.
    TraceContext trace() {
        return trace;
    }

    /// Who is at the other end of the connection.
    Peer peer() {
        Peer from = peer;
        if (from == null) {
            throw new IllegalStateException("no request");
        }
        return from;
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
        return peer != null && peer.tls() != null ? "https" : "http";
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
