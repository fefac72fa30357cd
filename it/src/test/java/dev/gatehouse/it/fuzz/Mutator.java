package dev.gatehouse.it.fuzz;

import java.util.Arrays;

/// Makes an input out of the corpus and a seed; the same seed always makes the same input. One per thread.
final class Mutator {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final int LONG_RUN = 10 << 10;
    private static final int HUGE_RUN = 70 << 10;
    private static final byte[] SHORT_FIELD = {'a', ':', 'b', '\r', '\n'};

    private final byte[] scratch = new byte[Input.CAPACITY];
    private long state;
    private byte[][] corpus = {};
    private byte[] bytes = {};
    private int length;

    void seed(long seed) {
        state = seed * GOLDEN_GAMMA;
    }

    /// A number from 0 to `bound - 1` (SplitMix64).
    int below(int bound) {
        state += GOLDEN_GAMMA;
        long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return (int) (((z ^ (z >>> 31)) >>> 33) % bound);
    }

    /// Fills `input` with one of `from` after a few changes; now and then it stays as it is.
    void mutate(byte[][] from, Input input) {
        corpus = from;
        input.set(from[below(from.length)]);
        bytes = input.bytes;
        length = input.length;
        int changes = below(32) == 0 ? 0 : 1;
        while (changes > 0) {
            change();
            changes = below(2);
        }
        input.length = length;
    }

    private void change() {
        switch (below(16)) {
            case 0, 1 -> flipBit();
            case 2, 3 -> replaceOctet();
            case 4 -> insert(position(), (byte) below(256), 1);
            case 5 -> delete();
            case 6 -> duplicate();
            case 7, 8 -> splice();
            case 9 -> overwriteWithToken();
            case 10 -> changeDigit();
            case 11 -> longRun();
            default -> insertToken();
        }
    }

    private void flipBit() {
        if (length > 0) {
            bytes[below(length)] ^= (byte) (1 << below(8));
        }
    }

    private void replaceOctet() {
        if (length > 0) {
            bytes[below(length)] = (byte) below(256);
        }
    }

    private void insertToken() {
        byte[] token = Corpus.TOKENS[below(Corpus.TOKENS.length)];
        // A whole line is worth more where a line may stand.
        boolean line = token.length > 2 && token[token.length - 1] == '\n';
        int at = line && below(4) != 0 ? lineStart(below(length + 1)) : position();
        if (open(at, token.length)) {
            System.arraycopy(token, 0, bytes, at, token.length);
        }
    }

    private void overwriteWithToken() {
        byte[] token = Corpus.TOKENS[below(Corpus.TOKENS.length)];
        int at = position();
        System.arraycopy(token, 0, bytes, at, Math.min(token.length, length - at));
    }

    private void delete() {
        int from = position();
        int to = below(4) == 0 ? position() : Math.min(length, from + 1 + below(4));
        if (from < to) {
            System.arraycopy(bytes, to, bytes, from, length - to);
            length -= to - from;
        }
    }

    private void duplicate() {
        int from = position();
        int size = Math.min(length - from, 1 + below(64));
        int at = below(2) == 0 ? from : position();
        System.arraycopy(bytes, from, scratch, 0, size);
        if (open(at, size)) {
            System.arraycopy(scratch, 0, bytes, at, size);
        }
    }

    /// The beginning of this input and the end of another one.
    private void splice() {
        byte[] other = corpus[below(corpus.length)];
        int at = position();
        int from = below(other.length);
        if (below(2) == 0) {
            while (from > 0 && other[from - 1] != '\n') {
                from--;
            }
        }
        int size = Math.min(other.length - from, bytes.length - at);
        System.arraycopy(other, from, bytes, at, size);
        length = at + size;
    }

    /// Sizes and lengths that are off by a little are the interesting ones.
    private void changeDigit() {
        int from = position();
        for (int i = from; i < length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                bytes[i] = (byte) ('0' + below(10));
                return;
            }
        }
    }

    private void longRun() {
        if (below(32) != 0) {
            insert(position(), bytes[below(Math.max(1, length))], 1 + below(40));
            return;
        }
        int size = 1 + below(below(64) == 0 ? HUGE_RUN : LONG_RUN);
        if (below(2) == 0) {
            insert(position(), bytes[below(Math.max(1, length))], size);
            return;
        }
        int at = lineStart(position());
        int lines = Math.min(size / SHORT_FIELD.length, 150);
        if (open(at, lines * SHORT_FIELD.length)) {
            for (int i = 0; i < lines; i++) {
                System.arraycopy(SHORT_FIELD, 0, bytes, at + i * SHORT_FIELD.length, SHORT_FIELD.length);
            }
        }
    }

    private void insert(int at, byte octet, int times) {
        if (open(at, times)) {
            Arrays.fill(bytes, at, at + times, octet);
        }
    }

    /// Makes room for `size` octets at `at`, if there is so much.
    private boolean open(int at, int size) {
        if (length + size > bytes.length) {
            return false;
        }
        System.arraycopy(bytes, at, bytes, at + size, length - at);
        length += size;
        return true;
    }

    /// Any position, or, as often, one at the beginning of a line.
    private int position() {
        int at = below(length + 1);
        return below(2) == 0 ? at : lineStart(at);
    }

    private int lineStart(int at) {
        int start = at;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }
}
