/// A configuration as it runs: compiled without opening a socket, switched to at once, and taken apart after its last
/// exchange. What a reload does not change is carried over, connections, health and counters included.
@NullMarked
package dev.gatehouse.engine.snapshot;

import org.jspecify.annotations.NullMarked;
