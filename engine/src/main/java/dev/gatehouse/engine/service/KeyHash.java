package dev.gatehouse.engine.service;

/// A hash of octets that is the same in every gateway and after every restart, and mixes well: FNV-1a with the
/// finish of SplitMix64. Not for secrets.
public final class KeyHash {
    public static final long START = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private KeyHash() {}

    public static long of(byte[] octets) {
        return mixed(add(START, octets, 0, octets.length));
    }

    /// `hash` with `[from, to)` of `octets` taken in.
    public static long add(long hash, byte[] octets, int from, int to) {
        long with = hash;
        for (int i = from; i < to; i++) {
            with = (with ^ (octets[i] & 0xff)) * PRIME;
        }
        return with;
    }

    /// Every bit of it depends on every bit of `hash`.
    public static long mixed(long hash) {
        long z = hash + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
