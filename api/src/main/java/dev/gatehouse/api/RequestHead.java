package dev.gatehouse.api;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a client asks for, whichever version of HTTP brought it. Reading never changes it; Strings are made when
/// they are asked for. Valid until the exchange ends.
public interface RequestHead {
    /// The method, letters in their case.
    String method();

    /// `http` or `https`: how the client came to the first proxy that is trusted, else to us.
    String scheme();

    /// Host and optional port the request is addressed to; empty only for HTTP/1.0 without a Host field.
    String host();

    /// The path in its one normal form: what is matched, authorised and forwarded. Starts with `/`, or is `*`.
    String path();

    /// The query as it was sent, without its `?`; null when the target has none.
    @Nullable
    String query();

    /// The first value of this field, as the client sent it, or null.
    @Nullable
    Text header(HeaderName name);

    /// All values of this field, as the client sent them, in order.
    List<Text> headers(HeaderName name);

    /// Where the request comes from: the right-most address on its way that is not a trusted proxy.
    InetAddress clientAddress();

    /// What was agreed on with the client in its handshake; null when it speaks no TLS with us.
    @Nullable
    ClientTls tls();

    /// Who the client proved to be: its verified certificate. Null when it showed none. Only the handshake says so,
    /// never a field.
    default @Nullable X509Certificate clientCertificate() {
        ClientTls tls = tls();
        return tls == null || tls.clientCertificates().isEmpty()
                ? null
                : tls.clientCertificates().getFirst();
    }

    /// The body's length in octets; 0 when there is none, -1 when it is not known before its end.
    long bodyLength();
}
