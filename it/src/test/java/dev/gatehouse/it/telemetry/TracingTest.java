package dev.gatehouse.it.telemetry;

import static dev.gatehouse.it.telemetry.ScriptedCollector.attributes;
import static dev.gatehouse.it.telemetry.ScriptedCollector.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Traces of a gateway, from the client's request to the collector and the service.
@LeavesNothingBehind
class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String GET = "GET /menus/7?token=s3cret HTTP/1.1\r\nHost: shop.example\r\n";

    /// The JDK's HTTP client has a thread for all clients there will ever be.
    @BeforeAll
    static void wakeTheHttpClient() {
        try (var collector = ScriptedCollector.start();
                var service = FakeService.start();
                var gateway = TestGateway.from(yaml(service, collector, "sample: 100%"))) {
            ask(gateway);
            collector.awaitSpans(2);
        }
    }

    @Test
    void the_service_hangs_its_span_under_the_call_and_the_call_hangs_under_the_exchange() {
        try (var collector = ScriptedCollector.start();
                var service = FakeService.start();
                var gateway = TestGateway.from(yaml(service, collector, "sample: 100%"))) {
            ask(gateway, "traceparent: 00-" + TRACE + "-" + SPAN + "-00", "tracestate: a=1");
            collector.awaitSpans(2);

            Span server = collector.span(SpanKind.SPAN_KIND_SERVER);
            Span call = collector.span(SpanKind.SPAN_KIND_CLIENT);
            assertThat(hex(server.getTraceId())).isEqualTo(TRACE);
            assertThat(hex(server.getParentSpanId())).isEqualTo(SPAN);
            assertThat(call.getParentSpanId()).isEqualTo(server.getSpanId());
            RecordedRequest received = service.requests().getFirst();
            assertThat(received.headers("traceparent"))
                    .containsExactly("00-" + TRACE + "-" + hex(call.getSpanId()) + "-01");
            assertThat(received.header("tracestate")).isEqualTo("a=1");
        }
    }

    @Test
    void a_span_tells_what_became_of_the_exchange() {
        try (var collector = ScriptedCollector.start();
                var service = FakeService.start();
                var gateway = TestGateway.from(yaml(service, collector, "sample: 100%"))) {
            String id = ask(gateway, "User-Agent: curl/8").header("X-Request-Id");
            collector.awaitSpans(2);

            Span server = collector.span(SpanKind.SPAN_KIND_SERVER);
            assertThat(server.getName()).isEqualTo("GET /menus/{id}");
            assertThat(attributes(server.getAttributesList()))
                    .containsEntry("http.request.method", "GET")
                    .containsEntry("http.route", "/menus/{id}")
                    .containsEntry("http.response.status_code", "200")
                    .containsEntry("url.path", "/menus/7")
                    .containsEntry("server.address", "shop.example")
                    .containsEntry("client.address", "127.0.0.1")
                    .containsEntry("user_agent.original", "curl/8")
                    .containsEntry("gatehouse.request_id", id)
                    .containsEntry("gatehouse.service", "menu");
            assertThat(server.toString()).doesNotContain("s3cret");
            assertThat(collector.resources().getFirst()).containsEntry("service.name", "tasty-shop");
            Span call = collector.span(SpanKind.SPAN_KIND_CLIENT);
            assertThat(call.getStartTimeUnixNano()).isGreaterThanOrEqualTo(server.getStartTimeUnixNano());
            assertThat(call.getEndTimeUnixNano()).isLessThanOrEqualTo(server.getEndTimeUnixNano());
        }
    }

    @Test
    void a_request_without_a_route_is_a_span_without_a_call() {
        try (var collector = ScriptedCollector.start();
                var service = FakeService.start();
                var gateway = TestGateway.from(yaml(service, collector, "sample: 100%"))) {
            RawClient.ask(gateway.port(), "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
            collector.awaitSpans(1);

            Span server = collector.span(SpanKind.SPAN_KIND_SERVER);
            assertThat(server.getName()).isEqualTo("GET");
            assertThat(attributes(server.getAttributesList()))
                    .containsEntry("error.type", "NO_ROUTE")
                    .containsEntry("http.response.status_code", "404");
            assertThat(collector.spans()).hasSize(1);
        }
    }

    @Test
    void a_service_that_is_gone_is_an_error() {
        try (var collector = ScriptedCollector.start()) {
            FakeService gone = FakeService.start();
            String yaml = yaml(gone, collector, "sample: 100%");
            gone.close();
            try (var gateway = TestGateway.from(yaml)) {
                ask(gateway);
                collector.awaitSpans(2);

                Span call = collector.span(SpanKind.SPAN_KIND_CLIENT);
                assertThat(call.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
                assertThat(attributes(call.getAttributesList())).containsEntry("error.type", "SERVICE_UNAVAILABLE");
                assertThat(collector.span(SpanKind.SPAN_KIND_SERVER).getStatus().getCode())
                        .isEqualTo(StatusCode.STATUS_CODE_ERROR);
            }
        }
    }

    @Test
    void a_stranger_does_not_decide_that_it_is_recorded_and_a_trusted_peer_does() {
        try (var collector = ScriptedCollector.start();
                var service = FakeService.start();
                var gateway = TestGateway.from(yaml(service, collector, "sample: 0%"))) {
            ask(gateway, "traceparent: 00-" + TRACE + "-" + SPAN + "-01");
            assertThat(service.requests().getFirst().header("traceparent"))
                    .startsWith("00-" + TRACE)
                    .endsWith("-00")
                    .doesNotContain(SPAN);

            gateway.reload("listeners: { public: { forwarding: { trusted_proxies: [127.0.0.1] } } }\n"
                    + yaml(service, collector, "sample: 0%"));
            ask(gateway, "traceparent: 00-" + TRACE + "-" + SPAN + "-01");
            collector.awaitSpans(2);

            assertThat(collector.spans()).hasSize(2);
        }
    }

    @Test
    void b3_is_read_and_written_where_it_is_wanted() {
        try (var collector = ScriptedCollector.start();
                var service = FakeService.start();
                var gateway =
                        TestGateway.from(yaml(service, collector, "sample: 100%, propagate: [tracecontext, b3]"))) {
            ask(gateway, "b3: " + TRACE + "-" + SPAN + "-1");
            collector.awaitSpans(2);

            String call = hex(collector.span(SpanKind.SPAN_KIND_CLIENT).getSpanId());
            String server = hex(collector.span(SpanKind.SPAN_KIND_SERVER).getSpanId());
            RecordedRequest received = service.requests().getFirst();
            assertThat(received.headers("b3")).containsExactly(TRACE + "-" + call + "-1-" + server);
            assertThat(received.header("traceparent")).isEqualTo("00-" + TRACE + "-" + call + "-01");
        }
    }

    @Test
    void logs_carry_the_ids_by_which_their_trace_is_found() {
        try (var collector = ScriptedCollector.start();
                var service = FakeService.start();
                var gateway = TestGateway.from(yaml(service, collector, "sample: 100%, logs: true"))) {
            ask(gateway);
            collector.awaitSpans(2).awaitRecords(1);

            LogRecord record = collector.records().getFirst();
            Span server = collector.span(SpanKind.SPAN_KIND_SERVER);
            assertThat(record.getTraceId()).isEqualTo(server.getTraceId());
            assertThat(record.getSpanId()).isEqualTo(server.getSpanId());
            assertThat(attributes(record.getAttributesList())).containsEntry("path", "/menus/7");
        }
    }

    @Test
    void without_tracing_nobody_is_called_and_the_context_goes_through() {
        try (var collector = ScriptedCollector.start();
                var service = FakeService.start();
                var gateway = TestGateway.from(yaml(service, collector, "sample: 100%"))) {
            gateway.reload(rest(service));
            ask(gateway, "traceparent: 00-" + TRACE + "-" + SPAN + "-01");

            assertThat(service.requests().getFirst().header("traceparent"))
                    .isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
            assertThat(collector.calls()).isEmpty();
        }
    }

    @Test
    void what_waits_is_sent_when_the_gateway_ends() {
        try (var collector = ScriptedCollector.start();
                var service = FakeService.start()) {
            try (var gateway = TestGateway.from(yaml(service, collector, "sample: 100%, interval: 1m"))) {
                for (int i = 0; i < 20; i++) {
                    ask(gateway);
                }
            }
            assertThat(collector.spans()).hasSize(40);
        }
    }

    @Test
    void a_collector_that_does_not_answer_slows_no_client_down() {
        CleanEnd.allowLog("does not take what it is sent");
        try (var collector = ScriptedCollector.start().slow(Duration.ofSeconds(5));
                var service = FakeService.start();
                var gateway = TestGateway.from(yaml(service, collector, "sample: 100%, timeout: 300ms"))) {
            long start = System.nanoTime();
            try (var client = RawClient.connect(gateway.port())) {
                for (int i = 0; i < 500; i++) {
                    client.send(GET + "\r\n");
                    assertThat(client.readAnswer().status()).isEqualTo(200);
                }
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private static RawAnswer ask(TestGateway gateway, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return Objects.requireNonNull(RawClient.ask(gateway.port(), GET + more + "\r\n"));
    }

    private static String yaml(FakeService service, ScriptedCollector collector, String settings) {
        String interval = settings.contains("interval") ? "" : ", interval: 10ms";
        return "telemetry: { tracing: { otlp: \"%s\", %s%s } }\n".formatted(collector.url(), settings, interval)
                + rest(service);
    }

    private static String rest(FakeService service) {
        return """
                name: tasty-shop
                services:
                  menu: { instances: [ "%s" ] }
                routes:
                  - { path: "/menus/{id}", methods: [GET], service: menu }
                """.formatted(service.url());
    }
}
