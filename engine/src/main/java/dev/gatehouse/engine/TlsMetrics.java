package dev.gatehouse.engine;

import dev.gatehouse.engine.listener.ListenerPlan;
import dev.gatehouse.engine.telemetry.metrics.MetricCatalogue;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily.Figure;
import dev.gatehouse.engine.tls.HandshakeFailure;
import dev.gatehouse.engine.tls.Handshakes;
import dev.gatehouse.engine.tls.KeyMaterial;
import dev.gatehouse.engine.tls.ServerTls;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is told of the listeners that speak TLS: how their handshakes went, and how long their certificates hold.
final class TlsMetrics {
    private static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");

    private final List<Figure> expiry = new ArrayList<>();
    private final List<Figure> handshakes = new ArrayList<>();
    private final List<Figure> failures = new ArrayList<>();

    private TlsMetrics() {}

    static List<MetricFamily> of(Map<String, ListenerPlan> listeners) {
        TlsMetrics all = new TlsMetrics();
        listeners.forEach((name, plan) -> {
            ServerTls tls = plan.tls();
            if (tls != null) {
                all.certificates(name, tls.certificates());
                all.handshakes(name, tls.handshakes());
            }
        });
        return List.of(
                MetricCatalogue.CERTIFICATE_EXPIRY.of(all.expiry),
                MetricCatalogue.HANDSHAKES.of(all.handshakes),
                MetricCatalogue.HANDSHAKE_FAILURES.of(all.failures));
    }

    /// One of each name and kind: of two, the first is shown.
    private void certificates(String listener, List<KeyMaterial> certificates) {
        Set<String> told = new HashSet<>();
        for (KeyMaterial one : certificates) {
            if (told.add(one.kind() + one.name())) {
                expiry.add(new Figure(
                        List.of(listener, one.name(), one.kind()),
                        one.notAfter().getEpochSecond()));
            }
        }
    }

    private void handshakes(String listener, Handshakes counted) {
        for (String protocol : PROTOCOLS) {
            handshakes.add(new Figure(List.of(listener, protocol, "full"), counted.full(protocol)));
            handshakes.add(new Figure(List.of(listener, protocol, "resumed"), counted.resumed(protocol)));
        }
        for (HandshakeFailure why : HandshakeFailure.values()) {
            failures.add(new Figure(List.of(listener, why.word()), counted.failures(why)));
        }
    }
}
