package dev.gatehouse.engine.telemetry;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// What is known of a connection that was passed on as octets, when it is over.
///
/// @param id under which it is found again, a UUID
/// @param listener its name
/// @param protocol `tcp`, or `tls` where the gateway or the client spoke it
/// @param host the host the client named (SNI); null when it named none
/// @param service null when it came to none
/// @param instance the last that was chosen, `10.0.3.11:5432`; null when none was
/// @param attempts how many instances were tried
/// @param bytesIn octets the client sent that were passed on
/// @param bytesOut octets the service sent
/// @param startedMillis when it was accepted, in milliseconds of the epoch
/// @param durationNanos from there to its end
public record TcpSummary(
        String id,
        String listener,
        String protocol,
        @Nullable String host,
        InetAddress clientAddress,
        @Nullable String service,
        @Nullable String instance,
        int attempts,
        long bytesIn,
        long bytesOut,
        long startedMillis,
        long durationNanos,
        TcpEnding ending) {}
