package dev.gatehouse.engine;

import dev.gatehouse.engine.net.BufferMemory;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.net.LoopWatch;
import dev.gatehouse.engine.service.InstanceStatus;
import dev.gatehouse.engine.snapshot.RunningService;
import dev.gatehouse.engine.telemetry.metrics.ExchangeMetrics;
import dev.gatehouse.engine.telemetry.metrics.LagMetrics;
import dev.gatehouse.engine.telemetry.metrics.Metric;
import dev.gatehouse.engine.telemetry.metrics.MetricCatalogue;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.engine.telemetry.metrics.MetricRegistry;
import dev.gatehouse.engine.telemetry.metrics.ProcessMetrics;
import dev.gatehouse.engine.telemetry.metrics.TcpMetrics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/// All figures of one gateway: those that are counted as things happen, and those that are looked up when
/// somebody asks. Lives as long as the gateway, whatever its configuration becomes.
final class GatewayMetrics {
    private static final String RESERVED = "reserved";
    private static final String USED = "used";

    private final ExchangeMetrics exchanges;
    private final MetricRegistry policies = new MetricRegistry();
    private final ProcessMetrics process = new ProcessMetrics();
    private final LagMetrics lag;

    /// Watches the loops from now on.
    ///
    /// @param clock nanoseconds, the same as the loops'
    GatewayMetrics(List<Loop> loops, LongSupplier clock) {
        exchanges = new ExchangeMetrics(loops.size());
        lag = new LagMetrics(loops.size(), clock);
        loops.forEach(loop -> LoopWatch.start(loop, lag::late));
    }

    /// Counts the exchanges: an observer of every configuration, the same for all.
    ExchangeMetrics exchanges() {
        return exchanges;
    }

    /// Where policies count.
    MetricRegistry policies() {
        return policies;
    }

    /// Any thread but a loop's: files of the kernel are read. Waits for no loop.
    List<MetricFamily> families(Gateway gateway) {
        List<MetricFamily> all = new ArrayList<>(exchanges.families(
                gateway.snapshot().config().telemetry().metrics().labels()));
        all.add(MetricCatalogue.EXCHANGES_OPEN.at((double) gateway.counters().open()));
        all.add(MetricCatalogue.CLIENT_CONNECTIONS.at(gateway.clientConnections()));
        all.addAll(new TcpMetrics(gateway.telemetry().tcp()).families());
        addServices(all, gateway);
        all.add(MetricCatalogue.CONFIG_REVISION.at(gateway.snapshot().revision()));
        all.addAll(TlsMetrics.of(gateway.snapshot().listeners()));
        all.addAll(AcmeMetrics.of(gateway.issuers()));
        all.addAll(lag.families());
        BufferMemory buffers = BufferMemory.now();
        all.add(MetricCatalogue.BUFFER_MEMORY.of(List.of(
                new MetricFamily.Figure(List.of(RESERVED), buffers.reserved()),
                new MetricFamily.Figure(List.of(USED), buffers.used()))));
        all.addAll(process.families());
        all.addAll(policies.families());
        return all;
    }

    private static void addServices(List<MetricFamily> all, Gateway gateway) {
        List<OfInstance> instances = new ArrayList<>();
        List<MetricFamily.Figure> connections = new ArrayList<>();
        List<MetricFamily.Figure> waiting = new ArrayList<>();
        List<MetricFamily.Figure> states = new ArrayList<>();
        for (RunningService running : gateway.snapshot().services()) {
            String name = running.key();
            connections.add(new MetricFamily.Figure(
                    List.of(name), running.service().budget().open()));
            waiting.add(new MetricFamily.Figure(
                    List.of(name), running.service().budget().waiting()));
            Map<InstanceStatus.Word, Integer> count = new EnumMap<>(InstanceStatus.Word.class);
            for (InstanceStatus status : running.service().status(gateway.now())) {
                instances.add(new OfInstance(List.of(name, status.address()), status));
                count.merge(status.state(), 1, Integer::sum);
            }
            for (InstanceStatus.Word word : InstanceStatus.Word.values()) {
                String state = word.name().toLowerCase(Locale.ROOT);
                states.add(new MetricFamily.Figure(List.of(name, state), count.getOrDefault(word, 0)));
            }
        }
        all.add(MetricCatalogue.SERVICE_CONNECTIONS.of(connections));
        all.add(MetricCatalogue.SERVICE_WAITING.of(waiting));
        all.add(MetricCatalogue.SERVICE_INSTANCES.of(states));
        all.add(family(MetricCatalogue.INSTANCE_UP, instances, status -> isUp(status) ? 1 : 0));
        all.add(family(MetricCatalogue.INSTANCE_IN_FLIGHT, instances, InstanceStatus::inFlight));
        all.add(family(MetricCatalogue.INSTANCE_REQUESTS, instances, InstanceStatus::attempts));
        all.add(family(MetricCatalogue.INSTANCE_FAILURES, instances, InstanceStatus::failures));
    }

    private record OfInstance(List<String> values, InstanceStatus status) {}

    private static MetricFamily family(
            Metric metric, List<OfInstance> instances, ToDoubleFunction<InstanceStatus> figure) {
        return metric.of(instances.stream()
                .map(one -> new MetricFamily.Figure(one.values(), figure.applyAsDouble(one.status())))
                .toList());
    }

    private static boolean isUp(InstanceStatus status) {
        return switch (status.state()) {
            case UP, BACKUP, UNKNOWN -> true;
            case DOWN, EJECTED, DRAINED -> false;
        };
    }
}
