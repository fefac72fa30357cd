package dev.gatehouse.http1;

import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;

/// Whether octets are a host with an optional port, as a Host field or an absolute target may carry: a name or IPv4
/// address of unreserved characters, or an IPv6 literal. No user information, no escapes, no empty host, no empty
/// port.
final class Authority {
    private Authority() {}

    static boolean valid(byte[] b, int from, int to) {
        if (from == to) {
            return false;
        }
        int i = from;
        if (b[i] == '[') {
            i++;
            int start = i;
            while (i < to && (Octets.HEX[b[i] & 0xff] >= 0 || b[i] == ':' || b[i] == '.')) {
                i++;
            }
            if (i == to || b[i] != ']' || !isIpv6(b, start, i)) {
                return false;
            }
            i++;
        } else {
            while (i < to && Octets.HOST[b[i] & 0xff] == 1) {
                i++;
            }
            if (i == from) {
                return false;
            }
        }
        if (i == to) {
            return true;
        }
        if (b[i] != ':') {
            return false;
        }
        long port = to - i > 6 ? -1 : Octets.decimal(b, i + 1, to);
        return port >= 0 && port <= 65535;
    }

    private static boolean isIpv6(byte[] b, int from, int to) {
        return NetUtil.isValidIpV6Address(new String(b, from, to - from, StandardCharsets.US_ASCII));
    }
}
