package dev.gatehouse.engine.service;

import dev.gatehouse.engine.config.ServiceAddress;
import dev.gatehouse.engine.net.IpAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// One address of a service. Stays the same object for as long as the service has it.
public final class Instance {
    private final int slot;
    private final InetSocketAddress address;
    private final String name;
    private final ServiceAddress written;
    private final byte[] authority;
    private final int weight;
    private final boolean backup;
    private final InstanceState state;
    private final long hash;
    private volatile boolean gone;

    /// @param slot a small number no other instance of the service has; used again after this one is gone
    /// @param written the address as the user wrote it: its host may be a name
    Instance(
            int slot,
            InetSocketAddress address,
            ServiceAddress written,
            int weight,
            boolean backup,
            InstanceState state) {
        this.slot = slot;
        this.address = address;
        this.name = text(address);
        this.written = written;
        this.authority = written.authority().getBytes(StandardCharsets.US_ASCII);
        this.weight = weight;
        this.backup = backup;
        this.state = state;
        this.hash = KeyHash.of(name);
    }

    public int slot() {
        return slot;
    }

    public InetSocketAddress address() {
        return address;
    }

    /// Whether TLS is spoken with it.
    public boolean isTls() {
        return written.tls();
    }

    /// The host as the user wrote it, a name or an address: whom its certificate is for.
    public String host() {
        return written.host();
    }

    /// Address and port as people are shown them: `10.0.0.7:8080`, and `https://10.0.0.7:8443` where TLS is spoken.
    public String shown() {
        return written.tls() ? "https://" + name : name;
    }

    /// Whether it is what was written there: for TLS the host is a part of it.
    boolean isWritten(ServiceAddress as) {
        return written.tls() == as.tls() && (!as.tls() || written.host().equals(as.host()));
    }

    /// `host:port` as the user wrote it, for the Host field of requests that bring none.
    public byte[] authority() {
        return authority;
    }

    public int weight() {
        return weight;
    }

    /// Whether it is used only when no other is left.
    public boolean isBackup() {
        return backup;
    }

    public InstanceState state() {
        return state;
    }

    /// A hash of its address: the same in every gateway and after every restart.
    public long hash() {
        return hash;
    }

    /// Whether the service has it no longer: connections to it are not kept.
    public boolean isGone() {
        return gone;
    }

    void leave() {
        gone = true;
    }

    static String text(InetSocketAddress address) {
        String host = IpAddress.text(address.getAddress());
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /// Address and port.
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
