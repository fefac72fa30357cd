package dev.gatehouse.engine.service;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/// One address of a service.
public final class Instance {
    private final int number;
    private final InetSocketAddress address;
    private final byte[] authority;

    /// @param number its place among the service's instances, from 0
    /// @param authority `host:port` as the user wrote it, for the Host field of requests that bring none
    Instance(int number, InetSocketAddress address, String authority) {
        this.number = number;
        this.address = address;
        this.authority = authority.getBytes(StandardCharsets.US_ASCII);
    }

    public int number() {
        return number;
    }

    public InetSocketAddress address() {
        return address;
    }

    public byte[] authority() {
        return authority;
    }

    @Override
    public String toString() {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
