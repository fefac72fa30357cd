package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.balancing.InstanceChooser;
import dev.gatehouse.engine.service.connection.ServicePool;
import dev.gatehouse.engine.service.health.PassiveHealth;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/// One event loop's way to one service: its connections, its choice of instances, and the calls that are free to be
/// used again, the last one first. On the loop's thread only.
final class ServiceLane {
    private final Loop loop;
    private final ServicePool pool;
    private final InstanceChooser chooser;
    private final PassiveHealth health;
    private final RandomGenerator chance;
    private final ArrayDeque<ProxyCall> free = new ArrayDeque<>();
    private boolean closed;

    ServiceLane(Loop loop, ServicePool pool, InstanceChooser chooser, PassiveHealth health, RandomGenerator chance) {
        this.loop = loop;
        this.pool = pool;
        this.chooser = chooser;
        this.health = health;
        this.chance = chance;
    }

    ProxyCall call(ProxyRoute route) {
        ProxyCall call = free.pollLast();
        if (call == null) {
            call = new ProxyCall(this);
        }
        call.forRoute(route);
        return call;
    }

    void giveBack(ProxyCall call) {
        if (closed) {
            call.discard();
        } else {
            free.addLast(call);
        }
    }

    /// Closes every connection, and keeps no call for another exchange: the loop would know it forever.
    ///
    /// @param done run on the loop when the last one has closed
    void close(Runnable done) {
        closed = true;
        free.forEach(ProxyCall::discard);
        free.clear();
        pool.close(done);
    }

    /// Chooses without effect, for `explain`.
    InstanceChooser chooser() {
        return chooser;
    }

    /// The loop's own.
    RandomGenerator chance() {
        return chance;
    }

    Loop loop() {
        return loop;
    }

    ServicePool pool() {
        return pool;
    }

    Attempts attempts() {
        return new Attempts(loop.index(), chooser, health);
    }
}
