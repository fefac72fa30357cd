package dev.gatehouse.engine.routing;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.gatehouse.api.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pattern for paths in their normal form, and the order of patterns.
///
/// - `/users` itself; `/users/` is another path, `/Users` too;
/// - `{id}` and `*` are exactly one segment that is not empty, or within a segment at least one octet: `/files/*.png`;
/// - `**` is zero or more segments, at most once, anywhere: `/admin/**` covers `/admin`, `/admin/` and all below, and
///   not `/administrator`; what it took is the parameter `rest`. `/**` is every path, `*` of `OPTIONS *` included;
/// - `~` and a regular expression of RE2, which takes linear time: it must match the whole path; its named groups
///   `(?P<id>…)` are the parameters.
///
/// Everything but a regular expression is written as a reader would write it and brought into the normal form of
/// requests: `/café` is `/caf%C3%A9`, `%7e` is `~`. A pattern that no request could match is refused.
final class PathPattern {
    final String text;

    /// The segments before `**`, or all of them.
    final Segment[] head;

    /// The segments behind `**`; null when there is none.
    final Segment @Nullable [] tail;

    /// Null for a pattern of segments.
    final @Nullable Pattern regex;

    /// Names in order of appearance.
    final List<String> parameters;

    /// For each segment, those of the tail behind those of the head, whether it has a parameter.
    private final boolean[] captures;

    PathPattern(String text, Segment[] head, Segment @Nullable [] tail, List<String> parameters) {
        this.text = text;
        this.head = head;
        this.tail = tail;
        this.regex = null;
        this.parameters = List.copyOf(parameters);
        this.captures = new boolean[head.length + (tail == null ? 0 : tail.length)];
        for (int i = 0; i < captures.length; i++) {
            captures[i] = segment(i).captures() > 0;
        }
    }

    PathPattern(String text, Pattern regex) {
        this.text = text;
        this.head = new Segment[0];
        this.tail = null;
        this.regex = regex;
        this.parameters = regex.namedGroups().entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
        this.captures = new boolean[0];
    }

    static PathPattern parse(String text) throws PatternFault {
        return new PathSyntax(text).parse();
    }

    /// Whether the expression matches all of the path. Only for a pattern that is one; makes objects.
    boolean regexMatches(byte[] bytes, int from, int to) {
        return regex != null && regex.matcher(Text.view(bytes, from, to)).matches();
    }

    /// Whether it matches a path, as the trie of routes would say.
    boolean matches(byte[] bytes, int from, int to) {
        if (regex != null) {
            return regexMatches(bytes, from, to);
        }
        if (from == to || bytes[from] != '/') {
            return head.length == 0 && tail != null && tail.length == 0; // `OPTIONS *`, which only `/**` covers
        }
        int at = matchedEnd(head, bytes, from + 1, to);
        if (at < 0 || tail == null) {
            return at > to;
        }
        if (tail.length == 0) {
            return true;
        }
        int start = startOfLast(tail.length, bytes, from, to);
        return start >= at && matchedEnd(tail, bytes, start, to) > to;
    }

    /// Where the segments behind those start, past the end when there are none; -1 unless all of them match.
    private static int matchedEnd(Segment[] segments, byte[] bytes, int from, int to) {
        int at = from;
        for (Segment segment : segments) {
            if (at > to) {
                return -1;
            }
            int end = segmentEnd(bytes, at, to);
            if (!segment.matches(bytes, at, end)) {
                return -1;
            }
            at = end + 1;
        }
        return at;
    }

    /// Whether some path may match both. Sometimes says yes where no were right.
    boolean mayMeet(PathPattern other) {
        if (regex != null || other.regex != null) {
            PathPattern plain = regex == null ? this : other;
            byte[] path = plain.isLiteral() ? octets(plain) : null;
            return path == null || (matches(path, 0, path.length) && other.matches(path, 0, path.length));
        }
        if (tail == null && other.tail != null) {
            return other.mayMeet(this);
        }
        if (other.tail == null) {
            int fixed = head.length + (tail == null ? 0 : tail.length);
            boolean fits = tail == null ? fixed == other.head.length : fixed <= other.head.length;
            return fits && meet(head, other.head) && (tail == null || meetAtEnd(tail, other.head));
        }
        return meet(head, other.head) && (tail == null || meetAtEnd(tail, other.tail));
    }

