package dev.gatehouse.engine.listener;

import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.exchange.SharedParts;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.PortOwner;
import dev.gatehouse.engine.telemetry.ExchangeCounters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The listeners of a gateway, by name. Changed in two steps, so that a port that cannot be had leaves everything
/// as it was: [#prepare] opens what is new, [Change#commit] makes it so. Used by whoever starts, reloads and stops
/// the gateway, one at a time and never on a loop.
public final class OpenListeners {
    /// How long accepting what is already in a listener's queue may take when it ends.
    private static final long ACCEPT_MILLIS = 500;

    private final List<Loop> loops;
    private final SharedParts shared;
    private final boolean takeover;
    private final ConnectionCount all = new ConnectionCount(Integer.MAX_VALUE, null);
    private final List<ExchangeCounters> counters = new ArrayList<>();

    /// Replaced as a whole: the admin API reads it while a reload changes it.
    private volatile Map<String, Listener> open = Map.of();

    /// @param takeover whether a port may be shared with a gateway that is being replaced
    public OpenListeners(List<Loop> loops, SharedParts shared, boolean takeover) {
        this.loops = loops;
        this.shared = shared;
        this.takeover = takeover;
        for (int i = 0; i < loops.size(); i++) {
            counters.add(new ExchangeCounters());
        }
    }

    /// What is new is open, and nothing else has changed yet.
    public final class Change {
        private final Map<String, ListenerPlan> wanted;
        private final Map<String, Listener> next = new LinkedHashMap<>();
        private final List<Listener> opened = new ArrayList<>();

        private Change(Map<String, ListenerPlan> wanted) {
            this.wanted = wanted;
        }

        /// Takes it back.
        public void cancel() {
            opened.forEach(Listener::closeNow);
        }

        /// Makes it so.
        ///
        /// @return the listeners that are to go; still accepting, for [#end]
        public List<Listener> commit() {
            List<Listener> leaving = new ArrayList<>(open.values());
            leaving.removeAll(next.values());
            next.forEach((name, listener) -> {
                ListenerPlan plan = wanted.get(name);
                if (plan != null && !listener.plan().equals(plan)) {
                    listener.change(plan);
                }
            });
            open = Collections.unmodifiableMap(new LinkedHashMap<>(next));
            return leaving;
        }
    }

    /// Opens the listeners that are not open yet. One that only got another name stays.
    ///
    /// @throws IOException when a port cannot be had; then nothing has changed
    public Change prepare(Map<String, ListenerPlan> wanted) throws IOException {
        Change change = new Change(wanted);
        for (Map.Entry<String, ListenerPlan> entry : wanted.entrySet()) {
            Listener known = known(entry.getKey(), entry.getValue().config(), change.next.values());
            if (known != null) {
                change.next.put(entry.getKey(), known);
                continue;
            }
            try {
                Listener fresh = open(entry.getValue());
                change.opened.add(fresh);
                change.next.put(entry.getKey(), fresh);
            } catch (IOException e) {
                change.cancel();
                throw e;
            }
        }
        return change;
    }

    /// The listener that is at this place already. Of two on free ports the name tells which is which.
    private @Nullable Listener known(String name, ListenerConfig config, Collection<Listener> taken) {
        Listener named = open.get(name);
        if (named != null && !taken.contains(named) && isSamePlace(named.config(), config)) {
            return named;
        }
        if (config.port() == 0) {
            return null;
        }
        return open.values().stream()
                .filter(one -> !taken.contains(one) && isSamePlace(one.config(), config))
                .findFirst()
                .orElse(null);
    }

    private static boolean isSamePlace(ListenerConfig one, ListenerConfig other) {
        return one.port().equals(other.port()) && one.bind().equals(other.bind()) && one.type() == other.type();
    }

    private Listener open(ListenerPlan plan) throws IOException {
        ListenerConfig config = plan.config();
        InetSocketAddress wanted = new InetSocketAddress(config.bind(), config.port());
        if (config.port() != 0 && !takeover) {
            PortOwner.refuseTaken(wanted);
        }
        try {
            return new Listener(plan, loops, shared, new ConnectionCount(Integer.MAX_VALUE, all), counters);
        } catch (IOException e) {
            throw PortOwner.named(wanted, e);
        }
    }

    /// Client connections that may be open on all listeners together.
    public void limit(int connections) {
        all.limit(connections);
    }

    /// By name, in the order of the file.
    public Map<String, InetSocketAddress> addresses() {
        Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
        open.forEach((name, listener) -> addresses.put(name, listener.address()));
        return addresses;
    }

    /// Connections of clients open now.
    public int connections() {
        return all.get();
    }

    public ExchangeCounters.Sum counters() {
        return ExchangeCounters.sum(counters);
    }

    /// Ends all of them well.
    ///
    /// @param drainMillis how long running exchanges may take
    public void endAll(long drainMillis) throws InterruptedException {
        end(List.copyOf(open.values()), drainMillis);
    }

    /// Ends listeners well: what is in the accept queue is still served, every answer is the last on its
    /// connection, and after the drain time the rest is cut off.
    public static void end(List<Listener> listeners, long drainMillis) throws InterruptedException {
        listeners.forEach(Listener::drain);
        for (Listener listener : listeners) {
            listener.stopAccepting(ACCEPT_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (!awaitNoConnections(listeners, drainMillis)) {
            listeners.forEach(Listener::cutOff);
            awaitNoConnections(listeners, 1000);
        }
    }

    private static boolean awaitNoConnections(List<Listener> listeners, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (listeners.stream().anyMatch(listener -> listener.connections() > 0)) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            Thread.sleep(10);
        }
        return true;
    }
}
