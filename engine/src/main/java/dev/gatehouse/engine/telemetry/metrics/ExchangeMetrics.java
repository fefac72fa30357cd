package dev.gatehouse.engine.telemetry.metrics;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.GrpcStatus;
import dev.gatehouse.engine.config.MetricsConfig.Label;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.SummarySink;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Counts the exchanges of a gateway, from its start to its end: one for all its configurations, so that a reload
/// loses nothing. Routes, services and policies that are gone are still told, up to a bound; whatever comes then
/// is `other`.
///
/// Loops count for themselves and at their finest; [#families] adds them up, on the thread of who asks, and
/// only then leaves out what the user does not want to see. What it reads is at most a moment old; a histogram
/// agrees with itself, two metrics may differ by the exchanges that ended meanwhile.
public final class ExchangeMetrics implements Observer {
    /// Each costs two dozen lines, and each loop half a KiB.
    public static final int MOST_ROUTES = 2000;

    public static final int MOST_SERVICES = 1000;

    public static final int MOST_CONSUMERS = 2000;

    private static final int MOST_POLICIES = 1000;
    private static final List<String> CODES = words(FailureKind.values(), Enum::name);
    private static final List<String> VERDICTS =
            words(PolicyStep.Verdict.values(), verdict -> verdict.name().toLowerCase(Locale.ROOT));

    private final LabelValues services = new LabelValues(MOST_SERVICES);
    private final LabelValues consumers = new LabelValues(MOST_CONSUMERS);
    private final List<LoopExchanges> loops = new ArrayList<>();

    /// @param count how many event loops there are, from loop 0 on
    public ExchangeMetrics(int count) {
        LabelValues routes = new LabelValues(MOST_ROUTES);
        LabelValues policies = new LabelValues(MOST_POLICIES);
        for (int i = 0; i < count; i++) {
            loops.add(new LoopExchanges(routes, services, policies, consumers));
        }
    }

    @Override
    public SummarySink on(int loop) {
        return loops.get(loop);
    }

    /// Keeps what was counted: the next configuration goes on from there.
    @Override
    public void close() {}

    /// @param labels those of [MetricCatalogue#REQUESTS], in this order; without [Label#ROUTE] nothing else has it
    public List<MetricFamily> families(List<Label> labels) {
        boolean byRoute = labels.contains(Label.ROUTE);
        Rows<long[]> requests = new Rows<>(() -> new long[1]);
        Rows<long[]> failures = new Rows<>(() -> new long[1]);
        Rows<long[]> grpcCalls = new Rows<>(() -> new long[1]);
        Rows<HistogramSum> durations = new Rows<>(() -> new HistogramSum(Buckets.REQUEST));
        Rows<long[]> bytesIn = new Rows<>(() -> new long[1]);
        Rows<long[]> bytesOut = new Rows<>(() -> new long[1]);
        WebSocketMetrics websockets = new WebSocketMetrics();
        for (LoopExchanges loop : loops) {
            loop.routes().forEach((route, counted) -> {
                List<String> values = byRoute ? List.of(route) : List.of();
                counted.requests.forEach((key, count) -> requests.at(values(labels, route, key))[0] += count);
                counted.failures.forEach((code, count) -> failures.at(and(values, CODES.get(code)))[0] += count);
                counted.grpcCalls.forEach((status, count) -> grpcCalls.at(and(values, grpcStatus(status)))[0] += count);
                durations.at(values).add(counted.duration);
                bytesIn.at(values)[0] += counted.bytes.get(LoopExchanges.OfRoute.BYTES_IN);
                bytesOut.at(values)[0] += counted.bytes.get(LoopExchanges.OfRoute.BYTES_OUT);
                LoopWebSockets sockets = counted.websockets();
                if (sockets != null) {
                    websockets.add(values, sockets);
                }
            });
        }
        List<String> route = byRoute ? List.of("route") : List.of();
        List<String> chosen = labels.stream().map(Label::word).toList();
        List<MetricFamily> families = new ArrayList<>();
        Collections.addAll(
                families,
                new MetricFamily(MetricCatalogue.REQUESTS, chosen, figures(requests)),
                new MetricFamily(MetricCatalogue.FAILURES, and(route, "code"), figures(failures)),
                new MetricFamily(MetricCatalogue.GRPC_CALLS, and(route, "grpc_status"), figures(grpcCalls)),
                consumers(),
                new MetricFamily(MetricCatalogue.REQUEST_DURATION, route, distributions(durations)),
                new MetricFamily(MetricCatalogue.REQUEST_BODY_BYTES, route, figures(bytesIn)),
                new MetricFamily(MetricCatalogue.RESPONSE_BODY_BYTES, route, figures(bytesOut)),
                serviceDurations(),
                overhead(),
                shadows());
        families.addAll(websockets.families(route));
        return families;
    }

