package dev.gatehouse.engine.service;

/// An instance is left out because of how it treated requests.
///
/// ```
/// eject ─► OUT ──time──► TRIAL ──a request──► TRYING ──success──► back in
///           ▲                                    └──failure──┐
///           └────────────────── for twice as long ───────────┘
/// ```
///
/// @param until when OUT ends, in nanoseconds of the gateway's clock
/// @param nanos how long OUT lasts
/// @param times how often in a row this has happened
/// @param reason for people: `5×503`
/// @param unreachable whether no connection could be had; then a check that passes ends it early
public record Ejection(Phase phase, long until, long nanos, int times, String reason, boolean unreachable) {
    public enum Phase {
        /// No requests.
        OUT,
        /// The next request tries it.
        TRIAL,
        /// That request is under way; no other goes there meanwhile.
        TRYING
    }

    Ejection in(Phase next) {
        return new Ejection(next, until, nanos, times, reason, unreachable);
    }
}
