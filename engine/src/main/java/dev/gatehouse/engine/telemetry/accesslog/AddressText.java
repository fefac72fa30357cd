package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.net.IpAddress;
import java.net.Inet4Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Writes addresses without making a String of each: an IPv4 address digit by digit, an IPv6 address from a small
/// memory of those seen last. On one loop's thread.
final class AddressText {
    /// A power of two.
    private static final int REMEMBERED = 256;

    private final @Nullable InetAddress[] seen = new @Nullable InetAddress[REMEMBERED];
    private final byte[][] texts = new byte[REMEMBERED][];

    /// @return the place behind it, at most 45 octets further on
    int write(InetAddress address, byte[] out, int at) {
        return address instanceof Inet4Address v4 ? four(v4.getAddress(), out, at) : six(address, out, at);
    }

    private static int four(byte[] octets, byte[] out, int at) {
        int next = at;
        for (int i = 0; i < 4; i++) {
            int octet = octets[i] & 0xff;
            if (i > 0) {
                out[next++] = '.';
            }
            if (octet >= 100) {
                out[next++] = (byte) ('0' + octet / 100);
            }
            if (octet >= 10) {
                out[next++] = (byte) ('0' + octet / 10 % 10);
            }
            out[next++] = (byte) ('0' + octet % 10);
        }
        return next;
    }

    private int six(InetAddress address, byte[] out, int at) {
        int hash = address.hashCode() * 0x9E3779B9;
        int slot = hash >>> 24 & (REMEMBERED - 1);
        if (!address.equals(seen[slot])) {
            texts[slot] = IpAddress.text(address).getBytes(US_ASCII);
            seen[slot] = address;
        }
        byte[] text = texts[slot];
        System.arraycopy(text, 0, out, at, text.length);
        return at + text.length;
    }
}
