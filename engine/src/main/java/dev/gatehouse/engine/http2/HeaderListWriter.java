package dev.gatehouse.engine.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.http2.hpack.HpackEncoder;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.FieldSink;
import dev.gatehouse.http1.FieldSource;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes the header lists of one connection: pseudo-fields, then the fields of a head that are not of HTTP/1.1 only.
/// What it writes has to be sent, and in this order.
final class HeaderListWriter {
    private static final int METHOD_GET = 2;
    private static final int METHOD_POST = 3;
    private static final int SCHEME_HTTP = 6;
    private static final int SCHEME_HTTPS = 7;
    private static final byte[] METHOD = ":method".getBytes(US_ASCII);
    private static final byte[] AUTHORITY = ":authority".getBytes(US_ASCII);
    private static final byte[] PATH = ":path".getBytes(US_ASCII);
    private static final byte[] PROTOCOL = ":protocol".getBytes(US_ASCII);
    private static final byte[] GET = "GET".getBytes(US_ASCII);
    private static final byte[] POST = "POST".getBytes(US_ASCII);

    private final HpackEncoder encoder = new HpackEncoder();
    private final FieldSink requestFields = this::requestField;

    /// What the peer remembers.
    void maxTable(int octets) {
        encoder.maxTable(octets);
    }

    HeadWriter response(HeadWriter out, int status, FieldEdits fields) {
        encoder.begin(out.clear());
        encoder.status(status);
        fields.tell(encoder);
        return out;
    }

    HeadWriter interim(HeadWriter out, ParsedResponse head) {
        encoder.begin(out.clear());
        encoder.status(head.status());
        head.tell(encoder);
        return out;
    }

    HeadWriter trailers(HeadWriter out, Trailers trailers) {
        encoder.begin(out.clear());
        trailers.tell(encoder);
        return out;
    }

    HeadWriter request(HeadWriter out, RequestLine line, FieldSource fields) {
        encoder.begin(out.clear());
        if (line.methodIs(GET)) {
            encoder.indexed(METHOD_GET);
        } else if (line.methodIs(POST)) {
            encoder.indexed(METHOD_POST);
        } else {
            pseudo(METHOD, line.method(), line.methodStart(), line.methodEnd());
        }
        byte[] protocol = line.protocol();
        if (protocol != null) {
            pseudo(PROTOCOL, protocol, 0, protocol.length);
        }
        encoder.indexed(line.secure() ? SCHEME_HTTPS : SCHEME_HTTP);
        byte[] authority = line.authority();
        pseudo(AUTHORITY, authority, line.authorityStart(), line.authorityEnd());
        pseudo(PATH, line.target(), line.targetStart(), line.targetEnd());
        fields.tell(requestFields);
        return out;
    }

    private void pseudo(byte[] name, byte[] value, int from, int to) {
        encoder.field(name, 0, name.length, value, from, to);
    }

    /// The host is in `:authority`.
    private void requestField(byte[] name, int nameStart, int nameEnd, byte[] value, int valueStart, int valueEnd) {
        if (nameEnd - nameStart == 4 && KnownField.named(name, nameStart, nameEnd) == KnownField.HOST) {
            return;
        }
        encoder.field(name, nameStart, nameEnd, value, valueStart, valueEnd);
    }
}
