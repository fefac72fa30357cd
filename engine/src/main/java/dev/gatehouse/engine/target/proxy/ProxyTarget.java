package dev.gatehouse.engine.target.proxy;

import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.service.balancing.InstanceChooser;
import dev.gatehouse.engine.service.connection.ServicePool;
import dev.gatehouse.engine.service.health.PassiveHealth;
import dev.gatehouse.engine.target.Target;
import dev.gatehouse.engine.target.TargetCall;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends exchanges of one event loop to a service. Calls are used again, the last one first.
public final class ProxyTarget implements Target {
    private final Loop loop;
    private final ServicePool pool;
    private final InstanceChooser chooser;
    private final PassiveHealth health;
    private final List<String> upgrades;
    private final boolean forwarded;
    private final @Nullable RequestRewrite rewrite;
    private final ArrayDeque<ProxyCall> calls = new ArrayDeque<>();

    /// @param chooser of the pool's service and loop
    /// @param health of the pool's service, shared by all loops
    /// @param upgrades protocols a client may upgrade to, in lower case
    /// @param forwarded whether services get the Forwarded field
    /// @param rewrite what the service is sent in place of what came; null to send it as it came
    public ProxyTarget(
            Loop loop,
            ServicePool pool,
            InstanceChooser chooser,
            PassiveHealth health,
            List<String> upgrades,
            boolean forwarded,
            @Nullable RequestRewrite rewrite) {
        this.loop = loop;
        this.pool = pool;
        this.chooser = chooser;
        this.health = health;
        this.upgrades = upgrades;
        this.forwarded = forwarded;
        this.rewrite = rewrite;
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

    @Nullable
    RequestRewrite rewrite() {
        return rewrite;
    }

    boolean sendsForwarded() {
        return forwarded;
    }
}
