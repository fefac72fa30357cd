package dev.gatehouse.it.telemetry;

import static dev.gatehouse.it.telemetry.ScriptedCollector.attributes;
import static dev.gatehouse.it.telemetry.ScriptedCollector.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.config.Portion;
import dev.gatehouse.engine.config.TracingConfig;
import dev.gatehouse.engine.config.TracingConfig.Compression;
import dev.gatehouse.engine.config.TracingConfig.Propagation;
import dev.gatehouse.engine.telemetry.Observer;
import dev.gatehouse.engine.telemetry.metrics.MetricRegistry;
import dev.gatehouse.otel.OtlpTracingFactory;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.EndedExchange;
import dev.gatehouse.testkit.LeavesNothingBehind;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What reaches a collector over the wire, and what becomes of exchanges when it does not.
@LeavesNothingBehind
class OtlpExportTest {
    private static final String NOT_TAKEN = "does not take what it is sent";
    private static final Duration QUICK = Duration.ofMillis(5);

    private final MetricRegistry metrics = new MetricRegistry();

    /// The JDK's HTTP client has a thread for all clients there will ever be.
    @BeforeAll
    static void wakeTheHttpClient() {
        try (ScriptedCollector collector = ScriptedCollector.start();
                Observer observer = new OtlpExportTest().open(config(collector.url(), false))) {
            observer.on(0).ended(new EndedExchange());
            collector.awaitSpans(2);
        }
    }

    // What arrives

    @Test
    void both_spans_of_an_exchange_arrive_with_their_ids_and_attributes() {
        try (ScriptedCollector collector = ScriptedCollector.start();
                Observer observer = open(config(collector.url(), false))) {
            observer.on(0).ended(new EndedExchange().under("b7ad6b7169203331", "a=1,b=2"));
            collector.awaitSpans(2);

            Span server = collector.span(SpanKind.SPAN_KIND_SERVER);
            assertThat(hex(server.getTraceId())).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(hex(server.getSpanId())).isEqualTo("53995c3f42cd8ad8");
            assertThat(hex(server.getParentSpanId())).isEqualTo("b7ad6b7169203331");
            assertThat(server.getTraceState()).isEqualTo("a=1,b=2");
            assertThat(server.getFlags() & 0xff).isEqualTo(3);
            assertThat(server.getName()).isEqualTo("GET /menus/{id}");
            assertThat(server.getEndTimeUnixNano() - server.getStartTimeUnixNano())
                    .isEqualTo(7_000_000);
            assertThat(attributes(server.getAttributesList()))
                    .containsEntry("http.route", "/menus/{id}")
                    .containsEntry("http.response.status_code", "200")
                    .containsEntry("client.address", "203.0.113.9");
            Span call = collector.span(SpanKind.SPAN_KIND_CLIENT);
            assertThat(call.getTraceId()).isEqualTo(server.getTraceId());
            assertThat(hex(call.getSpanId())).isEqualTo("00f067aa0ba902b7");
            assertThat(call.getParentSpanId()).isEqualTo(server.getSpanId());
            assertThat(attributes(call.getAttributesList())).containsEntry("gatehouse.instance", "10.0.2.11:8080");
        }
    }

    @Test
    void it_says_who_sends_and_shows_what_the_collector_wants_to_see() {
        try (ScriptedCollector collector = ScriptedCollector.start();
                Observer observer = open(config(collector.url(), false))) {
            observer.on(0).ended(new EndedExchange());
            collector.awaitSpans(2);

            assertThat(collector.resources().getFirst())
                    .containsEntry("service.name", "tasty-shop")
                    .containsEntry("deployment.environment.name", "test")
                    .containsEntry("telemetry.sdk.language", "java");
            assertThat(collector.calls().getFirst().header("x-token")).isEqualTo("t0ken");
            assertThat(collector.calls().getFirst().header("Content-Type")).isEqualTo("application/x-protobuf");
            assertThat(collector.calls().getFirst().header("Content-Encoding")).isEqualTo("gzip");
        }
    }

