package dev.gatehouse.engine.net;

import dev.gatehouse.api.Cidr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is at the other end of a client's connection, worked out once per connection.
public final class Peer {
    private final InetAddress address;
    private final byte[] text;
    private final boolean trusted;
    private final byte[] localPort;
    private final @Nullable TlsFacts tls;
    private final @Nullable ShownCertificate certificate;

    /// One without TLS.
    public Peer(InetSocketAddress remote, InetSocketAddress local, List<Cidr> trustedProxies) {
        this(remote, local, trustedProxies, null);
    }

    public Peer(InetSocketAddress remote, InetSocketAddress local, List<Cidr> trustedProxies, @Nullable TlsFacts tls) {
        this.tls = tls;
        this.certificate = tls == null || tls.clientCertificates().isEmpty()
                ? null
                : new ShownCertificate(tls.clientCertificates());
        InetAddress plain = IpAddress.parse(IpAddress.text(remote.getAddress()));
        this.address = plain == null ? remote.getAddress() : plain;
        this.text = IpAddress.text(address).getBytes(StandardCharsets.US_ASCII);
        this.trusted = Cidr.anyContains(trustedProxies, address);
        this.localPort = Integer.toString(local.getPort()).getBytes(StandardCharsets.US_ASCII);
    }

    public InetAddress address() {
        return address;
    }

    /// The address as it is written in a field. Shared: never written to.
    public byte[] text() {
        return text;
    }

    /// Whether what it says about the way of a request is believed.
    public boolean isTrusted() {
        return trusted;
    }

    /// What was agreed on with it; null when it does not speak TLS with us.
    public @Nullable TlsFacts tls() {
        return tls;
    }

    /// The verified certificate it has shown; null when it has shown none.
    public @Nullable ShownCertificate certificate() {
        return certificate;
    }

    /// The port it connected to, in digits. Shared: never written to.
    public byte[] localPort() {
        return localPort;
    }
}
