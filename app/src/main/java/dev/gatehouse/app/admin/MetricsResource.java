package dev.gatehouse.app.admin;

import dev.gatehouse.engine.config.AdminScope;
import java.util.List;
import java.util.Map;

/// `/metrics`, or wherever the user wants it: what a Prometheus server reads every few seconds.
final class MetricsResource implements Resource {
    private final String path;
    private final RunningGateway gateway;

    MetricsResource(String path, RunningGateway gateway) {
        this.path = path;
        this.gateway = gateway;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public List<Operation> operations() {
        return List.of(Operation.getText(
                AdminScope.READ, "The figures, for Prometheus.", PrometheusText.CONTENT_TYPE, this::metrics));
    }

    private AdminAnswer metrics(AdminRequest request) {
        PrometheusText text = PrometheusText.of(gateway.metrics(), request.accepts());
        return new AdminAnswer(200, text.contentType(), text.body(), Map.of());
    }
}
