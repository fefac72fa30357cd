package dev.gatehouse.engine.service.connection;

import dev.gatehouse.http1.KnownField;
import dev.gatehouse.http1.ParsedResponse;
import java.util.concurrent.TimeUnit;

/// What a service says about when it will close a connection that is not used: `Keep-Alive: timeout=5`. It is
/// believed, and we are a second earlier.
final class KeepAlive {
    private static final String TIMEOUT = "timeout=";
    private static final long MOST = 100_000;

    private KeepAlive() {}

    /// How long the connection may be idle, in nanoseconds.
    ///
    /// @param unlessSaid what it was before
    static long nanos(ParsedResponse head, long unlessSaid) {
        int field = head.find(KnownField.KEEP_ALIVE);
        if (field < 0) {
            return unlessSaid;
        }
        String value = head.value(field);
        int at = value.indexOf(TIMEOUT);
        if (at < 0) {
            return unlessSaid;
        }
        long seconds = 0;
        for (int i = at + TIMEOUT.length(); i < value.length() && seconds < MOST; i++) {
            char c = value.charAt(i);
            if (c < '0' || c > '9') {
                break;
            }
            seconds = seconds * 10 + (c - '0');
        }
        return Math.max(TimeUnit.SECONDS.toNanos(seconds) - TimeUnit.SECONDS.toNanos(1), 1);
    }
}
