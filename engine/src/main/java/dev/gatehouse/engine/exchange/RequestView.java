package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.ClientTls;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.routing.PathSlice;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.ParsedRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The request as policies see it, over the slices of its head, whatever they take out of what the service is sent.
/// Fields that are not believed are not there: what ends at this hop, and what an untrusted client claims about its
/// way or about who it is.
final class RequestView implements RequestHead, PathSlice {
    private final ParsedRequest request;
    private final Provenance provenance;

    RequestView(ParsedRequest request, Provenance provenance) {
        this.request = request;
        this.provenance = provenance;
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String scheme() {
        return provenance.scheme();
    }

    @Override
    public String host() {
        return request.host();
    }

    @Override
    public String path() {
        return request.path();
    }

    /// Takes every parameter of this name out of the query the service is sent.
    void removeParameter(String name) {
        request.removeParameter(name.getBytes(UTF_8));
    }

    @Override
    public byte[] octets() {
        return request.bytes();
    }

    @Override
    public int pathStart() {
        return request.pathStart();
    }

    @Override
    public int pathEnd() {
        return request.pathEnd();
    }

    @Override
    public @Nullable String query() {
        return request.asksQuery() ? request.text(request.askedQueryStart(), request.askedQueryEnd()) : null;
    }

    @Override
    public @Nullable Text header(HeaderName name) {
        int field = next(name.lowerCase(), name.hashCode(), 0);
        return field < 0 ? null : text(field);
    }

    @Override
    public List<Text> headers(HeaderName name) {
        List<Text> values = new ArrayList<>(2);
        byte[] lowerCase = name.lowerCase();
        int hash = name.hashCode();
        for (int field = next(lowerCase, hash, 0); field >= 0; field = next(lowerCase, hash, field + 1)) {
            values.add(text(field));
        }
        return values;
    }

    /// The next field of this name from `from` on that is believed, or -1.
    int next(byte[] lowerCase, int hash, int from) {
        int field = request.find(lowerCase, hash, from);
        while (field >= 0 && !request.received(field)) {
            field = request.find(lowerCase, hash, field + 1);
        }
        return field;
    }

    /// All values of this field in what the service is sent by now, in order.
    ///
    /// @param edits those made so far
    List<Text> sent(HeaderName name, FieldEdits edits) {
        List<Text> values = new ArrayList<>(2);
        byte[] lowerCase = name.lowerCase();
        int hash = name.hashCode();
        for (int i = request.find(lowerCase, hash, 0); i >= 0; i = request.find(lowerCase, hash, i + 1)) {
            if (!request.dropped(i)) {
                values.add(text(i));
            }
        }
        for (int i = edits.find(lowerCase, 0); i >= 0; i = edits.find(lowerCase, i + 1)) {
            values.add(Text.view(edits.value(i), edits.valueStart(i), edits.valueEnd(i)));
        }
        return values;
    }

    private Text text(int field) {
        return Text.view(request.bytes(), request.valueStart(field), request.valueEnd(field));
    }

    @Override
    public InetAddress clientAddress() {
        return provenance.clientAddress();
    }

    @Override
    public @Nullable ClientTls tls() {
        return provenance.peer().tls();
    }

    @Override
    public long bodyLength() {
        return request.isChunked() ? -1 : Math.max(request.contentLength(), 0);
    }
}
