/// The requests that ended last, kept in memory to be asked about: `why`, `tail`, and the list of the admin API.
///
/// Each loop writes a ring of its own and never waits for a reader; a reader never waits for a loop, so that a stuck
/// one can be looked into. What a reader gets is whole or nothing: see [dev.gatehouse.engine.telemetry.recent.Slot].
@NullMarked
package dev.gatehouse.engine.telemetry.recent;

import org.jspecify.annotations.NullMarked;
