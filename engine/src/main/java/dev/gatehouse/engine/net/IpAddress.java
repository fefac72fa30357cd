package dev.gatehouse.engine.net;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/// Addresses in text. Never looks a name up.
public final class IpAddress {
    private IpAddress() {}

    /// The address this text is, or null when it is anything else. An IPv4 address mapped into IPv6 is the IPv4
    /// address.
    public static @Nullable InetAddress parse(String text) {
        byte[] octets = text.indexOf('%') >= 0 ? null : NetUtil.createByteArrayFromIpAddressString(text);
        if (octets == null) {
            return null;
        }
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /// As [#parse], and lets the text carry a port or brackets, as entries of X-Forwarded-For do.
    public static @Nullable InetAddress parseWithPort(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? null : parse(text.substring(1, end));
        }
        int colon = text.indexOf(':');
        return colon >= 0 && colon == text.lastIndexOf(':') ? parse(text.substring(0, colon)) : parse(text);
    }

    /// The address as it is written in a field: without a zone.
    public static String text(InetAddress address) {
        return NetUtil.toAddressString(address);
    }
}
