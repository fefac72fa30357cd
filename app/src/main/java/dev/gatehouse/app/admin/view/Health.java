package dev.gatehouse.app.admin.view;

import java.util.List;

/// How the gateway is.
///
/// @param status what `/health/ready` says in a word
/// @param ready whether `status` is `ready`
/// @param version of the program
/// @param revision of the configuration that runs: `r18`
/// @param uptimeSeconds since the process started
/// @param services how many there are in each state
/// @param listeners where clients come in: `http://0.0.0.0:8080`
public record Health(
        Phase status,
        boolean ready,
        String version,
        String revision,
        long uptimeSeconds,
        ServiceCount services,
        List<String> listeners) {
    public Health {
        listeners = List.copyOf(listeners);
        if (ready != (status == Phase.READY)) {
            throw new IllegalArgumentException("ready: " + ready + ", but the status is " + status.word());
        }
    }

    public Health(
            Phase status,
            String version,
            String revision,
            long uptimeSeconds,
            ServiceCount services,
            List<String> listeners) {
        this(status, status == Phase.READY, version, revision, uptimeSeconds, services, listeners);
    }

    /// @param up services with at least one instance that takes requests
    /// @param down services without
    public record ServiceCount(int up, int down) {}
}
