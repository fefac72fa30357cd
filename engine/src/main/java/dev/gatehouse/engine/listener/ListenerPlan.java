package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.tls.ServerTls;
import org.jspecify.annotations.Nullable;

/// A listener as it is to be: what was written, and what was made of it.
///
/// @param tls null when it speaks none
/// @param tcp where its connections go when it is of type tcp, else null; of each revision its own
public record ListenerPlan(
        ListenerConfig config,
        @Nullable ServerTls tls,
        @Nullable TcpRoutes tcp) {
    public ListenerPlan {
        if ((tcp != null) != (config.type() == ListenerConfig.Type.TCP)) {
            throw new IllegalArgumentException("a listener of type tcp has services, and no other has");
        }
    }
}
