package dev.gatehouse.engine.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.Portion;
import dev.gatehouse.engine.config.TracingConfig;
import dev.gatehouse.engine.config.TracingConfig.Compression;
import dev.gatehouse.engine.config.TracingConfig.Propagation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The section `telemetry.tracing`, as the user writes it.
class TracingSectionTest {
    private static final String REST = "routes:\n  - { path: /x, respond: { status: 204 } }\n";

    @Test
    void there_is_no_tracing_unless_it_is_written() {
        assertThat(Loading.config(REST).telemetry().tracing()).isNull();
    }

    @Test
    void an_address_is_enough() {
        assertThat(tracing("{ otlp: http://collector:4318/ }"))
                .isEqualTo(new TracingConfig(
                        "http://collector:4318",
                        Portion.of("5%"),
                        List.of(Propagation.TRACECONTEXT),
                        Map.of(),
                        Map.of(),
                        false,
                        Compression.NONE,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10),
                        2048));
    }

    @Test
    void the_section_of_the_whole_language_is_read() {
        TracingConfig read =
                tracing("{ otlp: \"${env:OTEL_EXPORTER_OTLP_ENDPOINT:-http://localhost:4317}\", sample: 5%,"
                        + " propagate: [tracecontext, b3] }");

        assertThat(read.isGrpcPort()).isTrue();
        assertThat(read.propagate()).containsExactly(Propagation.TRACECONTEXT, Propagation.B3);
    }

    @Test
    void everything_can_be_said() {
        TracingConfig read = tracing("{ otlp: http://c, sample: 100%, propagate: [b3multi], headers: { x-token: t },"
                + " attributes: { deployment.environment.name: test }, logs: true, compression: gzip, interval: 50ms,"
                + " timeout: 2s, queue: 64 }");

        assertThat(read.sample()).isEqualTo(Portion.ALL);
        assertThat(read.propagate()).containsExactly(Propagation.B3_MULTI);
        assertThat(read.headers()).containsEntry("x-token", "t");
        assertThat(read.attributes()).containsEntry("deployment.environment.name", "test");
        assertThat(read.logs()).isTrue();
        assertThat(read.compression()).isEqualTo(Compression.GZIP);
        assertThat(read.interval()).hasMillis(50);
        assertThat(read.timeout()).hasSeconds(2);
        assertThat(read.queue()).isEqualTo(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ sample: 5% }                               | GH1005 telemetry.tracing.otlp",
                "{ otlp: collector }                          | GH1305 telemetry.tracing.otlp",
                "{ otlp: http://c, sample: 105% }             | GH1305 telemetry.tracing.sample",
                "{ otlp: http://c, propagate: [jaeger] }      | GH1304 telemetry.tracing.propagate[0]",
                "{ otlp: http://c, propagate: [] }            | GH1303 telemetry.tracing.propagate",
                "{ otlp: http://c, queue: 1 }                 | GH1303 telemetry.tracing.queue",
                "{ otlp: http://c, timeout: 1ms }             | GH1303 telemetry.tracing.timeout",
                "{ otlp: http://c, samle: 5% }                | GH1001 telemetry.tracing.samle",
            })
    void mistakes_are_told_where_they_are(String section, String mistake) {
        assertThat(Loading.mistakes("telemetry: { tracing: " + section + " }\n" + REST))
                .containsExactly(mistake);
    }

    private static TracingConfig tracing(String section) {
        return Objects.requireNonNull(Loading.config("telemetry: { tracing: " + section + " }\n" + REST)
                .telemetry()
                .tracing());
    }
}
