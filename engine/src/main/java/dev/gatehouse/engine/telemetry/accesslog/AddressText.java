package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.engine.net.IpAddress;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Writes addresses, from a small memory of those seen last: most requests come from somebody who was here before, and
/// then no object is made. On one loop's thread.
final class AddressText {
    /// A power of two.
    private static final int REMEMBERED = 1024;

    private static final int SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(REMEMBERED);

    private final @Nullable InetAddress[] seen = new @Nullable InetAddress[REMEMBERED];
    private final byte[][] texts = new byte[REMEMBERED][];

    /// @return the place behind it, at most 45 octets further on
    int write(InetAddress address, byte[] out, int at) {
        int slot = address.hashCode() * 0x9E3779B9 >>> SHIFT; // neighbours end up far from each other
        if (!address.equals(seen[slot])) {
            texts[slot] = IpAddress.text(address).getBytes(US_ASCII);
            seen[slot] = address;
        }
        byte[] text = texts[slot];
        System.arraycopy(text, 0, out, at, text.length);
        return at + text.length;
    }
}
