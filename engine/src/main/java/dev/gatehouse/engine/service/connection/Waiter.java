package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.service.Instance;
import org.jspecify.annotations.Nullable;

/// A call that waits for a connection to an instance: in the queue of its [ServicePool], or for one that is being
/// opened. On the pool's loop.
public final class Waiter {
    private final ServiceCall call;
    private final Instance instance;
    private final ConnectionWish wish;
    private @Nullable SharedOpening opening;
    private boolean waiting = true;

    Waiter(ServiceCall call, Instance instance, ConnectionWish wish) {
        this.call = call;
        this.instance = instance;
        this.wish = wish;
    }

    /// Whether the call has heard neither of a connection nor of a fault.
    public boolean isWaiting() {
        return waiting;
    }

    Instance instance() {
        return instance;
    }

    ConnectionWish wish() {
        return wish;
    }

    /// The opening it waits for; null while it stands in the queue.
    @Nullable
    SharedOpening opening() {
        return opening;
    }

    void waitsFor(SharedOpening one) {
        opening = one;
    }

    /// Its call does not want to hear any more.
    void stop() {
        waiting = false;
    }

    /// @param used whether the connection has carried other calls before
    void give(ServiceConnection connection, boolean used) {
        waiting = false;
        call.onConnection(connection, used);
    }

    void fail(ServiceFault fault, @Nullable String detail) {
        waiting = false;
        call.onFault(fault, detail);
    }
}
