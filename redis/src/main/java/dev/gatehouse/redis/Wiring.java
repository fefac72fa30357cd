package dev.gatehouse.redis;

import dev.gatehouse.api.state.StoreFactory;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutorGroup;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What a store that was asked once runs with: its threads, its links, its timers.
final class Wiring {
    /// Of Lettuce for answers, and as many again for timers: their work is small.
    private static final int THREADS = 2;

    /// So many that they lie on all nodes of a cluster.
    private static final int SOME_KEYS = 100;

    static {
        // Lettuce takes epoll where both are there, and warns that it does.
        if (System.getProperty("io.lettuce.core.iouring") == null) {
            System.setProperty("io.lettuce.core.iouring", "false");
        }
    }

    private final ClientResources resources;
    private final LettuceConnector connector;
    private final boolean running;
    private final Deadlines deadlines;
    final Heartbeat heartbeat;
    final Calls calls;
    final LimitCalls limits;
    final @Nullable Purses purses;

    Wiring(RedisConfig config, StoreFactory.Context context) {
        LongSupplier clock = context.time()::nanos;
        String name = context.name();
        running = context.isRunning();
        resources = ClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .nettyCustomizer(new Flushes())
                // The JDK's: it knows what the machine knows. Lettuce's own keeps a socket for ever. It may hold up a
                // thread of this store, while there is a server to be looked for.
                .addressResolverGroup(DefaultAddressResolverGroup.INSTANCE)
                .threadFactoryProvider(pool -> new DefaultThreadFactory("gatehouse-store-" + name, true))
                .build();
        EventExecutorGroup timers = resources.eventExecutorGroup();
        connector = new LettuceConnector(config, resources);
        heartbeat = new Heartbeat(config.keyPrefix() + RedisStore.NODES, context.node());
        Meter meter = new Meter(context);
        Health health = new Health("store '" + name + "' (" + config.address() + ")", config.connections(), meter);
        RandomGenerator chance = new SecureRandom();
        Link[] links = new Link[config.connections()];
        for (int i = 0; i < links.length; i++) {
            links[i] = new Link(
                    connector,
                    probe(config, context.isRunning() && !config.isCluster()),
                    timers,
                    clock,
                    config.connectTimeout().toNanos(),
                    chance,
                    running ? health.of(i) : _ -> {});
        }
        // Whoever runs no gateway, such as a command, waits for the connection; a request does not.
        Duration patience = running ? config.timeout() : config.connectTimeout().plus(config.timeout());
        deadlines = new Deadlines(clock, delay -> schedule(timers, delay));
        calls = new Calls(name, links, config.isCluster(), deadlines, clock, patience.toNanos(), meter);
        limits = new LimitCalls(calls, config.keyPrefix(), config.isCluster());
        purses = config.batch() > 1 ? new Purses(config.batch(), clock) : null;
        if (running) {
            for (Link link : links) {
                link.start();
            }
            timers.scheduleAtFixedRate(this::everySecond, 0, Heartbeat.PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /// Alone, a server has to show that it may write. In a cluster some node has to answer, another one each time:
    /// the others do not matter to it.
    private Function<RedisClusterAsyncCommands<String, byte[]>, CompletionStage<?>> probe(
            RedisConfig config, boolean writes) {
        AtomicInteger number = new AtomicInteger();
        return writes
                ? heartbeat::beat
                : commands -> commands.get(config.keyPrefix() + ":probe" + number.incrementAndGet() % SOME_KEYS);
    }

    private void schedule(EventExecutorGroup timers, long delay) {
        if (!timers.isShuttingDown()) {
            timers.schedule(deadlines::sweep, delay, TimeUnit.NANOSECONDS);
        }
    }

    private void everySecond() {
        calls.ask(heartbeat::beat);
        if (purses != null) {
            purses.tidy();
        }
    }

    /// Says goodbye if somebody listens, then ends everything. Does not wait for it.
    void close() {
        if (running && calls.isUp()) {
            calls.ask(heartbeat::end).whenComplete((_, _) -> shutdown());
        } else {
            shutdown();
        }
    }

    private void shutdown() {
        calls.close();
        connector.shutdown().whenComplete((_, _) -> resources.shutdown(0, 1, TimeUnit.SECONDS));
    }
}
