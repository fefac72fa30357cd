package dev.gatehouse.engine.telemetry.accesslog;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.jspecify.annotations.Nullable;

/// A syslog server over UDP (RFC 5426): one message, one datagram. Connected, so that a server that is not there is
/// noticed, as far as it can be.
final class SyslogDatagrams implements LineOutput {
    /// What fits one datagram over IPv4, with room to spare.
    private static final int LONGEST = 65_000;

    private final String host;
    private final int port;
    private volatile @Nullable DatagramChannel channel;

    SyslogDatagrams(String host, int port) {
        this.host = host;
        this.port = port;
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        try {
            DatagramChannel open = open();
            while (lines.hasRemaining()) {
                int length = SyslogLines.length(lines);
                open.write(lines.slice(lines.position(), Math.min(length, LONGEST)));
                lines.position(lines.position() + length + 1);
            }
        } catch (IOException e) {
            close(); // the next time the name is looked up anew
            throw e;
        }
    }

    private DatagramChannel open() throws IOException {
        DatagramChannel open = channel;
        if (open == null) {
            open = DatagramChannel.open();
            channel = open;
            open.connect(SyslogLines.resolve(new InetSocketAddress(host, port)));
        }
        return open;
    }

    @Override
    public void close() {
        DatagramChannel open = channel;
        channel = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Nothing is buffered here.
            }
        }
    }

    @Override
    public String toString() {
        return "syslog at udp://" + host + ":" + port;
    }
}
