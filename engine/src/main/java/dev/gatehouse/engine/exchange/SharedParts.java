package dev.gatehouse.engine.exchange;

import dev.gatehouse.engine.telemetry.Telemetry;

/// What the exchanges of all listeners share.
///
/// @param routes where requests go, from now on and after each reload
/// @param readiness told at the health paths of listeners that have them
/// @param telemetry what watches
/// @param outside what policies reach
public record SharedParts(LiveRoutes routes, Readiness readiness, Telemetry telemetry, Outside outside) {}
