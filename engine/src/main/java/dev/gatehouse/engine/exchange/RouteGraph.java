package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.HeaderName;
import dev.gatehouse.engine.config.ErrorsConfig;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.routing.RouteMatch;
import dev.gatehouse.engine.routing.RouteTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One revision of the routes and of all they need: immutable, shared by all loops. An exchange stays with the
/// graph it began on, whatever is loaded meanwhile, and so does a connection that is passed on to a service; both are
/// counted on each loop, so that what only this graph uses can be closed after the last one.
public final class RouteGraph {
    private final int revision;
    private final RouteTable<Route> routes;
    private final ErrorBody onLoopback;
    private final ErrorBody elsewhere;
    private final TraceRules tracing;
    private final boolean answersPreflights;
    private final List<HeaderName> reserved;
    private final Uses[] uses;

    /// @param reserved fields that nobody but this gateway sets
    /// @param loops how many event loops there are
    public RouteGraph(
            int revision,
            RouteTable<Route> routes,
            ErrorsConfig errors,
            TraceRules tracing,
            List<HeaderName> reserved,
            int loops) {
        this.revision = revision;
        this.routes = routes;
        this.onLoopback = new ErrorBody(errors, true);
        this.elsewhere = new ErrorBody(errors, false);
        this.tracing = tracing;
        this.answersPreflights = IntStream.range(0, routes.size())
                .anyMatch(route -> routes.value(route).answersPreflights());
        this.reserved = List.copyOf(reserved);
        this.uses = new Uses[loops];
        for (int i = 0; i < loops; i++) {
            uses[i] = new Uses();
        }
    }

    /// Its number: one higher with every configuration that was applied.
    public int revision() {
        return revision;
    }

    public RouteTable<Route> routes() {
        return routes;
    }

    /// Finds the route of a request. A CORS preflight goes to the route of the request that it asks about, whose
    /// methods rarely have OPTIONS among them, when a policy answers preflights there; else it is a request like
    /// any other, which a service may answer.
    RouteMatch.Outcome find(RoutedHead head, RouteMatch<Route> into) {
        head.asItself();
        if (answersPreflights && head.asPreflight()) {
            RouteMatch.Outcome outcome = routes.match(head, into);
            if (outcome == RouteMatch.Outcome.FOUND && into.value().answersPreflights()) {
                return outcome;
            }
            head.asItself();
        }
        return routes.match(head, into);
    }

    /// How exchanges take part in traces.
    TraceRules tracing() {
        return tracing;
    }

    /// Fields that nobody but this gateway sets: what clients send under these names is dropped.
    List<HeaderName> reserved() {
        return reserved;
    }

    /// How clients are told that they were not served.
    ///
    /// @param loopback whether they came through a listener that only this machine reaches
    ErrorBody errorBody(boolean loopback) {
        return loopback ? onLoopback : elsewhere;
    }

    /// The exchanges of one loop that are on this graph, and the connections it passes on. On that loop's thread
    /// only.
    public Uses on(Loop loop) {
        // A rehearsal is on none of them, and keeps nothing open.
        return loop.isDetached() ? new Uses() : uses[loop.index()];
    }

    /// No new exchange will begin on this graph: another one is current already.
    ///
    /// @param loops all of them
    /// @param unused run once, on one of the loops, when the last exchange has ended
    public void retire(List<Loop> loops, Runnable unused) {
        AtomicInteger busy = new AtomicInteger(loops.size());
        for (Loop loop : loops) {
            loop.execute(() -> on(loop).retire(() -> {
                if (busy.decrementAndGet() == 0) {
                    unused.run();
                }
            }));
        }
    }

    /// The exchanges and passed connections of one loop that are on a graph: how many, and which exchanges have
    /// become tunnels. Those may outlive it by far, and are told when it is replaced.
    public static final class Uses {
        private final Set<ExchangeDriver> tunnels = new HashSet<>();
        private int count;
        private boolean replaced;
        private @Nullable Runnable whenNone;

        public void begin() {
            count++;
        }

        /// One that has begun is a tunnel from here on.
        void add(ExchangeDriver tunnel) {
            tunnels.add(tunnel);
            if (replaced) {
                tunnel.onReplaced();
            }
        }

        void end(ExchangeDriver ended) {
            if (!tunnels.isEmpty()) {
                tunnels.remove(ended);
            }
            end();
        }

        public void end() {
            if (--count == 0) {
                tell();
            }
        }

        private void retire(Runnable then) {
            whenNone = then;
            replaced = true;
            tunnels.forEach(ExchangeDriver::onReplaced);
            if (count == 0) {
                tell();
            }
        }

        private void tell() {
            Runnable then = whenNone;
            whenNone = null;
            if (then != null) {
                then.run();
            }
        }
    }
}
