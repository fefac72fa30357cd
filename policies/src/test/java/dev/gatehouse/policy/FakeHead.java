package dev.gatehouse.policy;

import dev.gatehouse.api.ClientTls;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.RequestHead;
import dev.gatehouse.api.Text;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the client of a [FakeExchange] asked for, as that was told.
final class FakeHead implements RequestHead {
    final Map<HeaderName, List<Text>> fields = new HashMap<>();
    String method = "GET";
    String scheme = "http";
    String host = "api.example.com";
    String path = "/menus/r42";

    @Nullable
    String query;

    InetAddress client = InetAddress.ofLiteral("192.0.2.1");

    @Nullable
    X509Certificate certificate;

    long length;

    @Override
    public String method() {
        return method;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public @Nullable Text header(HeaderName name) {
        List<Text> values = headers(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    public List<Text> headers(HeaderName name) {
        return fields.getOrDefault(name, List.of());
    }

    @Override
    public InetAddress clientAddress() {
        return client;
    }

    @Override
    public @Nullable ClientTls tls() {
        return null;
    }

    @Override
    public @Nullable X509Certificate clientCertificate() {
        return certificate;
    }

    @Override
    public long bodyLength() {
        return length;
    }
}
