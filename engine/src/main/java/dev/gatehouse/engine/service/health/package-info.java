/// Which instances can be used: what requests tell about them, and what asking them tells.
///
/// The arithmetic ([PassiveHealth][dev.gatehouse.engine.service.health.PassiveHealth],
/// [CheckTally][dev.gatehouse.engine.service.health.CheckTally]) knows neither sockets nor clocks.
@NullMarked
package dev.gatehouse.engine.service.health;

import org.jspecify.annotations.NullMarked;