    private static byte[] octets(PathPattern literal) {
        return String.valueOf(literal.example("")).getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean meet(Segment[] a, Segment[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (!a[i].mayMeet(b[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean meetAtEnd(Segment[] a, Segment[] b) {
        for (int i = 1; i <= Math.min(a.length, b.length); i++) {
            if (!a[a.length - i].mayMeet(b[b.length - i])) {
                return false;
            }
        }
        return true;
    }

    /// Writes start and end of each parameter of a path that this pattern matches.
    void capture(byte[] bytes, int from, int to, int[] ranges) {
        if (regex != null) {
            captureGroups(regex, bytes, from, to, ranges);
            return;
        }
        int slots = 2 * parameters.size();
        int at = from + 1;
        int slot = 0;
        for (int i = 0; slot < slots; i++) {
            if (i == head.length) {
                at = captureRest(bytes, at, from, to, ranges, slot);
                slot += 2;
            }
            int end = segmentEnd(bytes, at, to);
            // Most segments have no parameter, and then nothing of them is read: it may be far away in memory.
            if (slot < slots && captures[i]) {
                slot = capture(segment(i), bytes, at, end, ranges, slot);
            }
            at = end + 1;
        }
    }

    /// What `**` took; the answer is where the segments behind it start.
    private int captureRest(byte[] bytes, int at, int from, int to, int[] ranges, int slot) {
        int tailStart = tail == null || tail.length == 0 ? to + 1 : startOfLast(tail.length, bytes, from, to);
        ranges[slot] = Math.min(at, to);
        ranges[slot + 1] = Math.max(ranges[slot], tailStart - 1);
        return tailStart;
    }

    private Segment segment(int i) {
        return i < head.length || tail == null ? head[i] : tail[i - head.length];
    }

    private static int capture(Segment segment, byte[] bytes, int from, int to, int[] ranges, int slot) {
        switch (segment) {
            case Segment.Open.PARAMETER -> {
                ranges[slot] = from;
                ranges[slot + 1] = to;
            }
            case MixedSegment mixed -> mixed.matches(bytes, from, to, ranges, slot);
            case LiteralSegment _, Segment.Open _ -> {}
        }
        return slot + 2 * segment.captures();
    }

    private void captureGroups(Pattern expression, byte[] bytes, int from, int to, int[] ranges) {
        Matcher matcher = expression.matcher(Text.view(bytes, from, to));
        boolean matched = matcher.matches();
        for (int i = 0; i < parameters.size(); i++) {
            int start = matched ? matcher.start(parameters.get(i)) : -1;
            // A group that took no part is empty, at the end of the path.
            ranges[2 * i] = start < 0 ? to : from + start;
            ranges[2 * i + 1] = start < 0 ? to : from + matcher.end(parameters.get(i));
        }
    }

    /// The end of the segment that starts at `at`.
    static int segmentEnd(byte[] bytes, int at, int to) {
        int end = at;
        while (end < to && bytes[end] != '/') {
            end++;
        }
        return end;
    }

    /// Where the last `count` segments of the path start, or -1 when it has fewer.
    static int startOfLast(int count, byte[] bytes, int from, int to) {
        int left = count;
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == '/' && --left == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /// The order of shapes, the first being the more specific: segment by segment, literal before `{x}` before `*`
    /// before `**`; what ends before what goes on with `**`; behind a `**` the longer tail first; expressions last,
    /// all alike. 0 only for patterns that match the same paths.
    int compareShape(PathPattern other) {
        if (regex != null || other.regex != null) {
            return Boolean.compare(regex != null, other.regex != null);
        }
        int order = compareSegments(head, other.head);
        if (order != 0) {
            return order;
        }
        if (head.length != other.head.length) {
            // The shorter one goes on with `**`, or the two have no path in common.
            return Integer.compare(other.head.length, head.length);
        }
        if (tail == null || other.tail == null) {
            return Boolean.compare(tail != null, other.tail != null);
        }
        order = Integer.compare(other.tail.length, tail.length);
        return order != 0 ? order : compareSegments(tail, other.tail);
    }

    private static int compareSegments(Segment[] a, Segment[] b) {
        for (int i = 0; i < a.length && i < b.length; i++) {
            int order = a[i].compareShape(b[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /// A path it matches, with `filler` where any text may stand; null for an expression that is not easily
    /// guessed.
    @Nullable
    String example(String filler) {
        if (regex != null) {
            return RegexExample.of(regex, List.of("/", "/" + filler));
        }
        StringBuilder path = new StringBuilder();
        append(path, head, filler);
        if (tail != null) {
            path.append('/').append(filler);
            append(path, tail, filler);
        }
        return path.toString();
    }

    private static void append(StringBuilder path, Segment[] segments, String filler) {
        for (Segment segment : segments) {
            path.append('/')
                    .append(
                            switch (segment) {
                                case LiteralSegment literal -> ascii(literal.octets);
                                case MixedSegment mixed -> mixed.example(filler);
                                case Segment.Open _ -> filler;
                            });
        }
    }

    static String ascii(byte[] octets) {
        return new String(octets, StandardCharsets.US_ASCII);
    }

    /// Whether it is one path and no other.
    boolean isLiteral() {
        return regex == null
                && tail == null
                && Arrays.stream(head).allMatch(segment -> segment instanceof LiteralSegment);
    }

    @Override
    public String toString() {
        return text;
    }
}
