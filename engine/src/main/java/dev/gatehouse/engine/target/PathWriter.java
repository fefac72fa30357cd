package dev.gatehouse.engine.target;

import dev.gatehouse.http1.HeadWriter;

/// Writes a path that is put together from pieces, in the normal form of every path: slashes in a row become one.
/// A `.` or `..` segment is noticed, not resolved: it came out of a value, and would lead to where the route does
/// not. So would one beside an escaped slash, in the eyes of a service that decodes it.
final class PathWriter {
    /// The segment holds something else than dots.
    private static final int NOT_DOTS = -1;

    private final HeadWriter out;
    private boolean begun;
    private boolean atSlash;
    private boolean climbs;
    private int dots;
    private int dotsBeforeEscape;

    /// What was put last, and before it.
    private char last;

    private char beforeLast;

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
        } else if (c == '%') {
            dotsBeforeEscape = dots;
            dots = NOT_DOTS;
        } else if (beforeLast == '%') {
            endEscape(last, c);
        } else {
            if (c == ';') {
                // Services cut a segment's parameters off before they resolve the dots.
                climbs |= isDots(dots);
            }
            dots = NOT_DOTS;
        }
        begun = true;
        beforeLast = last;
        last = c;
        atSlash = c == '/';
        out.put(c);
    }

    private void endEscape(char high, char low) {
        boolean slash = (high == '2' && (low | 0x20) == 'f') || (high == '5' && (low | 0x20) == 'c');
        boolean semicolon = high == '3' && (low | 0x20) == 'b';
        climbs |= (slash || semicolon) && isDots(dotsBeforeEscape);
        dots = slash ? 0 : NOT_DOTS;
    }

    /// Ends the path.
    ///
    /// @return false when it holds a `.` or `..` segment
    boolean end() {
        endSegment();
        return !climbs;
    }

    private void endSegment() {
        climbs |= isDots(dots);
        dots = 0;
    }

    private static boolean isDots(int dots) {
        return dots == 1 || dots == 2;
    }
}
