/// The time, as every part is given it instead of asking a clock.
@NullMarked
package dev.gatehouse.api.time;

import org.jspecify.annotations.NullMarked;