    /// A service may say a number that means nothing.
    private static String grpcStatus(int number) {
        GrpcStatus status = GrpcStatus.of(number);
        return status == null ? "other" : status.name();
    }

    private MetricFamily consumers() {
        Rows<long[]> requests = new Rows<>(() -> new long[1]);
        for (LoopExchanges loop : loops) {
            loop.consumers().forEach((number, count) -> requests.at(List.of(consumers.value(number)))[0] += count);
        }
        return MetricCatalogue.CONSUMER_REQUESTS.of(figures(requests));
    }

    private MetricFamily serviceDurations() {
        Rows<HistogramSum> durations = new Rows<>(() -> new HistogramSum(Buckets.REQUEST));
        for (LoopExchanges loop : loops) {
            loop.services()
                    .forEach(
                            (service, counted) -> durations.at(List.of(service)).add(counted.duration));
        }
        return MetricCatalogue.SERVICE_DURATION.of(distributions(durations));
    }

    private MetricFamily overhead() {
        HistogramSum sum = new HistogramSum(Buckets.OVERHEAD);
        loops.forEach(loop -> sum.add(loop.overhead()));
        return MetricCatalogue.OVERHEAD.of(List.of(sum.row(List.of())));
    }

    private MetricFamily shadows() {
        Rows<long[]> decisions = new Rows<>(() -> new long[1]);
        for (LoopExchanges loop : loops) {
            loop.shadows()
                    .forEach((policy, verdicts) -> verdicts.forEach(
                            (verdict, count) -> decisions.at(List.of(policy, VERDICTS.get(verdict)))[0] += count));
        }
        return MetricCatalogue.SHADOW_DECISIONS.of(figures(decisions));
    }

    private List<String> values(List<Label> labels, String route, int key) {
        List<String> values = new ArrayList<>(labels.size());
        int status = RequestKey.status(key);
        for (Label label : labels) {
            values.add(
                    switch (label) {
                        case ROUTE -> route;
                        case SERVICE -> services.value(RequestKey.service(key));
                        case METHOD -> MethodLabel.of(RequestKey.method(key));
                        case STATUS -> status == 0 ? "none" : Integer.toString(status);
                        case STATUS_CLASS -> status == 0 ? "none" : status / 100 + "xx";
                    });
        }
        return values;
    }

    /// The rows of a family while they are added up.
    static final class Rows<T> {
        private final Map<List<String>, T> rows = new LinkedHashMap<>();
        private final Supplier<T> fresh;

        Rows(Supplier<T> fresh) {
            this.fresh = fresh;
        }

        T at(List<String> values) {
            return rows.computeIfAbsent(values, none -> fresh.get());
        }
    }

    static List<MetricFamily.Row> figures(Rows<long[]> rows) {
        List<MetricFamily.Row> figures = new ArrayList<>(rows.rows.size());
        rows.rows.forEach((values, count) -> figures.add(new MetricFamily.Figure(values, count[0])));
        return figures;
    }

    private static List<MetricFamily.Row> distributions(Rows<HistogramSum> rows) {
        List<MetricFamily.Row> distributions = new ArrayList<>(rows.rows.size());
        rows.rows.forEach((values, sum) -> distributions.add(sum.row(values)));
        return distributions;
    }

    private static List<String> and(List<String> values, String last) {
        return values.isEmpty() ? List.of(last) : List.of(values.getFirst(), last);
    }

    private static <E> List<String> words(E[] constants, Function<E, String> word) {
        return Stream.of(constants).map(word).toList();
    }
}
