package dev.gatehouse.engine.telemetry.metrics;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.telemetry.ExchangeSummary;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.SummarySink;
import dev.gatehouse.engine.telemetry.TunnelCounter;
import dev.gatehouse.engine.telemetry.TunnelSummary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The exchanges of one loop, counted. Written by the loop's thread only; [ExchangeMetrics] reads along from another.
/// Nothing is allocated for a route and a service that were seen before.
final class LoopExchanges implements SummarySink {
    /// What is counted for one route, at its finest: what is shown may be less.
    static final class OfRoute {
        static final int BYTES_IN = 0;
        static final int BYTES_OUT = 1;

        /// By [RequestKey].
        final KeyedCounts requests = new KeyedCounts();

        /// By place in [FailureKind].
        final KeyedCounts failures = new KeyedCounts();

        /// By number of the status.
        final KeyedCounts grpcCalls = new KeyedCounts();

        final LoopHistogram duration = new LoopHistogram(Buckets.REQUEST);
        final Cells bytes = new Cells(2);
        private volatile @Nullable LoopWebSockets websockets;

        /// Null until there was one.
        @Nullable
        LoopWebSockets websockets() {
            return websockets;
        }
    }

    /// What is counted for one service.
    static final class OfService {
        private final int number;
        final LoopHistogram duration = new LoopHistogram(Buckets.REQUEST);

        private OfService(int number) {
            this.number = number;
        }
    }

    private static final int SWITCHING_PROTOCOLS = 101;

    private final LabelValues routeValues;
    private final LabelValues serviceValues;
    private final LabelValues policyValues;

    // Concurrent maps, only so that the reader may walk through them. By what the label will be.
    private final Map<String, OfRoute> routes = new ConcurrentHashMap<>();
    private final Map<String, OfService> services = new ConcurrentHashMap<>();
    private final Map<String, KeyedCounts> shadows = new ConcurrentHashMap<>();
    // Requests often come as the one before did.
    private @Nullable String lastName;
    private @Nullable OfRoute lastRoute;

    /// By number of the consumer.
    private final KeyedCounts consumers = new KeyedCounts();

    private final LabelValues consumerValues;
    private final LoopHistogram overhead = new LoopHistogram(Buckets.OVERHEAD);

    LoopExchanges(LabelValues routes, LabelValues services, LabelValues policies, LabelValues consumers) {
        routeValues = routes;
        serviceValues = services;
        policyValues = policies;
        consumerValues = consumers;
    }

    @Override
    public void ended(ExchangeSummary summary) {
        OfRoute route = route(summary.route());
        OfService service = service(summary.service());
        int serviceNumber = service == null ? LabelValues.NONE : service.number;
        route.requests.add(RequestKey.of(serviceNumber, MethodLabel.number(summary.method()), summary.status()));
        FailureKind failure = summary.failure();
        if (failure != null) {
            route.failures.add(place(failure));
        }
        TunnelSummary tunnel = summary.tunnel();
        LoopWebSockets sockets = route.websockets;
        if (tunnel != null && sockets != null && summary.status() == SWITCHING_PROTOCOLS) {
            sockets.ended(tunnel);
        }
        int grpcStatus = summary.grpcStatus();
        if (grpcStatus != ExchangeSummary.NO_GRPC_STATUS) {
            route.grpcCalls.add(grpcStatus);
        }
        String consumer = summary.consumer();
        if (consumer != null) {
            consumers.add(consumerValues.number(consumer));
        }
        long duration = summary.durationNanos();
        route.duration.record(duration);
        route.bytes.add(OfRoute.BYTES_IN, summary.bytesIn());
        route.bytes.add(OfRoute.BYTES_OUT, summary.bytesOut());
        long served = summary.serviceNanos();
        if (service != null && served >= 0) {
            service.duration.record(served);
            overhead.record(Math.max(0, duration - served));
        }
        List<PolicyStep> decisions = summary.shadows();
        if (!decisions.isEmpty()) {
            count(decisions);
        }
    }

    @Override
    public TunnelCounter tunnelBegan(ExchangeSummary summary) {
        TunnelSummary tunnel = summary.tunnel();
        if (tunnel == null || !tunnel.protocol().equals(TunnelSummary.WEBSOCKET)) {
            return TunnelCounter.NONE;
        }
        OfRoute route = route(summary.route());
        LoopWebSockets counted = route.websockets;
        if (counted == null) {
            counted = new LoopWebSockets();
            route.websockets = counted;
        }
        counted.began();
        return counted;
    }

    private OfRoute route(@Nullable String name) {
        OfRoute last = lastRoute;
        if (last != null && name != null && name.equals(lastName)) {
            return last;
        }
        OfRoute known = name == null ? null : routes.get(name);
        OfRoute found = known != null ? known : firstOfRoute(name);
        lastName = name;
        lastRoute = found;
        return found;
    }

    private OfRoute firstOfRoute(@Nullable String name) {
        String label = routeValues.value(routeValues.number(name));
        OfRoute known = routes.get(label);
        if (known == null) {
            known = new OfRoute();
            routes.put(label, known);
        }
        return known;
    }

    private @Nullable OfService service(@Nullable String name) {
        if (name == null) {
            return null;
        }
        OfService known = services.get(name);
        return known != null ? known : firstOfService(name);
    }

    private OfService firstOfService(String name) {
        int number = serviceValues.number(name);
        String label = serviceValues.value(number);
        OfService known = services.get(label);
        if (known == null) {
            known = new OfService(number);
            services.put(label, known);
        }
        return known;
    }

    private void count(List<PolicyStep> decisions) {
        for (PolicyStep step : decisions) {
            String label = policyValues.value(policyValues.number(step.policy()));
            KeyedCounts counts = shadows.get(label);
            if (counts == null) {
                counts = new KeyedCounts();
                shadows.put(label, counts);
            }
            counts.add(place(step.verdict()));
        }
    }

    /// A number to count by. It does not leave the process, so that what it is in the next version is all the same.
    @SuppressWarnings("EnumOrdinal")
    private static int place(Enum<?> constant) {
        return constant.ordinal();
    }

    // ── for the reader
    // ───────────────────────────────────────────────────────────────────────────────────────────────

    Map<String, OfRoute> routes() {
        return routes;
    }

    Map<String, OfService> services() {
        return services;
    }

    /// By policy, then by place in [PolicyStep.Verdict].
    Map<String, KeyedCounts> shadows() {
        return shadows;
    }

    KeyedCounts consumers() {
        return consumers;
    }

    LoopHistogram overhead() {
        return overhead;
    }
}
