package dev.gatehouse.engine.target.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.net.ShownCertificate;
import dev.gatehouse.engine.target.TargetClient;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedRequest;
import java.util.Locale;
import java.util.stream.Stream;

/// What the gateway tells a service about a request's way: the fields it sets on every request it sends on.
final class ForwardedFields {
    private static final byte[] HOST = octets("Host");
    private static final byte[] FOR = octets("X-Forwarded-For");
    private static final byte[] PROTO = octets("X-Forwarded-Proto");
    private static final byte[] FORWARDED_HOST = octets("X-Forwarded-Host");
    private static final byte[] PORT = octets("X-Forwarded-Port");
    private static final byte[] FORWARDED = octets("Forwarded");
    private static final byte[] VIA = octets("Via");
    private static final byte[] VIA_1_1 = octets("1.1 gatehouse");
    private static final byte[] VIA_2_0 = octets("2.0 gatehouse");
    private static final byte[] VIA_1_0 = octets("1.0 gatehouse");
    private static final byte[] REQUEST_ID = octets("X-Request-Id");
    private static final byte[] TRACEPARENT = octets("traceparent");
    private static final byte[] B3 = octets("b3");
    private static final byte[] HTTP = octets("http");
    private static final byte[] HTTPS = octets("https");
    private static final byte[] CLIENT_CERT = octets("Client-Cert");
    private static final byte[] CLIENT_CERT_CHAIN = octets("Client-Cert-Chain");

    /// The names that may be set by policies, in lower case.
    private static final byte[][] SETTABLE = Stream.of(
                    FOR, PROTO, FORWARDED_HOST, PORT, FORWARDED, VIA, REQUEST_ID, TRACEPARENT, B3)
            .map(name -> octets(new String(name, US_ASCII).toLowerCase(Locale.ROOT)))
            .toArray(byte[][]::new);

    private ForwardedFields() {}

    /// Adds them to the exchange's edits; once per exchange, whatever number of attempts follows. What an untrusted
    /// client claimed about its way is gone already; what a policy has set stays as it is.
    static void add(TargetClient client, boolean withForwarded) {
        ParsedRequest request = client.requestSlices();
        FieldEdits edits = client.requestEdits();
        int set = edits.addsNothing() ? 0 : setByPolicies(edits);
        Peer peer = client.peer();
        boolean hasHost = request.hostEnd() > request.hostStart();
        if (!isSet(set, 0)) {
            addFor(request, edits, peer);
        }
        if (!isSet(set, 1) && claimedNot(request, peer, KnownField.X_FORWARDED_PROTO)) {
            edits.add(PROTO, peer.tls() == null ? HTTP : HTTPS);
        }
        if (hasHost && !isSet(set, 2) && claimedNot(request, peer, KnownField.X_FORWARDED_HOST)) {
            edits.add(FORWARDED_HOST, request.bytes(), request.hostStart(), request.hostEnd());
        }
        if (!isSet(set, 3) && claimedNot(request, peer, KnownField.X_FORWARDED_PORT)) {
            edits.add(PORT, peer.localPort());
        }
        if (withForwarded && !isSet(set, 4)) {
            edits.add(FORWARDED, forwarded(request, peer, hasHost));
        }
        if (!isSet(set, 5)) {
            edits.add(VIA, request.isHttp2() ? VIA_2_0 : request.isHttp10() ? VIA_1_0 : VIA_1_1);
        }
        if (!isSet(set, 6)) {
            edits.add(REQUEST_ID, client.requestIdOctets());
        }
        if (!isSet(set, 7) && !isSet(set, 8)) {
            client.addTrace(edits);
        }
        ShownCertificate certificate = peer.certificate();
        if (certificate != null && client.sendsClientCertificate()) {
            addCertificate(edits, certificate);
        }
    }

    /// Nobody else's are there: a client's have been dropped, and no policy may set them.
    private static void addCertificate(FieldEdits edits, ShownCertificate certificate) {
        edits.add(CLIENT_CERT, certificate.clientCert());
        if (certificate.clientCertChain().length > 0) {
            edits.add(CLIENT_CERT_CHAIN, certificate.clientCertChain());
        }
    }

    /// A bit for each of [#SETTABLE] that is set already.
    private static int setByPolicies(FieldEdits edits) {
        int set = 0;
        for (int i = 0; i < SETTABLE.length; i++) {
            if (edits.find(SETTABLE[i]) >= 0) {
                set |= 1 << i;
            }
        }
        return set;
    }

    private static boolean isSet(int set, int name) {
        return (set & 1 << name) != 0;
    }

    /// Adds the Host field when the client's own does not stand among its fields: it has none, or the target names
    /// one.
    static void addHost(TargetClient client, byte[] serviceAuthority) {
        ParsedRequest request = client.requestSlices();
        if (request.hostEnd() == request.hostStart()) {
            client.requestEdits().add(HOST, serviceAuthority);
        } else if (request.isAbsolute()) {
            client.requestEdits().add(HOST, request.bytes(), request.hostStart(), request.hostEnd());
        }
    }

    /// Whether no trusted proxy has said it: then we do. Its own line goes through as it came.
    private static boolean claimedNot(ParsedRequest request, Peer peer, KnownField name) {
        int field = peer.isTrusted() ? request.find(name) : -1;
        // One that a Connection field nominated has been dropped; the service gets ours instead of none.
        return field < 0 || request.dropped(field);
    }

    /// The chain a trusted proxy sent, with the proxy itself behind it; else the client alone. The client's own
    /// line has been dropped either way: the chain is always one line.
    private static void addFor(ParsedRequest request, FieldEdits edits, Peer peer) {
        int field = peer.isTrusted() ? request.find(KnownField.X_FORWARDED_FOR) : -1;
        if (field < 0) {
            edits.add(FOR, peer.text());
            return;
        }
        StringBuilder chain = new StringBuilder();
        for (int i = field; i < request.count(); i++) {
            if (request.known(i) == KnownField.X_FORWARDED_FOR && request.valueEnd(i) > request.valueStart(i)) {
                chain.append(request.value(i)).append(", ");
            }
        }
        chain.append(new String(peer.text(), US_ASCII));
        edits.add(FOR, chain.toString().getBytes(ISO_8859_1));
    }

    /// RFC 7239 §4: an IPv6 address and a host with a port are quoted.
    private static byte[] forwarded(ParsedRequest request, Peer peer, boolean hasHost) {
        String address = new String(peer.text(), US_ASCII);
        StringBuilder element = new StringBuilder("for=");
        if (address.indexOf(':') >= 0) {
            element.append("\"[").append(address).append("]\"");
        } else {
            element.append(address);
        }
        if (hasHost) {
            element.append(";host=\"").append(request.host()).append('"');
        }
        return element.append(peer.tls() == null ? ";proto=http" : ";proto=https")
                .toString()
                .getBytes(ISO_8859_1);
    }

    private static byte[] octets(String text) {
        return text.getBytes(US_ASCII);
    }
}
