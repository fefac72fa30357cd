package dev.gatehouse.engine.net;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Looks host names up, without blocking.
@FunctionalInterface
public interface NameLookup {
    /// @param addresses at least one
    /// @param ttl how long they hold, as whoever keeps the name says
    record Found(List<InetAddress> addresses, Duration ttl) {
        public Found {
            addresses = List.copyOf(addresses);
        }
    }

    /// Fails with an exception whose message is for people. May end on any thread.
    CompletionStage<Found> lookUp(String host);
}
