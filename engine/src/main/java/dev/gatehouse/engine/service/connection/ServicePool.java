package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.http2.SharedLists;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.ConnectionBudget;
import dev.gatehouse.engine.service.Instance;
import dev.gatehouse.engine.service.Service;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections of one event loop to one service. Of those that carry one call at a time, the one used last is used
/// next, so that the others can age and close; an HTTP/2 connection carries as many as the service allows before
/// another one is opened.
///
/// The limits belong to the whole gateway ([ConnectionBudget]) and count connections, whatever they carry; the
/// connections belong to a loop: when a call has to wait here while another loop keeps connections it does not need,
/// that loop is asked to close one, and whoever closes one tells the loops that wait.
public final class ServicePool implements ConnectionOwner {
    private static final Logger LOG = LoggerFactory.getLogger(ServicePool.class);

    private final Loop loop;
    private final Service service;
    private final ConnectionBudget budget;
    private final KnownInstances known = new KnownInstances();
    private final WaitingCalls waiters;
    private final Set<PooledConnection> all = new HashSet<>();
    private List<ServicePool> siblings = List.of();
    private final Runnable onChange;
    private boolean closed;
    private @Nullable SharedLists lists;
    private @Nullable Runnable whenEmpty;

    public ServicePool(Loop loop, Service service) {
        this.loop = loop;
        this.service = service;
        this.budget = service.budget();
        this.waiters = new WaitingCalls(budget);
        this.onChange = () -> loop.execute(known::dropGone);
        service.watch(onChange);
    }

    /// Tells the pool of the same service on the other loops. Before any of them is used.
    public void siblings(List<ServicePool> others) {
        siblings = others.stream().filter(pool -> pool != this).toList();
    }

