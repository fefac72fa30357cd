package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.exchange.ExchangePool;
import dev.gatehouse.engine.net.Cidr;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.http1.HeadLimits;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// One loop's share of a listener: the connections it accepted. On the loop's thread only, but for the shared
/// count.
final class ListenerLoop extends ChannelInitializer<Channel> {
    /// What an unused connection has left when the gateway shuts down: time for a request that is already on its
    /// way.
    static final long DRAINED_IDLE = TimeUnit.SECONDS.toNanos(1);

    private final Loop loop;
    private final LimitsConfig limits;
    private final HeadLimits headLimits;
    private final List<Cidr> trustedProxies;
    private final ExchangePool exchanges;
    private final AtomicInteger open;
    private final Set<Http1Connection> connections = new HashSet<>();
    private boolean draining;
    private long accepted;

    /// @param open the connections of the whole listener
    ListenerLoop(
            Loop loop, ListenerConfig config, List<Cidr> trustedProxies, ExchangePool exchanges, AtomicInteger open) {
        this.loop = loop;
        this.limits = config.limits();
        this.headLimits = limits.heads();
        this.trustedProxies = trustedProxies;
        this.exchanges = exchanges;
        this.open = open;
    }

    @Override
    public boolean isSharable() {
        return true;
    }

    @Override
    protected void initChannel(Channel channel) {
        accepted++;
        if (open.incrementAndGet() > limits.connections()) {
            open.decrementAndGet();
            channel.pipeline().addLast(new SurplusConnection());
            return;
        }
        channel.pipeline().addLast(new AcceptedSocket(this));
    }

    void opened(Http1Connection connection) {
        connections.add(connection);
        if (draining) {
            connection.drain();
        }
    }

    /// A socket that was not refused is gone.
    ///
    /// @param connection what was spoken on it, if it came to that
    void closed(@Nullable Http1Connection connection) {
        open.decrementAndGet();
        if (connection != null) {
            connections.remove(connection);
        }
    }

    void drain() {
        draining = true;
        List.copyOf(connections).forEach(Http1Connection::drain);
    }

    void cutOff() {
        List.copyOf(connections).forEach(Http1Connection::cutOff);
    }

    /// How many connections have been accepted so far, those refused for their number included.
    long accepted() {
        return accepted;
    }

    Loop loop() {
        return loop;
    }

    LimitsConfig limits() {
        return limits;
    }

    HeadLimits headLimits() {
        return headLimits;
    }

    List<Cidr> trustedProxies() {
        return trustedProxies;
    }

    ExchangePool exchanges() {
        return exchanges;
    }
}
