package dev.gatehouse.engine;

import dev.gatehouse.engine.telemetry.metrics.MetricCatalogue;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily.Figure;
import dev.gatehouse.engine.tls.acme.IssuerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How the certificates stand that a gateway gets by itself, in figures. A row is a certificate, by the first of its
/// hosts; of two that begin with the same host, the first one listed.
final class AcmeMetrics {
    private AcmeMetrics() {}

    static List<MetricFamily> of(List<IssuerStatus> issuers) {
        Map<String, IssuerStatus> byHost = new LinkedHashMap<>();
        issuers.forEach(one -> byHost.putIfAbsent(one.hosts().getFirst(), one));
        Collection<IssuerStatus> rows = byHost.values();
        return List.of(
                MetricCatalogue.ACME_EXPIRY.of(moments(rows, IssuerStatus::notAfter)),
                MetricCatalogue.ACME_SUCCESSFUL.of(rows.stream()
                        .map(one -> figure(one, one.state() == IssuerStatus.State.FAILING ? 0 : 1))
                        .toList()),
                MetricCatalogue.ACME_NEXT.of(moments(rows, IssuerStatus::next)));
    }

    private static List<Figure> moments(
            Collection<IssuerStatus> issuers, Function<IssuerStatus, @Nullable Instant> moment) {
        List<Figure> figures = new ArrayList<>();
        for (IssuerStatus one : issuers) {
            Instant at = moment.apply(one);
            if (at != null) {
                figures.add(figure(one, (double) at.getEpochSecond()));
            }
        }
        return figures;
    }

    private static Figure figure(IssuerStatus issuer, double value) {
        return new Figure(List.of(issuer.hosts().getFirst()), value);
    }
}
