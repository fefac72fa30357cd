package dev.gatehouse.engine.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A segment of text and gaps: `*.png`, `v{major}.{minor}`. Each gap takes at least one octet; where several ways
/// exist, the gaps on the left are as short as possible. An escape (`%C3`) is never cut in two.
final class MixedSegment implements Segment {
    private final byte[][] texts;
    private final boolean[] named;
    private final int captures;
    private final int octets;

    /// @param texts what stands before, between and behind the gaps; the first and the last may be empty
    /// @param named for each gap, whether it is a parameter
    MixedSegment(byte[][] texts, boolean[] named) {
        this.texts = texts;
        this.named = named;
        int captured = 0;
        for (boolean one : named) {
            captured += one ? 1 : 0;
        }
        this.captures = captured;
        int sum = 0;
        for (byte[] text : texts) {
            sum += text.length;
        }
        this.octets = sum;
    }

    @Override
    public int captures() {
        return captures;
    }

    /// @param ranges receives start and end of each parameter, from `at` on; null when nobody wants them
    boolean matches(byte[] bytes, int from, int to, int @Nullable [] ranges, int at) {
        byte[] first = texts[0];
        byte[] last = texts[texts.length - 1];
        int end = to - last.length;
        if (to - from < octets + named.length
                || !Arrays.equals(bytes, from, from + first.length, first, 0, first.length)
                || !Arrays.equals(bytes, end, to, last, 0, last.length)
                || cutsEscape(bytes, from, end)) {
            return false;
        }
        int gap = from + first.length;
        int slot = at;
        for (int i = 0; i < named.length; i++) {
            int gapEnd = i + 1 < named.length ? indexOf(texts[i + 1], bytes, from, gap + 1, end) : end;
            if (gapEnd <= gap) {
                return false;
            }
            if (named[i] && ranges != null) {
                ranges[slot++] = gap;
                ranges[slot++] = gapEnd;
            }
            gap = gapEnd + texts[i + 1].length;
        }
        return true;
    }

    private static int indexOf(byte[] text, byte[] bytes, int segment, int from, int to) {
        for (int i = from; i + text.length < to; i++) {
            if (Arrays.equals(bytes, i, i + text.length, text, 0, text.length) && !cutsEscape(bytes, segment, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean cutsEscape(byte[] bytes, int segment, int at) {
        return (at - 1 >= segment && bytes[at - 1] == '%') || (at - 2 >= segment && bytes[at - 2] == '%');
    }

    /// Certain when both say the same, or when this has one gap and the other spells out more on both sides of it.
    boolean covers(MixedSegment other) {
        if (Arrays.deepEquals(texts, other.texts)) {
            return true;
        }
        byte[] prefix = other.texts[0];
        byte[] suffix = other.texts[other.texts.length - 1];
        byte[] first = texts[0];
        byte[] last = texts[texts.length - 1];
        return named.length == 1
                && prefix.length >= first.length
                && suffix.length >= last.length
                && !cutsEscape(suffix, 0, suffix.length - last.length)
                && Arrays.equals(prefix, 0, first.length, first, 0, first.length)
                && Arrays.equals(suffix, suffix.length - last.length, suffix.length, last, 0, last.length);
    }

    /// Octets that would be matched, with `filler` in each gap.
    String example(String filler) {
        StringBuilder text = new StringBuilder(PathPattern.ascii(texts[0]));
        for (int i = 1; i < texts.length; i++) {
            text.append(filler).append(PathPattern.ascii(texts[i]));
        }
        return text.toString();
    }

    /// The one with more text first, then with the longer beginning, the longer end, fewer `*` in place of names;
    /// what is still undecided goes by the octets, so that the order never depends on the order of lines in a file.
    int compareShape(MixedSegment other) {
        int order = Integer.compare(other.octets, octets);
        order = order != 0 ? order : Integer.compare(other.texts[0].length, texts[0].length);
        order = order != 0 ? order : Integer.compare(lastLength(other), lastLength(this));
        order = order != 0 ? order : Arrays.compare(texts, other.texts, Arrays::compareUnsigned);
        order = order != 0 ? order : Integer.compare(other.captures, captures);
        return order != 0 ? order : -Arrays.compare(named, other.named);
    }

    private static int lastLength(MixedSegment mixed) {
        return mixed.texts[mixed.texts.length - 1].length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MixedSegment that
                && Arrays.equals(named, that.named)
                && Arrays.deepEquals(texts, that.texts);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(texts);
    }
}
