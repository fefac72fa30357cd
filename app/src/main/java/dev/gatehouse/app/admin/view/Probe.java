package dev.gatehouse.app.admin.view;

/// All that somebody learns who only asks whether the gateway is well.
///
/// @param status `up`, `ready`, `starting` or `draining`
public record Probe(String status) {
    /// The process answers.
    public static final Probe UP = new Probe("up");

    public static Probe of(Phase phase) {
        return new Probe(phase.word());
    }
}
