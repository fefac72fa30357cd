/// Drives one exchange: policies down, target, policies up, the error answer when there is no other, the end. Knows
/// neither the version of HTTP nor the transport.
@NullMarked
package dev.gatehouse.engine.exchange;

import org.jspecify.annotations.NullMarked;
