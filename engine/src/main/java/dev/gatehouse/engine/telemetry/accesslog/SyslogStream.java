package dev.gatehouse.engine.telemetry.accesslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A syslog server over TCP or a stream socket of this machine: each message with its length before it (octet
/// counting, RFC 6587 §3.4.1). A message counts as written when the whole buffer it is in was taken; after a
/// broken connection the buffer is sent again, so that a server may get a line twice, but rarely none. What was on
/// its way when the connection broke is lost: syslog has no receipts.
final class SyslogStream implements LineOutput {
    private static final long CONNECT_MILLIS = Duration.ofSeconds(3).toMillis();
    private static final long WRITE_MILLIS = Duration.ofSeconds(5).toMillis();

    /// Looks an address up; on the writer's thread, which may wait for that.
    @FunctionalInterface
    private interface Lookup {
        SocketAddress address() throws IOException;
    }

    /// What is open for one connection.
    private record Connection(SocketChannel channel, Selector selector) {}

    private final Lookup lookup;
    private final String name;
    private final ByteBuffer heard = ByteBuffer.allocate(512);
    private ByteBuffer framed = ByteBuffer.allocate(80 << 10);
    private volatile @Nullable Connection connection;

    private SyslogStream(Lookup lookup, String name) {
        this.lookup = lookup;
        this.name = name;
    }

    static SyslogStream tcp(String host, int port) {
        return new SyslogStream(
                () -> SyslogLines.resolve(new InetSocketAddress(host, port)), "syslog at tcp://" + host + ":" + port);
    }

    static SyslogStream unix(Path socket) {
        return new SyslogStream(() -> UnixDomainSocketAddress.of(socket), "syslog at unix://" + socket);
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        try {
            Connection open = connectedTo(open());
            while (lines.hasRemaining()) {
                int next = frame(lines);
                send(open);
                lines.position(next);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /// Fills [#framed] with as many messages as fit.
    ///
    /// @return where the first one stands that does not
    private int frame(ByteBuffer lines) {
        ByteBuffer rest = lines.duplicate();
        framed.clear();
        while (rest.hasRemaining()) {
            int length = SyslogLines.length(rest);
            byte[] count = (length + " ").getBytes(US_ASCII);
            if (framed.remaining() < count.length + length) {
                if (framed.position() > 0) {
                    break;
                }
                framed = ByteBuffer.allocate(count.length + length);
            }
            framed.put(count).put(rest.slice(rest.position(), length));
            rest.position(rest.position() + length + 1);
        }
        framed.flip();
        return rest.position();
    }

    private void send(Connection open) throws IOException {
        while (framed.hasRemaining()) {
            if (open.channel.write(framed) == 0) {
                await(open, SelectionKey.OP_WRITE, WRITE_MILLIS, "it takes nothing");
            }
        }
    }

    /// A server that left has said so: what is written to it now would be lost without a word.
    private Connection connectedTo(Connection open) throws IOException {
        int octets;
        do {
            heard.clear();
            octets = open.channel.read(heard); // a server has nothing to tell us
        } while (octets > 0);
        if (octets == 0) {
            return open;
        }
        close();
        return open();
    }

    private Connection open() throws IOException {
        Connection open = connection;
        if (open != null) {
            return open;
        }
        SocketAddress address = lookup.address();
        SocketChannel channel = address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open();
        open = new Connection(channel, Selector.open());
        connection = open;
        channel.configureBlocking(false);
        if (!channel.connect(address)) {
            await(open, SelectionKey.OP_CONNECT, CONNECT_MILLIS, "no connection");
            channel.finishConnect();
        }
        return open;
    }

    private static void await(Connection open, int what, long millis, String otherwise) throws IOException {
        SelectionKey key = open.channel.register(open.selector, what);
        int ready = open.selector.select(millis);
        key.interestOps(0);
        open.selector.selectedKeys().clear();
        if (ready == 0) {
            throw new SocketTimeoutException(otherwise + " for " + millis / 1000 + " s");
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.channel.close();
                open.selector.close();
            } catch (IOException e) {
                // It is gone either way.
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
