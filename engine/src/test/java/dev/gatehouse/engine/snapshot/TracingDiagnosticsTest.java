package dev.gatehouse.engine.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Severity;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TracingDiagnosticsTest {
    private static final String TRACED = "telemetry:\n  tracing: { otlp: http://collector:4318 }\n";

    @Test
    void traces_that_nobody_would_send_are_refused() {
        List<Diagnostic> found = TracingDiagnostics.of(loaded(TRACED), () -> false);

        assertThat(TextReport.of(found))
                .contains("error[GH1603] tracing needs a module that is not there", "gateway.yaml:2:3")
                .contains("put gatehouse-otel and what belongs to it into 'lib'");
    }

    /// There is none on the class path of this module.
    @Test
    void a_check_of_the_whole_file_tells_it() {
        ConfigCheck check = ConfigCheck.dryRun(loaded(TRACED));

        assertThat(check.hasErrors()).isTrue();
        assertThat(check.diagnostics())
                .extracting(diagnostic -> diagnostic.code().name())
                .containsExactly("GH1603");
    }

    @Test
    void nobody_looks_for_the_module_without_tracing() {
        assertThat(TracingDiagnostics.of(loaded(""), () -> {
                    throw new AssertionError("was looked for");
                }))
                .isEmpty();
    }

    @Test
    void the_port_for_grpc_is_doubted() {
        List<Diagnostic> found = TracingDiagnostics.of(loaded(TRACED.replace("4318", "4317")), () -> true);

        assertThat(TextReport.of(found))
                .contains("warning[GH2204] port 4317 is where collectors speak gRPC, not HTTP", "gateway.yaml:2:14")
                .contains("usually 4318");
        assertThat(TracingDiagnostics.of(loaded(TRACED), () -> true)).isEmpty();
    }

    private static Loaded loaded(String section) {
        String yaml = section + "routes:\n  - { path: /x, respond: { status: 204 } }\n";
        return ConfigLoader.load(
                new SourceFile("gateway.yaml", Path.of("nowhere/gateway.yaml"), yaml),
                new LoadOptions(Map.of(), Extensions.NONE, Severity.ERROR));
    }
}
