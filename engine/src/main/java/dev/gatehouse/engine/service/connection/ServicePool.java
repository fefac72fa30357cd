package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Sockets;
import dev.gatehouse.engine.service.ConnectionBudget;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop to one service. The one used last is used next, so that the others can age and
/// close.
///
/// The limits belong to the whole gateway ([ConnectionBudget]), the connections to a loop: when a call has to wait
/// here while another loop keeps connections it does not need, that loop is asked to close one, and whoever closes
/// one tells the loops that wait.
public final class ServicePool {
    private final Loop loop;
    private final Service service;
    private final ConnectionBudget budget;
    private @Nullable Idle[] idle = new @Nullable Idle[4];
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private final Set<ServiceConnection> all = new HashSet<>();
    private List<ServicePool> siblings = List.of();
    private final Runnable onChange;
    private boolean closed;
    private @Nullable Runnable whenEmpty;

    /// The idle connections to one instance. Found by the instance's slot, which may have been another's before.
    private static final class Idle {
        private final Instance instance;
        private final ArrayDeque<ServiceConnection> stack = new ArrayDeque<>();

        Idle(Instance instance) {
            this.instance = instance;
        }
    }

    /// A call that waits for a connection to an instance.
    public static final class Waiter {
        private final ServiceCall call;
        private final Instance instance;
        private boolean waiting = true;

        Waiter(ServiceCall call, Instance instance) {
            this.call = call;
            this.instance = instance;
        }

        /// Whether the call has heard neither of a connection nor of a fault.
        public boolean isWaiting() {
            return waiting;
        }
    }

    public ServicePool(Loop loop, Service service) {
        this.loop = loop;
        this.service = service;
        this.budget = service.budget();
        this.onChange = () -> loop.execute(this::dropGone);
        service.watch(onChange);
    }

    /// Tells the pool of the same service on the other loops. Before any of them is used.
    public void siblings(List<ServicePool> others) {
        siblings = others.stream().filter(pool -> pool != this).toList();
    }

    public Service service() {
        return service;
    }

    Loop loop() {
        return loop;
    }

    long idleNanos() {
        return service.connections().idleTimeout().toNanos();
    }

    /// Gets `call` a connection to `instance`: at once when one is idle, else when one has been opened or has
    /// become free. The call hears [ServiceCall#onConnection] or [ServiceCall#onFault].
    ///
    /// @param fresh whether only a connection that was never used will do
    /// @return what to give to [#forget] if the call no longer wants it; null when it has heard already
    public @Nullable Waiter acquire(ServiceCall call, Instance instance, boolean fresh) {
        if (!fresh) {
            ServiceConnection connection = takeIdle(instance);
            if (connection != null) {
                call.onConnection(connection, true);
                return null;
            }
        }
        if (!budget.tryOpen()) {
            return waitForOne(call, instance);
        }
        Waiter waiter = new Waiter(call, instance);
        connect(waiter);
        return waiter;
    }

    /// The call no longer wants a connection. One that is being opened for it goes to the pool when it is there.
    public void forget(Waiter waiter) {
        if (waiter.waiting) {
            waiter.waiting = false;
            if (waiters.remove(waiter)) {
                budget.waited();
            }
        }
    }

