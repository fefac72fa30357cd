package dev.gatehouse.engine.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Two sockets that are joined: what comes from one goes to the other, octet by octet. The one was accepted, the
/// other is [connected][#connect] here.
///
/// ```
/// client ──► octets, the end, a reset ──► service        no more is read from one side than the other can take;
/// client ◄── octets, the end, a reset ◄── service        the end of one direction leaves the other one open
/// ```
///
/// On its loop's thread only.
public final class Joint {
    /// How it ended.
    public enum Ending {
        /// Both sides have said all they had to say.
        ENDED,
        CLIENT_RESET,
        SERVICE_RESET,
        /// Nothing has moved for too long.
        IDLE,
        /// By [#cutOff].
        CUT_OFF
    }

    /// Whoever joins them.
    public interface Owner {
        /// Octets the client has sent.
        void fromClient(int octets);

        /// Octets the service has sent.
        void fromService(int octets);

        /// Both sockets are gone. The last call.
        void ended(Ending how);
    }

    /// Hears how connecting went.
    public interface Connected {
        /// @param problem null when the other side is there
        void done(@Nullable Throwable problem);
    }

    private final Loop loop;
    private final Owner owner;
    private final long idleNanos;
    private final JointEnd client;
    private final Deadline idle;
    private JointEnd service;
    private long lastMove;
    private boolean joined;
    private boolean over;
    private @Nullable Ending ending;

    /// @param idle how long nothing may move in either direction
    public Joint(Loop loop, Duration idle, Owner owner) {
        this.loop = loop;
        this.owner = owner;
        this.idleNanos = idle.toNanos();
        this.idle = loop.connections().register(this::onIdle);
        this.client = new JointEnd(this);
        this.service = new JointEnd(this);
    }

    /// What is to speak with the client once it is [joined][#join], at the end of its pipeline.
    public ChannelHandler client() {
        return client;
    }

    /// Opens the other side. May be called again after it has failed.
    public void connect(InetSocketAddress address, Duration timeout, Connected then) {
        JointEnd end = new JointEnd(this);
        service = end;
        // Not among the socket events of a batch: see ServicePool.
        loop.execute(() -> open(end, address, timeout, then));
    }

    private void open(JointEnd end, InetSocketAddress address, Duration timeout, Connected then) {
        if (over) {
            return;
        }
        Sockets.connect(loop, address, timeout, end).addListener(done -> {
            loop.now();
            if (over) {
                end.reset();
            } else {
                then.done(done.isSuccess() ? null : done.cause());
            }
        });
    }

    /// Both sides are there, and the client's handler is in its place.
    ///
    /// @param first what the client has sent already; given away
    /// @param ended whether that was all it has to send
    public void join(@Nullable ByteBuf first, boolean ended) {
        joined = true;
        client.joinedTo(service);
        service.joinedTo(client);
        moved();
        idle.at(lastMove + idleNanos);
        if (first != null) {
            owner.fromClient(first.readableBytes());
            service.send(first);
            service.flush();
        }
        service.read(true);
        client.read(service.isWritable());
        if (ended) {
            client.endInput();
        }
    }

    /// Resets both sides.
    public void cutOff() {
        end(Ending.CUT_OFF);
    }

    /// It never came to [#join]: gives up what there is.
    public void discard() {
        over = true;
        idle.close();
        if (!joined) {
            service.reset();
        }
    }

    // ── told by the ends
    // ─────────────────────────────────────────────────────────────────────────────────────────────

    void received(JointEnd from, int octets) {
        moved();
        if (from == client) {
            owner.fromClient(octets);
        } else {
            owner.fromService(octets);
        }
    }

    /// Octets have come, or have left; or a direction has ended.
    void moved() {
        lastMove = loop.now();
    }

    /// One side is broken: the other is not to believe that it ended well.
    void broken(JointEnd end) {
        end(end == client ? Ending.CLIENT_RESET : Ending.SERVICE_RESET);
    }

    /// A socket is gone.
    void closed() {
        if (joined && !over && client.isClosed() && service.isClosed()) {
            over = true;
            idle.close();
            owner.ended(ending == null ? Ending.ENDED : ending);
        }
    }

    private void end(Ending how) {
        if (ending == null) {
            ending = how;
            client.reset();
            service.reset();
        }
    }

    private void onIdle() {
        long until = lastMove + idleNanos;
        if (loop.now() - until < 0) {
            idle.at(until);
        } else {
            end(Ending.IDLE);
        }
    }

    /// What marks the place in a socket's queue where all has been sent.
    static ByteBuf mark() {
        return Unpooled.EMPTY_BUFFER;
    }
}
