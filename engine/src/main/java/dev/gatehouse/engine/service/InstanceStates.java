package dev.gatehouse.engine.service;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/// The states of all instances of a gateway, by service and address. A new snapshot takes those of the old one before
/// the old one gives them back, so that they survive; one that nobody uses any more is forgotten. Any thread.
public final class InstanceStates {
    private final int loops;
    private final Map<String, InstanceState> known = new HashMap<>();

    /// @param loops how many event loops count requests, from loop 0 on
    public InstanceStates(int loops) {
        this.loops = loops;
    }

    /// The state of this address of this service: as it is, or new.
    synchronized InstanceState take(String service, InetSocketAddress address) {
        String key = service + "/" + Instance.text(address);
        InstanceState state = known.computeIfAbsent(key, name -> new InstanceState(name, loops));
        state.users++;
        return state;
    }

    synchronized void giveBack(InstanceState state) {
        if (--state.users == 0) {
            known.remove(state.key());
        }
    }

    /// How many are known.
    public synchronized int size() {
        return known.size();
    }
}
