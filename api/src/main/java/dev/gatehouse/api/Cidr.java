package dev.gatehouse.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A range of addresses: `10.0.0.0/8`, `2001:db8::/32`, or one address. The families never meet, but an IPv4
/// address mapped into IPv6 (`::ffff:10.0.0.7`, RFC 4291 §2.5.5.2) is the IPv4 address.
public final class Cidr {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String V4 = OCTET + "(\\." + OCTET + "){3}";
    private static final String V6 = "[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    /// Bits before the IPv4 address in one that is mapped into IPv6.
    private static final int MAPPED = 96;

    private final String written;
    private final byte[] network;
    private final int prefix;

    private Cidr(String written, byte[] network, int prefix) {
        this.written = written;
        this.network = network;
        this.prefix = prefix;
    }

    /// @throws IllegalArgumentException with a sentence for the user when `text` is not a range of addresses
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] octets = octets(address);
        if (octets == null) {
            throw new IllegalArgumentException("'" + text + "' is not an address or a range such as 10.0.0.0/8");
        }
        int least = octets.length == 4 && address.indexOf(':') >= 0 ? MAPPED : 0;
        int most = least + octets.length * 8;
        int bits = slash < 0 ? most : bits(text, text.substring(slash + 1));
        if (bits < least || bits > most) {
            throw new IllegalArgumentException("'" + text + "': the prefix length is "
                    + (bits > most ? "at most " + most : "at least " + least + " for IPv4 in IPv6"));
        }
        return new Cidr(text, octets, bits - least);
    }

    /// Never looks a name up.
    private static byte @Nullable [] octets(String address) {
        if (!address.matches(V4) && !address.matches(V6)) {
            return null; // InetAddress understands 10.1 and 012.0.0.1 too, and people do not agree on what they mean
        }
        try {
            return InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static int bits(String text, String length) {
        if (!length.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("'" + text + "': the prefix length is not a number");
        }
        return Integer.parseInt(length);
    }

    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        int from = isMapped(octets) ? MAPPED / 8 : 0;
        if (octets.length - from != network.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (octets[from + i] != network[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((octets[from + whole] ^ network[whole]) & (0xff00 >>> rest) & 0xff) == 0;
    }

    private static boolean isMapped(byte[] octets) {
        if (octets.length != 16 || octets[10] != -1 || octets[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /// Whether every address of `other` is in this range too.
    public boolean covers(Cidr other) {
        return prefix <= other.prefix && contains(other.network());
    }

    /// The address the range was written with, which is in it.
    public InetAddress network() {
        try {
            return InetAddress.getByAddress(network);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }

    /// Whether any of the ranges holds the address.
    public static boolean anyContains(List<Cidr> ranges, @Nullable InetAddress address) {
        return address != null && first(ranges, address) != null;
    }

    /// The first of the ranges that holds the address, or null.
    public static @Nullable Cidr first(List<Cidr> ranges, InetAddress address) {
        for (Cidr range : ranges) {
            if (range.contains(address)) {
                return range;
            }
        }
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cidr that && prefix == that.prefix && Arrays.equals(network, that.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    /// As it was written.
    @Override
    public String toString() {
        return written;
    }
}
