package dev.gatehouse.engine.service;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.LoadBalancerConfig;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.ServiceProtocol;
import dev.gatehouse.engine.config.ServiceTlsConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.net.IpAddress;
import dev.gatehouse.engine.tls.ServiceTls;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Something requests are sent to: a name for people, and the instances that all answer alike.
///
/// Making one opens no socket and looks nothing up: instances given by address are there at once, those given by name
/// when [#resolved] says so. The set of instances and who of them may be used are published as immutable values, so
/// that loops read them without a lock.
public final class Service implements AutoCloseable {
    private final String key;
    private final ServiceConfig config;
    private final InstanceStates states;
    private final LongSupplier clock;
    private final @Nullable ServiceTls tls;
    private final ConnectionBudget budget;
    private final Map<String, List<InetAddress>> addresses = new HashMap<>();
    private final BitSet slots = new BitSet();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final Runnable onStateChange = this::stateChanged;
    private volatile List<Instance> instances = List.of();
    private volatile Candidates candidates = Candidates.NONE;
    private boolean closed;

    /// @param key what it is called in the configuration: no two services of a gateway share one
    /// @param states where the instances' states are found again after a reload
    /// @param clock nanoseconds, the same as the loops'
    /// @throws dev.gatehouse.engine.tls.TlsRefused when key material cannot be used
    public Service(String key, ServiceConfig config, InstanceStates states, LongSupplier clock) {
        this.key = key;
        this.config = config;
        this.states = states;
        this.clock = clock;
        boolean speaksTls = config.instances().stream().anyMatch(one -> one.address().tls());
        // What is written and not used has to be in order all the same.
        this.tls = speaksTls || !config.tls().equals(ServiceTlsConfig.DEFAULT) ? ServiceTls.of(config.tls(), config.protocol()) : null;
        this.budget = new ConnectionBudget(
                config.connections().max(), config.connections().queue());
        for (InstanceConfig instance : config.instances()) {
            String host = instance.address().host();
            InetAddress literal = IpAddress.parse(host);
            if (literal != null) {
                addresses.put(host, List.of(literal));
            }
        }
        rebuild();
    }

    public ServiceConfig config() {
        return config;
    }

    /// What it is called in the configuration, and so in logs and the admin API.
    public String key() {
        return key;
    }

    /// What clients are told it is called.
    public String name() {
        return config.name();
    }

    public ServiceProtocol protocol() {
        return config.protocol();
    }

    /// How TLS is spoken with those of its instances that are `https://`; null when there is none.
    public @Nullable ServiceTls tls() {
        return tls;
    }

    public TimeoutConfig timeouts() {
        return config.timeout();
    }

    public ServiceConnectionsConfig connections() {
        return config.connections();
    }

    public LoadBalancerConfig loadBalancer() {
        return config.loadBalancer();
    }

    public HealthCheckConfig healthCheck() {
        return config.healthCheck();
    }

    public ConnectionBudget budget() {
        return budget;
    }

    /// All instances there are now, in the order they were written.
    public List<Instance> instances() {
        return instances;
    }

    /// The moment on the clock that [#candidates] wants, in nanoseconds.
    public long now() {
        return clock.getAsLong();
    }

    /// Whom a request may be sent to at `now`.
    public Candidates candidates(long now) {
        Candidates known = candidates;
        return known.isValid(now) ? known : sifted(now);
    }

    public List<InstanceStatus> status(long now) {
        return instances.stream().map(one -> InstanceStatus.of(one, now)).toList();
    }

    /// The instance at this address and port, as [Instance#toString] writes it; null when there is none.
    public @Nullable Instance instance(String address) {
        for (Instance instance : instances) {
            if (instance.toString().equals(address)) {
                return instance;
            }
        }
        return null;
    }

    // ── what changes it
    // ──────────────────────────────────────────────────────────────────────────────────────────────

    /// The host names somebody has to look up.
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (InstanceConfig instance : config.instances()) {
            if (IpAddress.parse(instance.address().host()) == null) {
                names.add(instance.address().host());
            }
        }
        return names;
    }

    /// `host` has these addresses now: instances come and go accordingly. Any thread.
    public void resolved(String host, List<InetAddress> found) {
        boolean news;
        synchronized (this) {
            // Name servers give the addresses in another order each time.
            List<InetAddress> before = addresses.put(host, List.copyOf(found));
            news = !closed && (before == null || !new HashSet<>(before).equals(new HashSet<>(found)));
            if (news) {
                rebuild();
            }
        }
        if (news) {
            watchers.forEach(Runnable::run);
        }
    }

    /// Starts with the addresses that `before` has found for the same names: for a service that takes its place.
    public void adopt(Service before) {
        for (String host : names()) {
            List<InetAddress> found;
            synchronized (before) {
                found = before.addresses.getOrDefault(host, List.of());
            }
            if (!found.isEmpty()) {
                resolved(host, found);
            }
        }
    }

    /// Runs after every change of the instances or of who of them may be used; on the thread that made the change.
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    public void unwatch(Runnable watcher) {
        watchers.remove(watcher);
    }

    /// Gives the states back. After it nobody may use the service.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (Instance instance : instances) {
            drop(instance);
        }
    }

    private synchronized void rebuild() {
        List<Instance> next = new ArrayList<>();
        Set<InetSocketAddress> seen = new HashSet<>();
        Set<Instance> old = new HashSet<>(instances);
        for (InstanceConfig written : config.instances()) {
            for (InetAddress ip : addresses.getOrDefault(written.address().host(), List.of())) {
                InetSocketAddress address =
                        new InetSocketAddress(ip, written.address().port());
                if (seen.add(address)) {
                    next.add(instanceAt(address, written));
                }
            }
        }
        next.forEach(old::remove);
        instances = List.copyOf(next);
        old.forEach(this::drop);
        candidates = Candidates.among(instances, clock.getAsLong());
    }

    private Instance instanceAt(InetSocketAddress address, InstanceConfig written) {
        for (Instance known : instances) {
            // A name may move an address from one entry to another, with its weight.
            if (known.address().equals(address)
                    && known.weight() == written.weight()
                    && known.isBackup() == written.backup()
                    && known.isWritten(written.address())) {
                return known;
            }
        }
        InstanceState state = states.take(key, address);
        state.listen(onStateChange);
        int slot = slots.nextClearBit(0);
        slots.set(slot);
        return new Instance(slot, address, written.address(), written.weight(), written.backup(), state);
    }

    private void drop(Instance instance) {
        instance.leave();
        instance.state().unlisten(onStateChange);
        states.giveBack(instance.state());
        slots.clear(instance.slot());
    }

    private void stateChanged() {
        sifted(clock.getAsLong());
        watchers.forEach(Runnable::run);
    }

    private synchronized Candidates sifted(long now) {
        Candidates fresh = Candidates.among(instances, now);
        candidates = fresh;
        return fresh;
    }
}
