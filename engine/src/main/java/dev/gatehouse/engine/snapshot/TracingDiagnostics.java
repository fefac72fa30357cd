package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.TracingConfig;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.Span;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Tells what is wrong with `telemetry.tracing`, beyond what its record refuses.
final class TracingDiagnostics {
    private static final String TRACING = "telemetry.tracing";

    private TracingDiagnostics() {}

    /// @param moduleThere whether what sends traces can be found; asked only when traces are wanted
    static List<Diagnostic> of(Loaded loaded, BooleanSupplier moduleThere) {
        GatewayConfig config = loaded.config();
        TracingConfig tracing = config == null ? null : config.telemetry().tracing();
        if (tracing == null) {
            return List.of();
        }
        if (!moduleThere.getAsBoolean()) {
            return at(loaded, TRACING)
                    .map(place -> Diagnostic.error(Code.GH1603, place, "tracing needs a module that is not there")
                            .path(TRACING)
                            .help("put gatehouse-otel and what belongs to it into 'lib', or remove the section")
                            .build())
                    .toList();
        }
        if (tracing.isGrpcPort()) {
            return at(loaded, TRACING + ".otlp")
                    .map(place -> Diagnostic.warning(
                                    Code.GH2204, place, "port 4317 is where collectors speak gRPC, not HTTP")
                            .path(TRACING + ".otlp")
                            .help("use the collector's port for OTLP over HTTP, usually 4318")
                            .build())
                    .toList();
        }
        return List.of();
    }

    /// The one place, of a section that was written.
    private static Stream<Span> at(Loaded loaded, String path) {
        return Stream.ofNullable(loaded.place(path));
    }
}