    private @Nullable ServiceConnection takeIdle(Instance instance) {
        ArrayDeque<ServiceConnection> stack = idleTo(instance);
        for (ServiceConnection connection = stack.pollLast(); connection != null; connection = stack.pollLast()) {
            connection.unpark();
            if (connection.isUsable()) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    private @Nullable Waiter waitForOne(ServiceCall call, Instance instance) {
        if (!budget.tryWait()) {
            call.onFault(ServiceFault.NO_CONNECTION, "the queue for connections is full");
            return null;
        }
        Waiter waiter = new Waiter(call, instance);
        waiters.addLast(waiter);
        // A place that became free just before we stood in the queue was offered to nobody.
        serveWaiter();
        if (waiters.isEmpty()) {
            return waiter;
        }
        // An idle connection to another instance can make room, here or on another loop; its end serves the queue.
        if (!closeOneIdle()) {
            for (ServicePool sibling : siblings) {
                sibling.loop.execute(sibling::closeOneIdle);
            }
        }
        return waiter;
    }

    private void connect(Waiter waiter) {
        // Not among the socket events of a batch: there the new socket may get the descriptor of one just closed,
        // and with epoll what is still to come in the batch about the old one would be taken for the new one's.
        loop.execute(() -> open(waiter));
    }

    private void open(Waiter waiter) {
        ServiceConnection connection = new ServiceConnection(this, waiter.instance);
        ChannelFuture connecting = Sockets.connect(
                loop, waiter.instance.address(), service.timeouts().connect(), connection);
        connecting.addListener(done -> {
            loop.now();
            if (done.isSuccess()) {
                all.add(connection);
                connected(connection, waiter);
            } else {
                connection.discard();
                budget.closed();
                failed(waiter, done.cause());
            }
        });
    }

    private void connected(ServiceConnection connection, Waiter waiter) {
        Channel channel = connection.channel();
        if (closed || !channel.isActive()) {
            connection.close();
        }
        if (waiter.waiting) {
            waiter.waiting = false;
            waiter.call.onConnection(connection, false);
        } else {
            giveBack(connection);
        }
    }

    private void failed(Waiter waiter, @Nullable Throwable cause) {
        if (waiter.waiting) {
            waiter.waiting = false;
            waiter.call.onFault(ServiceFault.CONNECT_FAILED, cause == null ? null : cause.getMessage());
        }
        placeFree();
    }

    /// An answer has ended and left the connection usable.
    void giveBack(ServiceConnection connection) {
        if (closed || connection.instance().isGone()) {
            connection.close();
            return;
        }
        Waiter waiter = nextWaiter(connection.instance());
        if (waiter != null) {
            waiter.call.onConnection(connection, true);
            return;
        }
        if (budget.waiting() > 0) {
            // Somebody waits: for another instance, or on another loop. The place is worth more than the
            // connection.
            connection.close();
            return;
        }
        idleTo(connection.instance()).addLast(connection);
        connection.park(loop.recent());
    }

    private @Nullable Waiter nextWaiter(Instance instance) {
        for (Waiter waiter : waiters) {
            if (waiter.instance == instance) {
                waiters.remove(waiter);
                waiter.waiting = false;
                budget.waited();
                return waiter;
            }
        }
        return null;
    }

    void closed(ServiceConnection connection) {
        if (all.remove(connection)) {
            idleTo(connection.instance()).remove(connection);
            budget.closed();
            placeFree();
            tellWhenEmpty();
        }
    }

    /// A connection may be opened that could not before: for the first who waits here, else for one who waits
    /// elsewhere.
    public void placeFree() {
        serveWaiter();
        if (waiters.isEmpty() && budget.waiting() > 0) {
            for (ServicePool sibling : siblings) {
                sibling.loop.execute(sibling::serveWaiter);
            }
        }
    }

    private void serveWaiter() {
        if (!waiters.isEmpty() && budget.tryOpen()) {
            Waiter waiter = waiters.removeFirst();
            budget.waited();
            connect(waiter);
        }
    }

    private ArrayDeque<ServiceConnection> idleTo(Instance instance) {
        int slot = instance.slot();
        Idle known = slot < idle.length ? idle[slot] : null;
        return known != null && known.instance == instance ? known.stack : newIdleTo(instance);
    }

    private ArrayDeque<ServiceConnection> newIdleTo(Instance instance) {
        int slot = instance.slot();
        if (instance.isGone()) {
            // Somebody else's slot by now, maybe; none of these connections is kept.
            return new ArrayDeque<>();
        }
        if (slot >= idle.length) {
            idle = Arrays.copyOf(idle, Math.max(slot + 1, idle.length * 2));
        }
        Idle before = idle[slot];
        Idle fresh = new Idle(instance);
        idle[slot] = fresh;
        if (before != null) {
            before.stack.forEach(ServiceConnection::close);
        }
        return fresh.stack;
    }

    /// Closes what is idle to instances the service has no longer; calls under way finish.
    private void dropGone() {
        for (int slot = 0; slot < idle.length; slot++) {
            Idle known = idle[slot];
            if (known != null && known.instance.isGone()) {
                idle[slot] = null;
                known.stack.forEach(ServiceConnection::close);
            }
        }
    }

    private boolean closeOneIdle() {
        for (Idle known : idle) {
            ServiceConnection oldest = known == null ? null : known.stack.pollFirst();
            if (oldest != null) {
                oldest.unpark();
                oldest.close();
                return true;
            }
        }
        return false;
    }

    /// Closes every connection; calls in progress hear that theirs ended.
    ///
    /// @param done run on the loop when the last one has closed
    public void close(Runnable done) {
        closed = true;
        service.unwatch(onChange);
        Runnable alsoDone = whenEmpty;
        whenEmpty = alsoDone == null
                ? done
                : () -> {
                    alsoDone.run();
                    done.run();
                };
        for (ServiceConnection connection : List.copyOf(all)) {
            connection.close();
        }
        tellWhenEmpty();
    }

    private void tellWhenEmpty() {
        Runnable done = whenEmpty;
        if (done != null && all.isEmpty()) {
            whenEmpty = null;
            done.run();
        }
    }

    /// How many connections are open here, and how many of them are idle.
    public int open() {
        return all.size();
    }

    public int idle() {
        return Arrays.stream(idle)
                .mapToInt(known -> known == null ? 0 : known.stack.size())
                .sum();
    }
}
