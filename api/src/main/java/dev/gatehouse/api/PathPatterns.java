package dev.gatehouse.api;

import java.util.BitSet;

/// Many [PathPattern]s, asked as one: what that costs does not depend on how many there are. Immutable; shared by all
/// threads.
public interface PathPatterns {
    /// Sets a bit for each pattern that matches, by its place in the list.
    void matching(RequestHead request, BitSet into);
}
