/// Request tests beside a configuration: what they may say, how they run against it without a socket, and what came of
/// them. `gatehouse test`, `gatehouse check`, the start of `gatehouse run` and each reload run them.
@NullMarked
package dev.gatehouse.app.testing;

import org.jspecify.annotations.NullMarked;
