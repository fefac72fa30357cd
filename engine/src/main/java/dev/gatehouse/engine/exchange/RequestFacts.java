package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.Text;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.template.Facts;
import dev.gatehouse.api.template.Reference;
import dev.gatehouse.engine.net.IpAddress;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.net.ShownCertificate;
import dev.gatehouse.engine.net.TlsFacts;
import dev.gatehouse.engine.target.PathParameters;
import dev.gatehouse.http1.Escapes;
import dev.gatehouse.http1.FieldBlock;
import dev.gatehouse.http1.ParsedRequest;
import dev.gatehouse.http1.QueryPairs;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What templates may ask about a request, looked up in the slices of its head when somebody asks: of what the client
/// sent, whatever was taken out of it since.
final class RequestFacts implements Facts {
    private static final byte[] COOKIE = "cookie".getBytes(UTF_8);
    private static final int COOKIE_HASH = FieldBlock.hash(COOKIE);

    private final ParsedRequest request;
    private final RequestView view;
    private final Provenance provenance;
    private final Attributes attributes;
    private PathParameters parameters = PathParameters.NONE;

    RequestFacts(ParsedRequest request, RequestView view, Provenance provenance, Attributes attributes) {
        this.request = request;
        this.view = view;
        this.provenance = provenance;
        this.attributes = attributes;
    }

    PathParameters parameters() {
        return parameters;
    }

    /// The route is known, and where its parameters stand.
    void matched(PathParameters found) {
        parameters = found;
    }

    @Override
    public @Nullable CharSequence value(Reference reference) {
        return switch (reference.group()) {
            case Reference.PARAMETER -> parameter(reference.name());
            case "query" -> query(reference.octets());
            case "header" -> header(reference.octets());
            case "cookie" -> cookie(reference.octets());
            case "client" -> client(reference.name());
            case "request" -> request(reference.name());
            case "jwt", "consumer" -> IdentityFacts.value(attributes.get(Identity.OF_EXCHANGE), reference);
            default -> null;
        };
    }

    private @Nullable CharSequence client(String name) {
        Peer peer = provenance.peer();
        ShownCertificate certificate = peer.certificate();
        TlsFacts tls = peer.tls();
        return switch (name) {
            case "ip" -> IpAddress.text(provenance.clientAddress());
            case "certificate.subject" -> certificate == null ? null : certificate.subject();
            case "certificate.issuer" -> certificate == null ? null : certificate.issuer();
            case "certificate.serial" -> certificate == null ? null : certificate.serial();
            case "certificate.fingerprint" -> certificate == null ? null : certificate.fingerprint();
            case "tls.protocol" -> tls == null ? null : tls.protocol();
            case "tls.server_name" -> tls == null ? null : tls.serverName();
            default -> null;
        };
    }

    private @Nullable CharSequence parameter(String name) {
        int from = parameters.from(name);
        return from < 0 ? null : Escapes.decode(request.bytes(), from, parameters.to(name), false);
    }

    private @Nullable CharSequence query(byte[] name) {
        if (request.asksQuery()) {
            QueryPairs pairs = new QueryPairs(request.bytes(), request.askedQueryStart(), request.askedQueryEnd());
            while (pairs.next()) {
                if (pairs.nameIs(name)) {
                    return pairs.value();
                }
            }
        }
        return null;
    }

    private @Nullable CharSequence header(byte[] lowerCase) {
        int field = view.next(lowerCase, FieldBlock.hash(lowerCase), 0);
        return field < 0 ? null : characters(request.valueStart(field), request.valueEnd(field));
    }

    private @Nullable CharSequence cookie(byte[] name) {
        byte[] bytes = request.bytes();
        for (int field = view.next(COOKIE, COOKIE_HASH, 0);
                field >= 0;
                field = view.next(COOKIE, COOKIE_HASH, field + 1)) {
            int end = request.valueEnd(field);
            for (int start = request.valueStart(field); start < end; ) {
                int stop = indexOf(';', start, end);
                int equals = indexOf('=', start, stop);
                if (equals < stop && Arrays.equals(bytes, start, equals, name, 0, name.length)) {
                    return characters(equals + 1, stop);
                }
                start = stop + 1;
                while (start < end && bytes[start] == ' ') {
                    start++;
                }
            }
        }
        return null;
    }

    private @Nullable CharSequence request(String name) {
        return switch (name) {
            case "id" -> Text.view(provenance.id(), 0, provenance.id().length);
            case "method" -> Text.view(request.bytes(), request.methodStart(), request.methodEnd());
            case "path" -> Text.view(request.bytes(), request.pathStart(), request.pathEnd());
            case "scheme" -> provenance.scheme();
            case "host" -> host();
            default -> null;
        };
    }

    /// Without the port.
    private @Nullable CharSequence host() {
        byte[] bytes = request.bytes();
        int from = request.hostStart();
        int to = request.hostEnd();
        if (from == to) {
            return null;
        }
        int colon = to - 1;
        while (colon > from && bytes[colon] != ':' && bytes[colon] != ']') {
            colon--;
        }
        return Text.view(bytes, from, bytes[colon] == ':' ? colon : to);
    }

    /// Octets of a head are characters in UTF-8; most are ASCII, and then nothing is copied.
    private CharSequence characters(int from, int to) {
        byte[] bytes = request.bytes();
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return new String(bytes, from, to - from, UTF_8);
            }
        }
        return Text.view(bytes, from, to);
    }

    private int indexOf(char wanted, int from, int to) {
        int i = from;
        while (i < to && request.bytes()[i] != wanted) {
            i++;
        }
        return i;
    }
}
