package dev.gatehouse.engine;

import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.RuntimeConfig;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.exchange.LiveOutside;
import dev.gatehouse.engine.exchange.LiveRoutes;
import dev.gatehouse.engine.exchange.Readiness;
import dev.gatehouse.engine.exchange.SharedParts;
import dev.gatehouse.engine.listener.Listener;
import dev.gatehouse.engine.listener.OpenListeners;
import dev.gatehouse.engine.net.DnsLookups;
import dev.gatehouse.engine.net.EventLoops;
import dev.gatehouse.engine.net.HttpCalls;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Transport;
import dev.gatehouse.engine.service.InstanceStates;
import dev.gatehouse.engine.service.discovery.Discovery;
import dev.gatehouse.engine.service.health.HealthProber;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.snapshot.RunningService;
import dev.gatehouse.engine.snapshot.Snapshot;
import dev.gatehouse.engine.snapshot.Surroundings;
import dev.gatehouse.engine.store.States;
import dev.gatehouse.engine.telemetry.ExchangeCounters;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.Telemetry;
import dev.gatehouse.engine.telemetry.TraceTokens;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.engine.tls.acme.CertificateIssuer;
import dev.gatehouse.engine.tls.acme.IssuerStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running gateway. Started with everything it is told, or not at all; told something else while it runs, or left as
/// it was; stopped once. Its methods wait, and are never called on a loop.
public final class Gateway implements AutoCloseable {
    /// How long the first look-up of services' names may keep the gateway from starting or changing.
    private static final long FIRST_LOOKUP_MILLIS = 5000;

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final RuntimeConfig runtime;
    private final EventLoops loops;
    private final Discovery discovery;
    private final HealthProber prober;
    private final Surroundings around;
    private final Readiness readiness = new Readiness();
    private final HttpCalls calls = new HttpCalls();
    private final Telemetry telemetry;
    private final Watchers watchers;
    private final GatewayMetrics metrics;
    private final AcmeWatch acme;
    private final LiveRoutes routes;
    private final OpenListeners listeners;
    private final Set<RunningService> running = ConcurrentHashMap.newKeySet();
    private final List<Thread> departures = new ArrayList<>();
    private volatile Snapshot current;
    private boolean stopped;

    private Gateway(Plan plan, List<Policy> everywhere) throws IOException {
        this.runtime = plan.config().runtime();
        Transport transport =
                runtime.transport().equals("auto") ? Transport.best() : Transport.named(runtime.transport());
        List<InetSocketAddress> nameServers =
                runtime.nameServers().stream().map(DnsLookups::server).toList();
        this.loops = new EventLoops(runtime.loopCount(), transport, System::nanoTime);
        Loop first = loops.all().getFirst();
        this.discovery = new Discovery(first, new DnsLookups(first, nameServers));
        this.prober = new HealthProber(first, RandomGenerator.of("L64X128MixRandom"));
        this.telemetry = new Telemetry(loops.all().size(), new TraceTokens(InstantSource.system()));
        this.metrics = new GatewayMetrics(loops.all(), System::nanoTime);
        this.watchers = new Watchers(loops.all(), telemetry, metrics.policies());
        watchers.add(metrics.exchanges());
        this.acme = new AcmeWatch(metrics.policies());
        this.around = new Surroundings(
                runtime,
                loops.all(),
                new InstanceStates(loops.all().size()),
                System::nanoTime,
                InstantSource.system(),
                () -> RandomGenerator.of("L64X128MixRandom"),
                everywhere,
                new States(),
                metrics.policies());
        try {
            this.current = Snapshot.compile(plan, around, null);
            watchers.follow(plan.config());
            this.routes = new LiveRoutes(current.graph());
            this.listeners = new OpenListeners(
                    loops.all(),
                    new SharedParts(routes, readiness, telemetry, new LiveOutside(calls), acme.challenges()),
                    runtime.takeover());
            awake(current, null);
            limitConnections(plan.config());
            acme.follow(current.listeners().values());
            listeners.prepare(current.listeners()).commit();
        } catch (IOException | RuntimeException e) {
            acme.close();
            watchers.close();
            prober.close();
            discovery.close();
            calls.close();
            loops.close();
            throw e;
        }
        acme.begin();
        readiness.set(true);
    }

    /// Starts a gateway without a file, and without policies of routes: when this returns, it serves.
    ///
    /// @param everywhere policies of every route, in this order on the way down
    /// @throws IOException when a port is taken
    public static Gateway start(GatewayConfig config, List<Policy> everywhere) throws IOException {
        return start(Plan.of(config), everywhere);
    }

    /// Starts a gateway: when this returns, it serves.
    ///
    /// @throws IOException when a port is taken
    public static Gateway start(Plan plan, List<Policy> everywhere) throws IOException {
        return new Gateway(plan, everywhere);
    }

    // ── change
    // ───────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Compiles what might be told to the gateway next; changes nothing. To be applied or discarded.
    ///
    /// @throws IllegalArgumentException with a sentence for the user
    public Snapshot compile(Plan plan) {
        return Snapshot.compile(plan, around, current);
    }

    /// Looks at files that were loaded, whole, and compiles what they say to follow what runs now; changes
    /// nothing. Its snapshot is to be applied or discarded.
    public ConfigCheck check(Loaded loaded) {
        return ConfigCheck.of(loaded, around, current);
    }

