package dev.gatehouse.it.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.RecordedRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.awaitility.Awaitility;

/// Stands in for the OpenTelemetry collector, which no repository of jars has: takes OTLP over HTTP on 127.0.0.1,
/// reads it with the classes of its protocol's own definition, and answers as it is told.
final class ScriptedCollector implements AutoCloseable {
    private final FakeService server;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final List<Map<String, String>> resources = new CopyOnWriteArrayList<>();
    private final List<RecordedRequest> calls = new CopyOnWriteArrayList<>();
    private volatile int refusals;
    private volatile Duration slow = Duration.ZERO;

    private ScriptedCollector(int port) {
        server = FakeService.with().port(port).handling(this::answer);
    }

    static ScriptedCollector start() {
        return new ScriptedCollector(0);
    }

    /// @param port on which one was before
    static ScriptedCollector startOn(int port) {
        return new ScriptedCollector(port);
    }

    /// Answers so many calls 503, the first ones from now on.
    ScriptedCollector refusing(int count) {
        refusals = count;
        return this;
    }

    /// Takes so long for each call.
    ScriptedCollector slow(Duration wait) {
        slow = wait;
        return this;
    }

    private synchronized Answer answer(RecordedRequest call) {
        calls.add(call);
        if (refusals > 0) {
            refusals--;
            return Answer.of(503, "").after(slow);
        }
        try {
            switch (call.target()) {
                case "/v1/traces" -> take(ExportTraceServiceRequest.parseFrom(body(call)));
                case "/v1/logs" -> take(ExportLogsServiceRequest.parseFrom(body(call)));
                default -> {
                    return Answer.of(404, "");
                }
            }
        } catch (IOException e) {
            return Answer.of(400, e.toString());
        }
        return Answer.of(200, "")
                .header("Content-Type", "application/x-protobuf")
                .after(slow);
    }

    private static InputStream body(RecordedRequest call) throws IOException {
        InputStream body = new ByteArrayInputStream(call.body());
        return "gzip".equals(call.header("Content-Encoding")) ? new GZIPInputStream(body) : body;
    }

    private void take(ExportTraceServiceRequest request) {
        request.getResourceSpansList().forEach(part -> {
            resources.add(attributes(part.getResource().getAttributesList()));
            part.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
        });
    }

    private void take(ExportLogsServiceRequest request) {
        request.getResourceLogsList().forEach(part -> {
            resources.add(attributes(part.getResource().getAttributesList()));
            part.getScopeLogsList().forEach(scope -> records.addAll(scope.getLogRecordsList()));
        });
    }

    // ── what it has taken

    List<Span> spans() {
        return spans;
    }

    List<LogRecord> records() {
        return records;
    }

    List<Map<String, String>> resources() {
        return resources;
    }

    List<RecordedRequest> calls() {
        return calls;
    }

    /// Waits until it has taken so many spans.
    ScriptedCollector awaitSpans(int count) {
        Awaitility.await().untilAsserted(() -> assertThat(spans).hasSizeGreaterThanOrEqualTo(count));
        return this;
    }

    /// Waits until it has taken so many log records.
    ScriptedCollector awaitRecords(int count) {
        Awaitility.await().untilAsserted(() -> assertThat(records).hasSizeGreaterThanOrEqualTo(count));
        return this;
    }

    Span span(Span.SpanKind kind) {
        return spans.stream()
                .filter(span -> span.getKind() == kind)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " among " + spans));
    }

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    static Map<String, String> attributes(List<KeyValue> list) {
        Map<String, String> all = new TreeMap<>();
        list.forEach(one -> all.put(one.getKey(), text(one.getValue())));
        return all;
    }

    private static String text(AnyValue value) {
        return switch (value.getValueCase()) {
            case STRING_VALUE -> value.getStringValue();
            case INT_VALUE -> Long.toString(value.getIntValue());
            case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
            case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
            default -> value.toString();
        };
    }

    String url() {
        return server.url();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
