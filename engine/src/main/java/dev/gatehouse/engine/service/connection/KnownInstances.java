package dev.gatehouse.engine.service.connection;

import dev.gatehouse.engine.service.Instance;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The instances a pool has, or had, connections to. Found by the instance's slot, which may have been
/// another's before.
final class KnownInstances {
    private @Nullable InstanceConnections[] bySlot = new @Nullable InstanceConnections[4];

    InstanceConnections to(Instance instance) {
        int slot = instance.slot();
        InstanceConnections found = slot < bySlot.length ? bySlot[slot] : null;
        return found != null && found.instance() == instance ? found : newTo(instance);
    }

    private InstanceConnections newTo(Instance instance) {
        int slot = instance.slot();
        InstanceConnections fresh = new InstanceConnections(instance);
        if (instance.isGone()) {
            // Somebody else's slot by now, maybe; none of these connections is kept.
            return fresh;
        }
        if (slot >= bySlot.length) {
            bySlot = Arrays.copyOf(bySlot, Math.max(slot + 1, bySlot.length * 2));
        }
        InstanceConnections before = bySlot[slot];
        bySlot[slot] = fresh;
        if (before != null) {
            before.retire();
        }
        return fresh;
    }

    /// Closes what is idle to instances the service has no longer; calls under way finish.
    void dropGone() {
        for (int slot = 0; slot < bySlot.length; slot++) {
            InstanceConnections found = bySlot[slot];
            if (found != null && found.instance().isGone()) {
                bySlot[slot] = null;
                found.retire();
            }
        }
    }

    /// Closes a connection that nobody uses.
    ///
    /// @return whether there was one
    boolean closeOneIdle() {
        for (InstanceConnections each : bySlot) {
            if (each != null && each.closeOneIdle()) {
                return true;
            }
        }
        return false;
    }

    int idleCount() {
        int idle = 0;
        for (InstanceConnections each : bySlot) {
            idle += each == null ? 0 : each.idleCount();
        }
        return idle;
    }
}