    public Service service() {
        return service;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public long idleNanos() {
        return service.connections().idleTimeout().toNanos();
    }

    @Override
    public SharedLists lists() {
        SharedLists made = lists;
        if (made == null) {
            made = new SharedLists();
            lists = made;
        }
        return made;
    }

    // ── for calls
    // ────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Gets `call` a connection to `instance`: at once when one is there, else when one has been opened or has
    /// become free. The call hears [ServiceCall#onConnection] or [ServiceCall#onFault].
    ///
    /// @return what to give to [#forget] if the call no longer wants it; null when it has heard already
    public @Nullable Waiter acquire(ServiceCall call, Instance instance, ConnectionWish wish) {
        InstanceConnections to = known.to(instance);
        if (wish != ConnectionWish.FRESH) {
            Http1ServiceConnection connection = takeIdle(to);
            if (connection != null) {
                call.onConnection(connection, true);
                return null;
            }
        }
        if (wish.mayShare(service.protocol(), instance)) {
            Http2ServiceConnection connection = wish == ConnectionWish.FRESH ? null : to.withRoom();
            if (connection != null) {
                call.onConnection(connection.open(), connection.wasUsed());
                return null;
            }
        }
        Waiter waiter = new Waiter(call, instance, wish);
        return place(waiter, to) ? waiter : null;
    }

    /// The call no longer wants a connection. One that is being opened for it goes to the pool when it is there.
    public void forget(Waiter waiter) {
        if (waiter.isWaiting()) {
            waiter.stop();
            SharedOpening opening = waiter.opening();
            if (!waiters.leave(waiter) && opening != null) {
                opening.leave(waiter);
            }
        }
    }

    private static @Nullable Http1ServiceConnection takeIdle(InstanceConnections to) {
        ArrayDeque<Http1ServiceConnection> stack = to.idle();
        for (Http1ServiceConnection connection = stack.pollLast(); connection != null; connection = stack.pollLast()) {
            connection.unpark();
            if (connection.isUsable()) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    /// Lets it wait for a connection that is being opened, opens one, or puts it into the queue.
    ///
    /// @return false when there is no place in the queue: the call has heard so
    private boolean place(Waiter waiter, InstanceConnections to) {
        boolean shares = mayShare(waiter) && !to.choseHttp1();
        SharedOpening opening = to.opening();
        if (shares && opening != null && opening.hasRoom()) {
            waiter.waitsFor(opening);
            opening.join(waiter);
            return true;
        }
        if (budget.tryOpen()) {
            connect(waiter, to, shares);
            return true;
        }
        return waitForPlace(waiter);
    }

    private boolean waitForPlace(Waiter waiter) {
        if (!waiters.join(waiter)) {
            waiter.fail(ServiceFault.NO_CONNECTION, "the queue for connections is full");
            return false;
        }
        // A place that became free just before we stood in the queue was offered to nobody.
        serveWaiter();
        if (waiters.isEmpty()) {
            return true;
        }
        // An idle connection to another instance can make room, here or on another loop; its end serves the queue.
        if (!known.closeOneIdle()) {
            for (ServicePool sibling : siblings) {
                sibling.loop.execute(() -> sibling.known.closeOneIdle());
            }
        }
        return true;
    }

    // ── opening
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    private void connect(Waiter waiter, InstanceConnections to, boolean shared) {
        SharedOpening opening = new SharedOpening(waiter, shared);
        waiter.waitsFor(opening);
        if (shared) {
            to.opening(opening);
        }
        boolean http1Only = waiter.wish() == ConnectionWish.HTTP_1_1 && !Opening.isHttp2(service.protocol());
        // Not among the socket events of a batch: there the new socket may get the descriptor of one just closed,
        // and with epoll what is still to come in the batch about the old one would be taken for the new one's.
        loop.execute(() -> Opening.start(
                this, service, to.instance(), http1Only, service.timeouts().connect(), new Outcome(to, opening)));
    }

    /// What becomes of one opening.
    private final class Outcome implements Opening.Opened {
        private final InstanceConnections to;
        private final SharedOpening opening;

        Outcome(InstanceConnections to, SharedOpening opening) {
            this.to = to;
            this.opening = opening;
        }

        @Override
        public void http1(Http1ServiceConnection connection) {
            over();
            to.refusal(null);
            if (opening.isShared()) {
                to.choseHttp1(true);
            }
            all.add(connection);
            if (closed || !connection.channel().isActive()) {
                connection.close();
            }
            Waiter waiter = opening.next();
            if (waiter == null) {
                giveBack(connection);
                return;
            }
            waiter.give(connection, false);
            // It carries one call at a time: the others need their own.
            for (Waiter next = opening.next(); next != null; next = opening.next()) {
                place(next, to);
            }
        }

        @Override
        public void http2(Http2ServiceConnection connection) {
            over();
            to.refusal(null);
            to.choseHttp1(false);
            all.add(connection);
            known.to(to.instance()).add(connection);
            if (closed || to.instance().isGone()) {
                connection.retire();
            }
            boolean used = false;
            for (Waiter waiter = opening.next(); waiter != null; waiter = opening.next()) {
                if (connection.hasRoom()) {
                    waiter.give(connection.open(), used);
                    used = true;
                } else {
                    place(waiter, to);
                }
            }
            roomOn(connection);
        }

        @Override
        public void failed(ServiceFault fault, @Nullable String detail) {
            over();
            budget.closed();
            if (fault == ServiceFault.TLS_FAILED && !Objects.equals(to.refusal(), detail)) {
                to.refusal(detail);
                LOG.warn("no TLS with {} of {}: {}", to.instance(), service.key(), detail);
            }
            for (Waiter waiter = opening.next(); waiter != null; waiter = opening.next()) {
                waiter.fail(fault, detail);
            }
            placeFree();
        }

        private void over() {
            if (to.opening() == opening) {
                to.opening(null);
            }
        }
    }

    // ── coming back
    // ──────────────────────────────────────────────────────────────────────────────────────────────────

    @Override
    public void giveBack(Http1ServiceConnection connection) {
        if (closed || connection.instance().isGone()) {
            connection.close();
            return;
        }
        Waiter waiter = waiters.firstFor(connection.instance(), _ -> true);
        if (waiter != null) {
            waiter.give(connection, true);
            return;
        }
        if (budget.waiting() > 0) {
            // Somebody waits: for another instance, or on another loop. The place is worth more than the
            // connection.
            connection.close();
            return;
        }
        known.to(connection.instance()).idle().addLast(connection);
        connection.park(loop.recent());
    }

    @Override
    public void roomOn(Http2ServiceConnection connection) {
        while (connection.hasRoom() && !waiters.isEmpty()) {
            Waiter waiter = waiters.firstFor(connection.instance(), this::mayShare);
            if (waiter == null) {
                break;
            }
            waiter.give(connection.open(), connection.wasUsed());
        }
        if (connection.isIdle() && (closed || budget.waiting() > 0)) {
            connection.close();
        }
    }

    private boolean mayShare(Waiter waiter) {
        return waiter.wish().mayShare(service.protocol(), waiter.instance());
    }

    @Override
    public void closed(PooledConnection connection) {
        if (all.remove(connection)) {
            known.to(connection.instance()).remove(connection);
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
            Waiter waiter = waiters.first();
            InstanceConnections to = known.to(waiter.instance());
            connect(waiter, to, mayShare(waiter) && !to.choseHttp1());
        }
    }

    // ── the end
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

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
        for (PooledConnection connection : List.copyOf(all)) {
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
        return known.idleCount();
    }
}
