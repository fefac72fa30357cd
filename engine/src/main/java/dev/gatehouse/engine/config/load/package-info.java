/// From files to what holds: include, merge, check what belongs together, lay the layers over each other.
///
/// ```
/// ConfigLoader ─▶ FileSet (read, include) ─▶ Assembly (plain spelling, one document) ─▶ sections ─▶ Loaded
///                                              ServiceReader · RouteReader · PolicyReader · CrossChecks
/// ```
@NullMarked
package dev.gatehouse.engine.config.load;

import org.jspecify.annotations.NullMarked;
