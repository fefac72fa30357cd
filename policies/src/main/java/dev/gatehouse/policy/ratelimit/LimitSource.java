package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.Exchange;
import java.util.List;

/// Says which limits hold for a request, and whose buckets are meant. Immutable, and asked on the exchange's loop.
public interface LimitSource {
    /// Adds what the request has to take; nothing, where nothing limits it.
    void addTo(List<Wanted> wanted, Exchange exchange);

    /// Whether it can only be told once it is known who calls.
    boolean needsIdentity();
}
