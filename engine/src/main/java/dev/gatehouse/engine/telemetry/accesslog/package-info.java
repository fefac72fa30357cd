/// One line for each exchange. An event loop puts the line together as octets and leaves it in a ring of its own; one
/// thread takes the lines of all rings and writes them. Neither waits for the other:
///
/// ```
/// loop 0 ─ ended(summary) ─▶ LineFormat ─▶ LineRing ─┐
/// loop 1 ─ ended(summary) ─▶ LineFormat ─▶ LineRing ─┼─▶ LineWriter ─▶ LineOutput: stream, file, syslog
/// loop n ─ …                                        ─┘
/// ```
///
/// A ring that is full drops lines and counts them; an output that fails is tried again. No exchange notices.
@NullMarked
package dev.gatehouse.engine.telemetry.accesslog;

import org.jspecify.annotations.NullMarked;
