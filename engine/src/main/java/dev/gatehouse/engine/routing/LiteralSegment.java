package dev.gatehouse.engine.routing;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A segment that is exactly these octets; none at all is what follows a final `/`.
final class LiteralSegment implements Segment {
    /// Never written to.
    final byte[] octets;

    LiteralSegment(byte[] octets) {
        this.octets = octets;
    }

    boolean isEmpty() {
        return octets.length == 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LiteralSegment that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return PathPattern.ascii(octets);
    }
}
