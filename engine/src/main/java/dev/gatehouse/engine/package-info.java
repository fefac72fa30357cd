/// The data plane: from an accepted connection to the last octet of the answer. [dev.gatehouse.engine.Gateway] is
/// its door.
@NullMarked
package dev.gatehouse.engine;

import org.jspecify.annotations.NullMarked;
