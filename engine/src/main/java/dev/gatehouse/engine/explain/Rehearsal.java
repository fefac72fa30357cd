package dev.gatehouse.engine.explain;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.api.identity.AssumedIdentity;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.exchange.ExchangeDriver;
import dev.gatehouse.engine.exchange.ExchangePool;
import dev.gatehouse.engine.exchange.LiveRoutes;
import dev.gatehouse.engine.exchange.Outside;
import dev.gatehouse.engine.exchange.Readiness;
import dev.gatehouse.engine.exchange.SharedParts;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.snapshot.Snapshot;
import dev.gatehouse.engine.telemetry.DecisionTrace;
import dev.gatehouse.engine.telemetry.ExchangeCounters;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.SummarySink;
import dev.gatehouse.engine.telemetry.Telemetry;
import dev.gatehouse.http1.FieldBlock.Progress;
import dev.gatehouse.http1.HeadFault;
import dev.gatehouse.http1.ParsedRequest;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Asks the data path about requests that nobody sent: the same driver, matcher and policies as on the wire, on no
/// socket and no loop. For one thread; may block for a policy that waits.
public final class Rehearsal {
    private final Snapshot snapshot;
    private final Outside outside;
    private final Loop loop;
    private final Credentials credentials;
    private final Consumer<BooleanSupplier> goOn;
    private final LiveRoutes routes;
    private final Readiness readiness = new Readiness();
    private final Heard heard = new Heard();

    /// Keeps what was said of the last exchange.
    private static final class Heard implements Observer {
        private @Nullable DecisionTrace trace;
        private String requestId = "";

        @Override
        public SummarySink on(int any) {
            return summary -> {
                trace = summary.trace();
                requestId = summary.requestId().toString();
            };
        }

        @Override
        public void close() {}
    }

    /// @param clock in nanoseconds
    /// @param outside what policies reach
    public Rehearsal(Snapshot snapshot, LongSupplier clock, Outside outside) {
        this(snapshot, Loop.detached(clock), outside, _ -> {});
    }

    /// @param goOn lets what still waits go on until it is over
    Rehearsal(Snapshot snapshot, Loop loop, Outside outside, Consumer<BooleanSupplier> goOn) {
        this.snapshot = snapshot;
        this.outside = outside;
        this.loop = loop;
        this.credentials = new Credentials(snapshot);
        this.goOn = goOn;
        this.routes = new LiveRoutes(snapshot.graph());
        readiness.set(true);
    }

    /// What a gateway would decide, with nothing written and nobody called.
    ///
    /// @param snapshot one that runs, or one that was compiled to look at it
    public static Rehearsal explaining(Snapshot snapshot) {
        return new Rehearsal(snapshot, System::nanoTime, new ExplainOutside());
    }

    /// @throws IllegalArgumentException when the question names a listener there is not, or nobody would get in
    ///     with the certificate it shows, or without one, or this configuration knows no such [Asker]
    /// @throws IllegalStateException when a target does not answer: only stand-ins may be asked in a rehearsal
    public Reply ask(Question question) {
        return ask(question, _ -> {});
    }

    /// The same, but the client may leave.
    ///
    /// @param meanwhile is given what lets the client leave, once the request has begun
    Reply ask(Question asked, Consumer<Runnable> meanwhile) {
        AssumedIdentity assumed = credentials.assumed(asked);
        Question question = credentials.shown(asked);
        ListenerConfig listener = listener(question.listener());
        List<Cidr> trusted =
                listener.forwarding().trustedProxies().stream().map(Cidr::of).toList();
        Telemetry telemetry = Telemetry.none();
        telemetry.watchedBy(List.of(heard));
        telemetry.recordAll(true);
        ExchangePool pool = new ExchangePool(
                loop,
                new SharedParts(
                        routes,
                        readiness,
                        telemetry,
                        assumed == null ? outside : new AssumingOutside(outside, assumed)),
                listener,
                trusted,
                new ExchangeCounters());
        ExchangeDriver driver = pool.open();
        RehearsedStream client = new RehearsedStream(driver, question.body());
        Peer peer = new Peer(
                question.from(),
                new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), listener.port()),
                trusted,
                RehearsedHandshake.of(listener, question));
        loop.now();
        ParsedRequest request = driver.requestSlices();
        Progress progress = request.parse(
                Unpooled.wrappedBuffer(question.head()), listener.limits().heads());
        if (progress == Progress.COMPLETE) {
            driver.begin(client, peer);
        } else {
            HeadFault fault = request.fault();
            driver.refuse(client, peer, fault == null ? HeadFault.REQUEST_LINE_INVALID : fault);
        }
        meanwhile.accept(() -> {
            if (!client.isEnded()) {
                driver.onClientLeft();
            }
        });
        goOn.accept(client::isEnded);
        DecisionTrace trace = heard.trace;
        if (!client.isEnded() || trace == null) {
            throw new IllegalStateException("nobody answered " + question.method() + " " + question.target());
        }
        return new Reply(trace, heard.requestId, client.status(), client.headers(), client.body());
    }

    private ListenerConfig listener(@Nullable String name) {
        Map<String, ListenerConfig> all = snapshot.config().listeners();
        Map<String, ListenerConfig> http = new LinkedHashMap<>(all);
        http.values().removeIf(listener -> listener.type() == ListenerConfig.Type.TCP);
        ListenerConfig found =
                name == null ? http.values().stream().findFirst().orElse(ListenerConfig.DEFAULT) : http.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    all.containsKey(String.valueOf(name))
                            ? "listener '" + name + "' passes connections on, and knows no requests"
                            : "no listener '" + name + "' (there are: " + String.join(", ", http.keySet()) + ")");
        }
        return found;
    }
}
