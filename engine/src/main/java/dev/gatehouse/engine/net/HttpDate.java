package dev.gatehouse.engine.net;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The value of a Date field (RFC 9110 §5.6.7), made once a second.
public final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private long second = Long.MIN_VALUE;
    private byte[] octets = new byte[0];

    /// The octets for this moment. Shared: never written to.
    public byte[] at(long epochMillis) {
        long now = epochMillis / 1000;
        if (now != second) {
            second = now;
            octets = FORMAT.format(Instant.ofEpochSecond(now)).getBytes(StandardCharsets.US_ASCII);
        }
        return octets;
    }
}
