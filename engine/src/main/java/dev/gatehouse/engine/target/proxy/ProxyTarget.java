package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.balancing.InstanceChooser;
import dev.gatehouse.engine.service.connection.ServicePool;
import dev.gatehouse.engine.service.health.PassiveHealth;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.TargetCall;
import java.util.ArrayDeque;
import java.util.List;

/// Sends exchanges of one event loop to a service. Calls are used again, the last one first.
public final class ProxyTarget implements Target {
    private final Loop loop;
    private final ServicePool pool;
    private final InstanceChooser chooser;
    private final PassiveHealth health;
    private final List<String> upgrades;
    private final boolean forwarded;
    private final ArrayDeque<ProxyCall> calls = new ArrayDeque<>();

    /// @param chooser of the pool's service and loop
    /// @param health of the pool's service, shared by all loops
    /// @param upgrades protocols a client may upgrade to, in lower case
    /// @param forwarded whether services get the Forwarded field
    public ProxyTarget(
            Loop loop,
            ServicePool pool,
            InstanceChooser chooser,
            PassiveHealth health,
            List<String> upgrades,
            boolean forwarded) {
        this.loop = loop;
        this.pool = pool;
        this.chooser = chooser;
        this.health = health;
        this.upgrades = upgrades;
        this.forwarded = forwarded;
    }

    @Override
    public TargetCall open() {
        ProxyCall call = calls.pollLast();
        return call == null ? new ProxyCall(this) : call;
    }

    void giveBack(ProxyCall call) {
        calls.addLast(call);
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

    boolean mayUpgradeTo(String protocol) {
        return upgrades.contains(protocol);
    }

    boolean sendsForwarded() {
        return forwarded;
    }
}
