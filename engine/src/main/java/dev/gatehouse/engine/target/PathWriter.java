package dev.gatehouse.engine.target;

import dev.gatehouse.http1.HeadWriter;

/// Writes a path that is put together from pieces, in the normal form of every path: slashes in a row become one. A `.`
/// or `..` segment is noticed, not resolved: it came out of a value, and would lead to where the route does not.
final class PathWriter {
    /// The segment holds something else than dots.
    private static final int NOT_DOTS = -1;

    private final HeadWriter out;
    private boolean begun;
    private boolean atSlash;
    private boolean climbs;
    private int dots;

    PathWriter(HeadWriter out) {
        this.out = out;
    }

    void put(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            put((char) (octets[i] & 0xff));
        }
    }

    void put(CharSequence ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
    }

    private void put(char c) {
        if (c == '/') {
            if (begun && atSlash) {
                return;
            }
            endSegment();
        } else if (c == '.') {
            dots = dots == NOT_DOTS ? NOT_DOTS : dots + 1;
        } else {
            if (c == ';') {
                // Services cut a segment's parameters off before they resolve the dots.
                climbs |= isDots();
            }
            dots = NOT_DOTS;
        }
        begun = true;
        atSlash = c == '/';
        out.put(c);
    }

    /// Ends the path.
    ///
    /// @return false when it holds a `.` or `..` segment
    boolean end() {
        endSegment();
        return !climbs;
    }

    private void endSegment() {
        climbs |= isDots();
        dots = 0;
    }

    private boolean isDots() {
        return dots == 1 || dots == 2;
    }
}
