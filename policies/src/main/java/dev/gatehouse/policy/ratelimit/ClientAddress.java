package dev.gatehouse.policy.ratelimit;

import java.net.Inet4Address;
import java.net.InetAddress;

/// An address as limits know it. Of IPv6 the first 64 bits: every client may have all of what follows (RFC 4291
/// §2.5.4, RFC 6177), and would have a bucket for each.
final class ClientAddress {
    private ClientAddress() {}

    /// `client_ip=203.0.113.7`, `client_ip=2001:db8:0:7::/64`
    static void append(StringBuilder out, InetAddress address) {
        byte[] octets = address.getAddress();
        out.append("client_ip=");
        if (address instanceof Inet4Address) {
            dotted(out, octets, 0);
        } else if (isMapped(octets)) {
            dotted(out, octets, 12);
        } else {
            for (int i = 0; i < 8; i += 2) {
                out.append(Integer.toHexString((octets[i] & 0xff) << 8 | octets[i + 1] & 0xff))
                        .append(':');
            }
            out.append(":/64");
        }
    }

    private static void dotted(StringBuilder out, byte[] octets, int from) {
        for (int i = from; i < from + 4; i++) {
            if (i > from) {
                out.append('.');
            }
            out.append(octets[i] & 0xff);
        }
    }

    /// Whether it is an IPv4 address in IPv6 (RFC 4291 §2.5.5.2).
    private static boolean isMapped(byte[] octets) {
        for (int i = 0; i < 10; i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        return octets[10] == -1 && octets[11] == -1;
    }
}