    /// Runs `next` from now on. Exchanges that have begun end as they began; every one that begins after this has
    /// returned is on the new configuration. What is set once at the start, `runtime`, stays as it was.
    ///
    /// @param next compiled to follow what runs now
    /// @throws IOException when a new listener's port cannot be had; then nothing has changed
    public synchronized void apply(Snapshot next) throws IOException {
        if (stopped) {
            throw new IllegalStateException("the gateway is stopping");
        }
        Snapshot before = current;
        OpenListeners.Change change = listeners.prepare(next.listeners());
        awake(next, before);
        limitConnections(next.config());
        List<Observer> blind = watchers.follow(next.config());
        List<CertificateIssuer> idle = acme.follow(next.listeners().values());
        current = next;
        routes.switchTo(next.graph());
        List<Listener> leaving = change.commit();
        acme.begin();
        before.graph().retire(loops.all(), () -> letGo(before));
        departures.removeIf(departure -> !departure.isAlive());
        if (!leaving.isEmpty()) {
            long drain = runtime.drainTimeout().toMillis();
            depart("listeners", () -> OpenListeners.end(leaving, drain));
        }
        if (!idle.isEmpty()) {
            depart("issuers", () -> idle.forEach(CertificateIssuer::close));
        }
        if (!blind.isEmpty()) {
            depart("observers", () -> watchers.leave(blind));
        }
    }

    /// Something of the configuration before that takes its time to end.
    private interface Departure {
        void run() throws InterruptedException;
    }

    private void depart(String who, Departure departure) {
        departures.add(Thread.ofVirtual().name("gatehouse-" + who + "-leaving").start(() -> {
            try {
                departure.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /// Looks names up and begins health checks. A gateway that serves knows where to send requests; but a name
    /// server that says nothing does not hold it up for long.
    private void awake(Snapshot next, @Nullable Snapshot before) {
        List<CompletableFuture<Void>> lookups = new ArrayList<>();
        for (RunningService service : next.services()) {
            if (service.begin()) {
                running.add(service);
                RunningService known = before == null ? null : before.service(service.key());
                if (known != null) {
                    // What is known of its names holds until they are looked up again; and two must not check at once.
                    service.service().adopt(known.service());
                    prober.unwatch(known.service());
                }
                lookups.add(discovery.watch(service.service()));
                prober.watch(service.service(), service.lanes().health());
            }
        }
        try {
            CompletableFuture.allOf(lookups.toArray(CompletableFuture[]::new))
                    .get(FIRST_LOOKUP_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("not all names of services are known yet; requests to those get 503 until they are");
        }
    }

    private void limitConnections(GatewayConfig config) {
        Integer connections = config.runtime().connections();
        listeners.limit(connections == null ? Integer.MAX_VALUE : connections);
    }

    /// The last exchange of `old` has ended: what no other snapshot uses is closed.
    private void letGo(Snapshot old) {
        old.closePolicies();
        for (RunningService service : old.services()) {
            if (service.end()) {
                close(service, () -> running.remove(service));
            }
        }
    }

    private void close(RunningService service, Runnable done) {
        prober.unwatch(service.service());
        discovery.unwatch(service.service());
        service.lanes().close(() -> {
            service.service().close();
            done.run();
        });
    }

    // ── what there is
    // ────────────────────────────────────────────────────────────────────────────────────────────────

    /// What runs now.
    public Snapshot snapshot() {
        return current;
    }

    public boolean isReady() {
        return readiness.isReady();
    }

    /// Where clients connect to, by the listeners' names.
    public Map<String, InetSocketAddress> addresses() {
        return listeners.addresses();
    }

    /// The address of the first listener.
    public InetSocketAddress address() {
        return addresses().values().iterator().next();
    }

    public Transport transport() {
        return loops.transport();
    }

    /// How many event loops there are.
    public int loops() {
        return loops.all().size();
    }

    /// The loops' clock, in nanoseconds.
    public long now() {
        return around.clock().getAsLong();
    }

    /// Connections of clients open now.
    public int clientConnections() {
        return listeners.connections();
    }

    /// How the certificates stand that it gets by itself.
    public List<IssuerStatus> issuers() {
        return acme.status();
    }

    /// What is written down of its exchanges.
    public Telemetry telemetry() {
        return telemetry;
    }

    /// What it has counted and how it stands, as its configuration wants it told. Waits for no loop.
    public List<MetricFamily> metrics() {
        return metrics.families(this);
    }

    /// Lets somebody watch its exchanges from now on, until it stops; then it is closed.
    public synchronized void watch(Observer observer) {
        watchers.add(observer);
    }

    public ExchangeCounters.Sum counters() {
        return listeners.counters();
    }

    // ── the end
    // ──────────────────────────────────────────────────────────────────────────────────────────────────────

    /// Ends well: no longer ready, what is in the accept queues is still served, every answer is the last on its
    /// connection, and after the drain time the rest is cut off. Returns when nothing runs any more.
    @Override
    public synchronized void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        readiness.set(false);
        acme.close();
        try {
            listeners.endAll(runtime.drainTimeout().toMillis());
            for (Thread departure : departures) {
                departure.join();
            }
            // Those of snapshots that are on their way out, too.
            List<RunningService> open = List.copyOf(running);
            CountDownLatch busy = new CountDownLatch(open.size());
            open.forEach(service -> close(service, busy::countDown));
            busy.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        watchers.close();
        current.closePolicies();
        prober.close();
        discovery.close();
        calls.close();
        loops.close();
    }
}
