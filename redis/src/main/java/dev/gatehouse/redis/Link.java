package dev.gatehouse.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One way to the server, which mends itself. While it is not well, nobody is let onto it:
///
/// ```
///            connected                a question got no answer              no answer for `patience`
/// (away) ─────────────────► (well) ─────────────────────────► (silent) ───────────────► (away)
///    ▲                        │  ▲            any answer          │
///    │                        │  └────────────────────────────────┘
///    │         lost           │  ▲        a probe may write
///    ├────────────────────────┘  └───────────────────────────┐
///    │                        │   refused: READONLY, OOM, …  │
///    └────────────────────────┼──────────────────────► (refusing)
///       again READONLY: another server may be the master by now
/// ```
///
/// Away, it tries to connect again and again; silent or refusing, it is probed. Safe for threads.
final class Link {
    private static final long PROBE_MILLIS = 100;
    private static final int MOST_PROBES = 20;

    private final Connector connector;
    private final Function<RedisClusterAsyncCommands<String, byte[]>, CompletionStage<?>> probe;
    private final ScheduledExecutorService timer;
    private final LongSupplier clock;
    private final long patience;
    private final Consumer<@Nullable String> health;
    private final Backoff backoff;
    private final Pulse pulse = new Pulse();
    private final AtomicInteger probesUnderWay = new AtomicInteger();

    private volatile Connector.@Nullable Connection connection;
    private volatile boolean refusing;
    private volatile @Nullable CompletableFuture<Void> opening;
    private boolean started;
    private boolean closed;
    private boolean connecting;
    private boolean probing;

    /// @param probe writes something that harms nobody
    /// @param clock in nanoseconds
    /// @param patience for how long it may be silent before it is given up, in nanoseconds
    /// @param health is told null when the link is well again, and why it is not when it is not; not each time, and
    ///     perhaps the same twice
    Link(
            Connector connector,
            Function<RedisClusterAsyncCommands<String, byte[]>, CompletionStage<?>> probe,
            ScheduledExecutorService timer,
            LongSupplier clock,
            long patience,
            RandomGenerator chance,
            Consumer<@Nullable String> health) {
        this.connector = connector;
        this.probe = probe;
        this.timer = timer;
        this.clock = clock;
        this.patience = patience;
        this.health = health;
        this.backoff = new Backoff(chance);
    }

    /// Begins to connect, unless it has begun.
    void start() {
        synchronized (this) {
            if (started || closed) {
                return;
            }
            started = true;
            opening = new CompletableFuture<>();
        }
        connect();
    }

    /// For questions; null while it is not well.
    @Nullable
    RedisClusterAsyncCommands<String, byte[]> commands() {
        Connector.Connection there = connection;
        return there == null || refusing || pulse.isSilent() ? null : there.commands();
    }

    /// Ends with the very first try to connect, however it ends; null when that is over.
    @Nullable
    CompletableFuture<Void> opening() {
        return opening;
    }

    private void connect() {
        synchronized (this) {
            if (closed || connecting || connection != null) {
                return;
            }
            connecting = true;
        }
        CompletionStage<Connector.Connection> made;
        Attempt attempt = new Attempt();
        try {
            made = connector.connect(attempt::lost);
        } catch (RuntimeException e) {
            made = CompletableFuture.failedStage(e);
        }
        made.whenComplete((connected, failure) -> {
            if (failure == null) {
                attempt.succeeded(connected);
            } else {
                failed(failure);
            }
        });
    }

    /// One try to connect, and the connection it gave.
    private final class Attempt {
        private boolean over;
        private Connector.@Nullable Connection mine;

        void succeeded(Connector.Connection connected) {
            boolean unwanted;
            synchronized (Link.this) {
                connecting = false;
                unwanted = closed || over;
                if (!unwanted) {
                    mine = connected;
                    pulse.begins(clock.getAsLong());
                    connection = connected;
                    backoff.succeeded();
                }
            }
            if (unwanted) {
                connected.close();
                later();
                return;
            }
            if (refusing) {
                probe(); // its predecessor was refused to write
            } else {
                health.accept(null);
            }
            opened();
        }

        void lost() {
            boolean current;
            synchronized (Link.this) {
                over = true;
                current = mine != null && connection == mine;
                if (current) {
                    connection = null;
                }
            }
            if (current) {
                health.accept("the connection is lost");
                later();
            }
        }
    }

    private void failed(Throwable failure) {
        synchronized (this) {
            connecting = false;
        }
        health.accept("no connection: " + Reasons.of(failure));
        opened();
        later();
    }

    private void opened() {
        CompletableFuture<Void> waiting = opening;
        opening = null;
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    private void later() {
        synchronized (this) {
            if (!closed) {
                timer.schedule(this::connect, backoff.next(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /// Something came back.
    void answered() {
        boolean revived = pulse.isSilent();
        pulse.answered(clock.getAsLong());
        if (revived && !refusing) {
            health.accept(null);
        }
    }

    /// A question was not answered in its time.
    ///
    /// @param put when it was put
    void missed(long put) {
        if (connection != null && pulse.missed(put, clock.getAsLong())) {
            probe(); // and tell nobody of what is over by then
        }
    }

    /// The server says that it can do nothing for us now.
    ///
    /// @param reason such as `READONLY`
    void refused(String reason) {
        boolean before = refusing;
        refusing = true;
        if (!before) {
            health.accept("refused: " + reason);
            probe();
        }
        if (reason.equals("READONLY")) {
            drop();
        }
    }

    private void drop() {
        Connector.Connection there;
        synchronized (this) {
            there = connection;
            connection = null;
        }
        if (there != null) {
            there.close();
            later();
        }
    }

    private void probe() {
        synchronized (this) {
            if (closed || probing) {
                return;
            }
            probing = true;
        }
        timer.schedule(this::look, PROBE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Asks, and comes again until the link is well or away.
    private void look() {
        synchronized (this) {
            probing = false;
        }
        Connector.Connection there = connection;
        if (there == null || (!refusing && !pulse.isSilent())) {
            return;
        }
        if (pulse.silentFor(clock.getAsLong()) > patience || probesUnderWay.get() > MOST_PROBES) {
            health.accept("no answer for long");
            drop();
            return;
        }
        if (pulse.isSilent()) {
            health.accept("no answer in time");
        }
        probesUnderWay.incrementAndGet();
        probe.apply(there.commands()).whenComplete((_, failure) -> probed(failure));
        probe();
    }

    private void probed(@Nullable Throwable failure) {
        probesUnderWay.decrementAndGet();
        String refusal = failure == null ? null : Reasons.refusal(failure);
        if (failure == null) {
            refusing = false;
            pulse.answered(clock.getAsLong());
            health.accept(null);
        } else if (refusal != null) {
            pulse.answered(clock.getAsLong());
            refused(refusal);
        }
    }

    /// Lets nobody onto it any more and tries nothing more; its connection ends with the [Connector].
    void close() {
        synchronized (this) {
            closed = true;
            connection = null;
        }
        opened();
    }
}
