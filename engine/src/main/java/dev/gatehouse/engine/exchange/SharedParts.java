package dev.gatehouse.engine.exchange;

import dev.gatehouse.engine.telemetry.Telemetry;
import dev.gatehouse.engine.tls.acme.Challenges;

/// What the exchanges of all listeners share.
///
/// @param routes where requests go, from now on and after each reload
/// @param readiness told at the health paths of listeners that have them
/// @param telemetry what watches
/// @param outside what policies reach
/// @param challenges what issuers of certificates may ask for
public record SharedParts(
        LiveRoutes routes, Readiness readiness, Telemetry telemetry, Outside outside, Challenges challenges) {
    /// Where no certificates are ordered.
    public SharedParts(LiveRoutes routes, Readiness readiness, Telemetry telemetry, Outside outside) {
        this(routes, readiness, telemetry, outside, new Challenges());
    }
}
