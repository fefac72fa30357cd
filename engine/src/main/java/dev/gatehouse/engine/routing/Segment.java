package dev.gatehouse.engine.routing;

import java.util.Arrays;

/// What a pattern says about one segment of a path. The names of parameters are kept by the [PathPattern]: two
/// segments that match alike are equal.
sealed interface Segment permits LiteralSegment, MixedSegment, Segment.Open {
    /// One segment that is not empty, whatever it is.
    enum Open implements Segment {
        /// `{x}`.
        PARAMETER,
        /// `*`: the same, but nobody wants to know what it was.
        STAR
    }

    default boolean matches(byte[] bytes, int from, int to) {
        return switch (this) {
            case LiteralSegment literal -> Arrays.equals(bytes, from, to, literal.octets, 0, literal.octets.length);
            case MixedSegment mixed -> mixed.matches(bytes, from, to, null, 0);
            case Open _ -> to > from;
        };
    }

    /// Whether every segment `other` matches is matched by this one too. Sometimes says no where yes were right.
    default boolean covers(Segment other) {
        return switch (this) {
            case LiteralSegment literal -> literal.equals(other);
            case MixedSegment mixed ->
                switch (other) {
                    case LiteralSegment literal -> mixed.matches(literal.octets, 0, literal.octets.length, null, 0);
                    case MixedSegment narrower -> mixed.covers(narrower);
                    case Open _ -> false;
                };
            case Open _ -> !(other instanceof LiteralSegment literal && literal.isEmpty());
        };
    }

    /// Whether some segment may match both. Sometimes says yes where no were right.
    default boolean mayMeet(Segment other) {
        return this instanceof LiteralSegment || other instanceof LiteralSegment
                ? covers(other) || other.covers(this)
                : true;
    }

    /// How many parameters it captures.
    default int captures() {
        return switch (this) {
            case LiteralSegment _ -> 0;
            case Open open -> open == Open.PARAMETER ? 1 : 0;
            case MixedSegment mixed -> mixed.captures();
        };
    }

    /// Literal before mixed before `{x}` before `*`, and among the mixed see [MixedSegment#compareShape].
    default int compareShape(Segment other) {
        if (this instanceof MixedSegment a && other instanceof MixedSegment b) {
            return a.compareShape(b);
        }
        if (this instanceof LiteralSegment a && other instanceof LiteralSegment b) {
            return Arrays.compareUnsigned(a.octets, b.octets);
        }
        return Integer.compare(generality(), other.generality());
    }

    private int generality() {
        return switch (this) {
            case LiteralSegment _ -> 0;
            case MixedSegment _ -> 1;
            case Open open -> open == Open.PARAMETER ? 2 : 3;
        };
    }
}
