package dev.gatehouse.engine.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A range of addresses: `10.0.0.0/8`, `2001:db8::/32`, or one address.
public final class Cidr {
    private final byte[] network;
    private final int prefix;

    private Cidr(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /// @throws IllegalArgumentException with a sentence for the user when `text` is not a range of addresses
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        InetAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            throw new IllegalArgumentException("'" + text + "' is not an address or a range such as 10.0.0.0/8");
        }
        byte[] octets = address.getAddress();
        int prefix = octets.length * 8;
        if (slash >= 0) {
            String length = text.substring(slash + 1);
            if (length.isEmpty() || length.length() > 3 || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw new IllegalArgumentException("'" + text + "': the prefix length is not a number");
            }
            int bits = Integer.parseInt(length);
            if (bits > prefix) {
                throw new IllegalArgumentException("'" + text + "': the prefix length is at most " + prefix);
            }
            prefix = bits;
        }
        return new Cidr(octets, prefix);
    }

    public boolean contains(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length != network.length) {
            return false;
        }
        int whole = prefix / 8;
        for (int i = 0; i < whole; i++) {
            if (octets[i] != network[i]) {
                return false;
            }
        }
        int rest = prefix % 8;
        return rest == 0 || ((octets[whole] ^ network[whole]) & (0xff00 >>> rest) & 0xff) == 0;
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
        if (address != null) {
            for (Cidr range : ranges) {
                if (range.contains(address)) {
                    return true;
                }
            }
        }
        return false;
    }
}
