package dev.gatehouse.benchmarks;

import dev.gatehouse.api.Body;
import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.api.Response;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.engine.config.ErrorsConfig;
import dev.gatehouse.engine.config.ForwardingConfig;
import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.RespondConfig;
import dev.gatehouse.engine.exchange.ClientStream;
import dev.gatehouse.engine.exchange.ExchangeDriver;
import dev.gatehouse.engine.exchange.ExchangePool;
import dev.gatehouse.engine.exchange.LiveOutside;
import dev.gatehouse.engine.exchange.LiveRoutes;
import dev.gatehouse.engine.exchange.PlacedPolicy;
import dev.gatehouse.engine.exchange.Readiness;
import dev.gatehouse.engine.exchange.Route;
import dev.gatehouse.engine.exchange.RouteGraph;
import dev.gatehouse.engine.exchange.SharedParts;
import dev.gatehouse.engine.exchange.TraceRules;
import dev.gatehouse.engine.net.HttpCalls;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.engine.routing.RouteMatcher;
import dev.gatehouse.engine.routing.RouteTable;
import dev.gatehouse.engine.target.respond.RespondTarget;
import dev.gatehouse.engine.telemetry.ExchangeCounters;
import dev.gatehouse.engine.telemetry.Telemetry;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedResponse;
import dev.gatehouse.http1.Trailers;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A whole exchange but for the socket, with so many policies on its route: the head of a browser parsed, the route
/// found, the policies down, an answer of the gateway, the policies up, the answer's head written. What the policies
/// cost is the difference to none.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PolicyChainBenchmark {
    private static final InetAddress LOCAL = InetAddress.ofLiteral("127.0.0.1");
    private static final HeaderName USER_AGENT = HeaderName.of("User-Agent");
    private static final HeaderName SEEN = HeaderName.of("X-Seen");

    @Param({"0", "5", "20"})
    int policies;

    /// Whether what happens is written down for the decision trace.
    @Param({"false", "true"})
    boolean recorded;

    private final ByteBuf head = SampleHeads.direct(SampleHeads.BROWSER);
    private final Loop loop = Loop.detached(System::nanoTime);
    private final Discarding client = new Discarding();
    private final Peer peer =
            new Peer(new InetSocketAddress(LOCAL, 4711), new InetSocketAddress(LOCAL, 8080), List.of());
    private @Nullable ExchangePool pool;

    @Setup
    public void route() {
        List<PlacedPolicy> chain = Stream.generate(() -> PlacedPolicy.of(new Looking()))
                .limit(policies)
                .toList();
        Route route = new Route(
                "ANY /**",
                "",
                RespondTarget.of(new RespondConfig(200, "hello", null, null, Map.of()), null),
                chain,
                Duration.ofSeconds(30),
                false,
                null,
                Set.of());
        RouteTable<Route> table = RouteTable.<Route>builder()
                .add(RouteMatcher.of("/**"), route)
                .build()
                .table();
        Telemetry telemetry = Telemetry.none();
        telemetry.recordAll(recorded);
        pool = new ExchangePool(
                loop,
                new SharedParts(
                        new LiveRoutes(new RouteGraph(1, table, ErrorsConfig.DEFAULT, TraceRules.OFF, List.of(), 1)),
                        new Readiness(),
                        telemetry,
                        new LiveOutside(new HttpCalls())),
                new ListenerConfig("127.0.0.1", 8080, false, LimitsConfig.DEFAULT, ForwardingConfig.DEFAULT),
                List.of(),
                new ExchangeCounters());
    }

    /// One exchange.
    @Benchmark
    public int exchange() {
        ExchangePool from = pool;
        if (from == null) {
            throw new IllegalStateException("not set up");
        }
        ExchangeDriver driver = from.open();
        loop.now();
        head.readerIndex(0);
        driver.requestSlices().parse(head, HeadLimits.DEFAULT);
        driver.begin(client, peer);
        return client.written;
    }

    /// Looks at a field of the request and has nothing against it; adds nothing to the answer it has seen.
    private static final class Looking implements Policy {
        @Override
        public Decision onRequest(Exchange exchange) {
            return exchange.request().header(USER_AGENT) == null
                    ? new Decision.Respond(Response.of(400, Body.EMPTY))
                    : Decision.CONTINUE;
        }

        @Override
        public Decision onResponse(Exchange exchange, Response response) {
            return response.header(SEEN) == null ? Decision.CONTINUE : new Decision.Respond(response);
        }
    }

    /// A client that reads everything and keeps nothing.
    private static final class Discarding implements ClientStream {
        private final HeadWriter lines = new HeadWriter();
        private int written;

        @Override
        public void sendHead(
                ParsedResponse head, FieldEdits fields, boolean hasBody, long length, int bodyAtHand, boolean whole) {
            fields.writeTo(lines.clear());
            written = head.status();
        }

        @Override
        public void sendBody(ByteBuf in, int n) {
            in.skipBytes(n);
        }

        @Override
        public void sendInterim(ParsedResponse head) {}

        @Override
        public void sendEnd(@Nullable Trailers trailers) {}

        @Override
        public void flush() {}

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void readBody(boolean on) {}

        @Override
        public void abort() {}

        @Override
        public void exchangeEnded() {}
    }
}
