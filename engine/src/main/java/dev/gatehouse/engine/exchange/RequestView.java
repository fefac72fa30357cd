package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.api.ClientTls;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Text;
import dev.gatehouse.engine.routing.PathSlice;
import dev.gatehouse.http1.ParsedRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The request as policies see it, over the slices of its head. Fields that are not forwarded are not there: what
/// ends at this hop, and what an untrusted client claims about its way.
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

    /// Takes every parameter of this name out of the query, for good.
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
        return request.hasQuery() ? request.query() : null;
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

    /// The next field of this name from `from` on that is forwarded, or -1.
    int next(byte[] lowerCase, int hash, int from) {
        int field = request.find(lowerCase, hash, from);
        while (field >= 0 && request.dropped(field)) {
            field = request.find(lowerCase, hash, field + 1);
        }
        return field;
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
