package dev.gatehouse.engine.telemetry.accesslog;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// What the ways to a syslog server share.
final class SyslogLines {
    private SyslogLines() {}

    /// Octets of the next line, without its end.
    static int length(ByteBuffer lines) {
        int at = lines.position();
        while (lines.get(at) != '\n') {
            at++;
        }
        return at - lines.position();
    }

    /// @throws IOException when the name is not known
    static InetSocketAddress resolve(InetSocketAddress address) throws IOException {
        if (address.isUnresolved()) {
            throw new UnknownHostException(address.getHostString());
        }
        return address;
    }
}
