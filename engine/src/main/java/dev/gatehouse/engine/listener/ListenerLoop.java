package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.http2.SharedLists;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.TlsFacts;
import dev.gatehouse.engine.telemetry.TcpTallies;
import dev.gatehouse.engine.tls.ServerTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One loop's share of a listener: the connections it accepted. On the loop's thread only, but for the shared
/// count.
final class ListenerLoop extends ChannelInitializer<Channel> {
    /// What an unused connection has left when the gateway shuts down: time for a request that is already on its
    /// way.
    static final long DRAINED_IDLE = TimeUnit.SECONDS.toNanos(1);

    private final Loop loop;
    private final ConnectionCount open;
    private final Set<OpenConnection> connections = new HashSet<>();
    private final SharedLists headerLists = new SharedLists();
    private final AdmittedClients admitted;
    private ListenerRules rules;
    private boolean draining;
    private long accepted;

    /// @param open the connections of the whole listener
    ListenerLoop(Loop loop, ListenerRules rules, ConnectionCount open) {
        this.loop = loop;
        this.rules = rules;
        this.open = open;
        this.admitted = new AdmittedClients(loop);
    }

    /// From here on connections are held to other rules; those that are open keep theirs, unless other certificates are
    /// asked for than theirs.
    void change(ListenerRules next) {
        ServerTls before = rules.tls();
        ServerTls now = next.tls();
        rules = next;
        if (before != null && now != null && before != now) {
            admitted.check(before, now);
        }
    }

    @Override
    public boolean isSharable() {
        return true;
    }

    @Override
    protected void initChannel(Channel channel) {
        accepted++;
        TcpRoutes tcp = rules.tcp();
        if (!open.tryOpen(rules.limits().connections())) {
            channel.pipeline().addLast(tcp == null ? new SurplusConnection(rules.tls() != null) : surplus(tcp));
            return;
        }
        ServerTls tls = rules.tls();
        if (tls != null) {
            tls.protect(channel);
        }
        channel.pipeline().addLast(tcp == null ? new AcceptedSocket(this) : new TcpConnection(this, tcp));
    }

    private ChannelHandler surplus(TcpRoutes tcp) {
        return new SurplusTcpConnection(rules.telemetry().tcp().of(tcp.listener(), TcpTallies.NONE));
    }

    void opened(OpenConnection connection) {
        connections.add(connection);
        if (draining) {
            connection.drain();
        }
    }

    /// A connection that was opened is one of TLS.
    void admitted(OpenConnection connection, TlsFacts facts) {
        admitted.add(connection, facts);
    }

    /// A socket that was not refused is gone.
    ///
    /// @param connection what was spoken on it, if it came to that
    void closed(@Nullable OpenConnection connection) {
        open.closed();
        if (connection != null) {
            connections.remove(connection);
            admitted.remove(connection);
        }
    }

    /// Another one takes its place on the same socket.
    void replaced(ClientConnection connection) {
        connections.remove(connection);
    }

    void drain() {
        draining = true;
        List.copyOf(connections).forEach(OpenConnection::drain);
    }

    void cutOff() {
        List.copyOf(connections).forEach(OpenConnection::cutOff);
    }

    /// How many connections have been accepted so far, those refused for their number included.
    long accepted() {
        return accepted;
    }

    /// Where connections of HTTP/2 put header lists down.
    SharedLists headerLists() {
        return headerLists;
    }

    Loop loop() {
        return loop;
    }

    ListenerRules rules() {
        return rules;
    }
}
