package dev.gatehouse.engine.service;

/// A hash of text that is the same in every gateway and after every restart, and mixes well: FNV-1a with the
/// finish of SplitMix64. Not for secrets.
public final class KeyHash {
    public static final long START = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    private KeyHash() {}

    public static long of(String text) {
        long hash = START;
        for (int i = 0; i < text.length(); i++) {
            hash = add(hash, text.charAt(i));
        }
        return mixed(hash);
    }

    /// `hash` with one more character taken in.
    public static long add(long hash, char c) {
        return (hash ^ c) * PRIME;
    }

    /// Every bit of it depends on every bit of `hash`.
    public static long mixed(long hash) {
        long z = hash + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
