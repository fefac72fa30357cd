package dev.gatehouse.engine.net;

import java.security.SecureRandom;

/// Makes the identities of exchanges: UUIDs of version 7 (RFC 9562 §5.7), which sort by time, and the ids of W3C
/// trace context. One per event loop, seeded by the operating system; unique, not secret.
public final class ExchangeIds {
    /// Octets of a UUID in text.
    public static final int UUID_LENGTH = 36;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private long s0;
    private long s1;

    public ExchangeIds() {
        this(new SecureRandom());
    }

    private ExchangeIds(SecureRandom seed) {
        this(seed.nextLong(), seed.nextLong());
    }

    /// The same ids for the same seed.
    public ExchangeIds(long seed0, long seed1) {
        s0 = seed0;
        s1 = seed1 | 1;
    }

    /// Writes a new UUID into `out` from `at` on.
    ///
    /// @param epochMillis the time it is to carry
    public void uuid(byte[] out, int at, long epochMillis) {
        long high = next();
        long low = next();
        int i = hex(out, at, epochMillis >>> 16, 8);
        out[i++] = '-';
        i = hex(out, i, epochMillis, 4);
        out[i++] = '-';
        out[i++] = '7';
        i = hex(out, i, high, 3);
        out[i++] = '-';
        i = hex(out, i, 0x8000L | ((high >>> 12) & 0x3fffL), 4);
        out[i++] = '-';
        hex(out, i, low, 12);
    }

    /// Writes 16 hexadecimal digits that are not all zero, as trace and span ids are made of.
    public void hex16(byte[] out, int at) {
        long id = next();
        hex(out, at, id == 0 ? 1 : id, 16);
    }

    /// By chance from 0 to below 1, each as likely as the other.
    public double chance() {
        return (next() >>> 11) * 0x1p-53;
    }

    /// xoroshiro128+ (Blackman, Vigna 2018): two words of state, no lock.
    private long next() {
        long a = s0;
        long b = s1;
        long result = a + b;
        b ^= a;
        s0 = Long.rotateLeft(a, 24) ^ b ^ (b << 16);
        s1 = Long.rotateLeft(b, 37);
        return result;
    }

    private static int hex(byte[] out, int at, long value, int digits) {
        int i = at;
        for (int d = digits - 1; d >= 0; d--) {
            out[i++] = HEX[(int) (value >>> (d * 4)) & 15];
        }
        return i;
    }
}
