/// One exchange without a socket: what `explain` and `gatehouse test` ask the data path.
@NullMarked
package dev.gatehouse.engine.explain;

import org.jspecify.annotations.NullMarked;
