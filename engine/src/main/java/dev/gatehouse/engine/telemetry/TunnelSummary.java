package dev.gatehouse.engine.telemetry;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is known of what follows a 101, while it lasts and when it is over. Asked on the exchange's loop.
public interface TunnelSummary {
    /// The protocol of WebSockets, as [#protocol] tells it.
    String WEBSOCKET = "websocket";

    /// Whose a Close frame was.
    enum Side {
        CLIENT,
        SERVICE,
        GATEWAY;

        /// As metrics and logs have it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What was changed to, in lower case.
    String protocol();

    /// The code of the first Close frame of a WebSocket (RFC 6455 §7.4); 1005 when that frame had none, 1006 when
    /// there was no such frame. 0 for other protocols.
    int closeCode();

    /// Who sent the first Close frame; null when nobody did.
    @Nullable
    Side closedBy();

    /// Tells `counter` from now on what passes.
    void countIn(TunnelCounter counter);
}