    @Test
    void a_failure_is_an_error_with_a_description() {
        try (ScriptedCollector collector = ScriptedCollector.start();
                Observer observer = open(config(collector.url(), false))) {
            observer.on(0).ended(new EndedExchange().failed(FailureKind.SERVICE_TIMEOUT, "'menu' did not answer."));
            collector.awaitSpans(2);

            Span server = collector.span(SpanKind.SPAN_KIND_SERVER);
            assertThat(server.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
            assertThat(server.getStatus().getMessage()).isEqualTo("'menu' did not answer.");
            assertThat(attributes(server.getAttributesList())).containsEntry("error.type", "SERVICE_TIMEOUT");
        }
    }

    @Test
    void every_exchange_is_a_log_record_when_logs_are_wanted_and_only_the_recorded_ones_are_traces() {
        try (ScriptedCollector collector = ScriptedCollector.start();
                Observer observer = open(config(collector.url(), true))) {
            observer.on(0).ended(new EndedExchange());
            observer.on(1).ended(new EndedExchange().unsampled().status(404));
            collector.awaitRecords(2);
            collector.awaitSpans(2);

            assertThat(collector.spans()).hasSize(2);
            LogRecord record = collector.records().stream()
                    .filter(one -> attributes(one.getAttributesList()).containsValue("404"))
                    .findFirst()
                    .orElseThrow();
            assertThat(record.getBody().getStringValue()).isEqualTo("API Request");
            assertThat(record.getSeverityNumber()).isEqualTo(SeverityNumber.SEVERITY_NUMBER_INFO);
            assertThat(hex(record.getTraceId())).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(hex(record.getSpanId())).isEqualTo("53995c3f42cd8ad8");
            assertThat(attributes(record.getAttributesList()))
                    .containsEntry("path", "/menus/7")
                    .containsEntry("duration_ms", "7.0")
                    .containsEntry("service", "menu");
        }
    }

    // A collector that is not well

    @Test
    void a_call_that_is_refused_for_a_moment_is_made_again() {
        try (ScriptedCollector collector = ScriptedCollector.start().refusing(2);
                Observer observer = open(config(collector.url(), false))) {
            observer.on(0).ended(new EndedExchange());
            collector.awaitSpans(2);

            assertThat(collector.calls()).hasSize(3);
            awaitCounted("traces", "sent", 1);
        }
    }

    @Test
    void what_is_refused_for_good_is_counted_and_the_next_is_taken() {
        CleanEnd.expectLog(NOT_TAKEN);
        try (ScriptedCollector collector = ScriptedCollector.start().refusing(5);
                Observer observer = open(config(collector.url(), false))) {
            observer.on(0).ended(new EndedExchange());
            awaitCounted("traces", "refused", 1);

            observer.on(0).ended(new EndedExchange());
            collector.awaitSpans(2);
            awaitCounted("traces", "sent", 1);
        }
    }

    @Test
    void one_that_is_gone_is_found_again_when_it_is_back() {
        CleanEnd.expectLog(NOT_TAKEN);
        ScriptedCollector before = ScriptedCollector.start();
        int port = before.port();
        String url = before.url();
        before.close();
        try (Observer observer = open(config(url, false))) {
            observer.on(0).ended(new EndedExchange());
            awaitCounted("traces", "refused", 1);

            try (ScriptedCollector back = ScriptedCollector.startOn(port)) {
                observer.on(0).ended(new EndedExchange());
                back.awaitSpans(2);
            }
        }
    }

    @Test
    void one_that_is_slow_holds_up_no_loop_and_what_waits_has_a_bound() {
        CleanEnd.allowLog(NOT_TAKEN);
        try (ScriptedCollector collector = ScriptedCollector.start().slow(Duration.ofMillis(1500));
                Observer observer = open(config(collector.url(), false))) {
            long start = System.nanoTime();
            for (int i = 0; i < 20_000; i++) {
                observer.on(0).ended(new EndedExchange());
            }
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            // All of them in less than one call takes.
            assertThat(took).isLessThan(Duration.ofMillis(1500));
            assertThat(counted("traces", "queue_full")).isGreaterThan(10_000);
        }
        assertThat(counted("traces", "queue_full")
                        + counted("traces", "sent")
                        + counted("traces", "refused")
                        + counted("traces", "closing"))
                .isEqualTo(20_000);
    }

    // The end

    @Test
    void what_waits_is_sent_when_it_is_closed() {
        try (ScriptedCollector collector = ScriptedCollector.start()) {
            TracingConfig seldom = config(collector.url(), true, Duration.ofMinutes(1));
            try (Observer observer = open(seldom)) {
                for (int i = 0; i < 700; i++) {
                    observer.on(i % 2).ended(new EndedExchange());
                }
            }
            assertThat(collector.spans()).hasSize(1400);
            assertThat(collector.records()).hasSize(700);
        }
        assertThat(counted("traces", "sent")).isEqualTo(700);
    }

    @Test
    void closing_waits_no_longer_than_it_is_allowed_to_for_one_that_never_answers() {
        CleanEnd.allowLog(NOT_TAKEN);
        try (ScriptedCollector collector = ScriptedCollector.start().slow(Duration.ofSeconds(30))) {
            Observer observer = open(config(collector.url(), false, Duration.ofMinutes(1)));
            for (int i = 0; i < 1000; i++) {
                observer.on(i % 2).ended(new EndedExchange());
            }
            long start = System.nanoTime();
            observer.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            awaitCounted("traces", "closing", 1000 - (int) counted("traces", "refused"));
            assertThat(collector.spans()).isNotEmpty(); // taken, though never answered
        }
    }

    private Observer open(TracingConfig config) {
        return new OtlpTracingFactory(QUICK).open(config, "tasty-shop", 2, metrics::counter);
    }

    private static TracingConfig config(String url, boolean logs) {
        return config(url, logs, Duration.ofMillis(10));
    }

    private static TracingConfig config(String url, boolean logs, Duration interval) {
        return new TracingConfig(
                url,
                Portion.ALL,
                List.of(Propagation.TRACECONTEXT),
                Map.of("x-token", "t0ken"),
                Map.of("deployment.environment.name", "test"),
                logs,
                Compression.GZIP,
                interval,
                Duration.ofSeconds(1),
                1024);
    }

    private void awaitCounted(String signal, String result, int count) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(counted(signal, result)).isEqualTo(count));
    }

    private long counted(String signal, String result) {
        return metrics.counter("gatehouse_otlp_exchanges", "", "signal", "result")
                .of(signal, result)
                .value();
    }
}
