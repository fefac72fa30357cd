package dev.gatehouse.engine.telemetry.metrics;

import dev.gatehouse.engine.telemetry.TcpEnding;
import dev.gatehouse.engine.telemetry.TcpTallies;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily.Figure;
import java.util.ArrayList;
import java.util.List;

/// What is counted of the connections that are passed on. Any thread.
public final class TcpMetrics implements MetricSource {
    private static final String IN = "in";
    private static final String OUT = "out";

    private final TcpTallies tallies;

    public TcpMetrics(TcpTallies tallies) {
        this.tallies = tallies;
    }

    @Override
    public List<MetricFamily> families() {
        List<Figure> open = new ArrayList<>();
        List<Figure> total = new ArrayList<>();
        List<Figure> bytes = new ArrayList<>();
        List<Figure> failures = new ArrayList<>();
        tallies.forEach((key, tally) -> {
            String listener = key.listener();
            String service = key.service();
            open.add(new Figure(List.of(listener, service), tally.open()));
            total.add(new Figure(List.of(listener, service), tally.total()));
            bytes.add(new Figure(List.of(listener, service, IN), tally.bytesIn()));
            bytes.add(new Figure(List.of(listener, service, OUT), tally.bytesOut()));
            for (TcpEnding ending : TcpEnding.values()) {
                long count = tally.count(ending);
                if (ending.isFailure() && count > 0) {
                    failures.add(new Figure(List.of(listener, service, ending.word()), count));
                }
            }
        });
        return List.of(
                MetricCatalogue.TCP_CONNECTIONS.of(open),
                MetricCatalogue.TCP_CONNECTIONS_TOTAL.of(total),
                MetricCatalogue.TCP_BYTES.of(bytes),
                MetricCatalogue.TCP_FAILURES.of(failures));
    }
}
