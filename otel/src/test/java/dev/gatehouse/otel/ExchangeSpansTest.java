package dev.gatehouse.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.HeaderName;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.testkit.EndedExchange;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExchangeSpansTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String OURS = "53995c3f42cd8ad8";
    private static final String CALL = "00f067aa0ba902b7";

    // Ids

    @Test
    void the_call_hangs_under_the_exchange_and_the_exchange_under_the_client() {
        List<SpanData> spans = spans(new EndedExchange().under("b7ad6b7169203331", "a=1,b=2"));

        SpanData server = spans.getFirst();
        SpanData call = spans.getLast();
        assertThat(server.getTraceId()).isEqualTo(TRACE);
        assertThat(server.getKind()).isEqualTo(SpanKind.SERVER);
        assertThat(server.getSpanId()).isEqualTo(OURS);
        assertThat(server.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(server.getParentSpanContext().isRemote()).isTrue();
        assertThat(server.getSpanContext().getTraceState().asMap())
                .containsEntry("a", "1")
                .containsEntry("b", "2");
        assertThat(call.getTraceId()).isEqualTo(TRACE);
        assertThat(call.getKind()).isEqualTo(SpanKind.CLIENT);
        assertThat(call.getSpanId()).isEqualTo(CALL);
        assertThat(call.getParentSpanId()).isEqualTo(OURS);
    }

    @Test
    void a_trace_that_began_here_has_no_parent() {
        assertThat(server(new EndedExchange()).getParentSpanContext().isValid()).isFalse();
    }

    // Times

    @Test
    void the_call_lasts_from_choosing_the_instance_to_the_head_of_its_answer() {
        List<SpanData> spans = spans(new EndedExchange().startedAt(1_000));

        assertThat(spans.getFirst().getStartEpochNanos()).isEqualTo(1_000_000_000);
        assertThat(spans.getFirst().getEndEpochNanos()).isEqualTo(1_007_000_000);
        assertThat(spans.getLast().getStartEpochNanos()).isEqualTo(1_001_000_000);
        assertThat(spans.getLast().getEndEpochNanos()).isEqualTo(1_006_000_000);
    }

    @Test
    void a_call_without_an_answer_lasts_to_the_end() {
        List<SpanData> spans =
                spans(new EndedExchange().startedAt(1_000).failed(FailureKind.SERVICE_TIMEOUT, "Too late."));

        assertThat(spans.getLast().getEndEpochNanos()).isEqualTo(1_007_000_000);
    }

    // Names and attributes

    @Test
    void attributes_follow_the_conventions() {
        List<SpanData> spans = spans(
                new EndedExchange().header(HeaderName.USER_AGENT, "curl/8").attempts(2));

        assertThat(strings(spans.getFirst()))
                .contains(
                        "http.request.method=GET",
                        "http.route=/menus/{id}",
                        "http.response.status_code=200",
                        "url.path=/menus/7",
                        "url.scheme=http",
                        "server.address=shop.example",
                        "server.port=8443",
                        "client.address=203.0.113.9",
                        "network.protocol.version=1.1",
                        "user_agent.original=curl/8",
                        "gatehouse.route=GET /menus/{id}",
                        "gatehouse.route.place=gateway.yaml:12:5",
                        "gatehouse.service=menu",
                        "gatehouse.instance=10.0.2.11:8080");
        assertThat(strings(spans.getLast()))
                .contains(
                        "http.request.method=GET",
                        "http.response.status_code=200",
                        "server.address=10.0.2.11",
                        "server.port=8080",
                        "http.request.resend_count=1",
                        "gatehouse.service=menu");
    }

    @Test
    void nothing_of_the_query_is_sent() {
        spans(new EndedExchange())
                .forEach(span -> assertThat(strings(span)).noneMatch(text -> text.contains("s3cret")));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "GET,    GET /menus/{id},    GET /menus/{id},  /menus/{id}",
                "POST,   ANY /orders/**,     POST /orders/**,  /orders/**",
                "POST,   GET POST /x,        POST /x,          /x",
                "GET,    ANY ~^/a/(b|c)$,    GET ~^/a/(b|c)$,  ~^/a/(b|c)$",
                "GET,    checkout,           GET checkout,     none",
                "GET,    none,               GET,              none",
                "BREW,   none,               HTTP,             none",
            })
    void a_span_is_called_after_method_and_route_of_which_there_are_few(
            String method, String route, String name, String pattern) {
        SpanData server = server(new EndedExchange().request(method, "/menus/7").route(route));

        assertThat(server.getName()).isEqualTo(name);
        assertThat(server.getAttributes().get(Names.ROUTE)).isEqualTo(pattern);
    }

    @Test
    void a_method_nobody_knows_is_an_attribute_only() {
        assertThat(strings(server(new EndedExchange().request("BREW", "/pot"))))
                .contains("http.request.method=_OTHER", "http.request.method_original=BREW");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {"[::1]:80, ::1, 80", "[::1], ::1, none", "::1, ::1, none", "shop, shop, none", "'', none, none"})
    void host_and_port_are_told_apart(String host, String address, Long port) {
        SpanData server = server(new EndedExchange().host(host));

        assertThat(server.getAttributes().get(Names.SERVER_ADDRESS)).isEqualTo(address);
        assertThat(server.getAttributes().get(Names.SERVER_PORT)).isEqualTo(port);
    }

    @Test
    void long_texts_are_cut() {
        assertThat(server(new EndedExchange().request("GET", "/" + "x".repeat(9000)))
                        .getAttributes()
                        .get(Names.PATH))
                .hasSize(SeenExchange.MAX_TEXT);
    }

    // Errors

    @Test
    void a_service_that_cannot_be_reached_is_an_error_of_both_spans() {
        List<SpanData> spans =
                spans(new EndedExchange().failed(FailureKind.SERVICE_UNAVAILABLE, "No instance of 'menu' is left."));

        for (SpanData span : spans) {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getStatus().getDescription()).isEqualTo("No instance of 'menu' is left.");
            assertThat(strings(span)).contains("error.type=SERVICE_UNAVAILABLE");
        }
        assertThat(spans.getLast().getAttributes().get(Names.STATUS)).isNull();
    }

    @Test
    void what_a_service_says_is_wrong_is_an_error_of_the_call() {
        List<SpanData> spans = spans(new EndedExchange().status(404));

        assertThat(spans.getFirst().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(spans.getLast().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(strings(spans.getLast())).contains("error.type=404");
        assertThat(server(new EndedExchange().status(502)).getStatus().getStatusCode())
                .isEqualTo(StatusCode.ERROR);
    }

    @Test
    void a_client_that_leaves_is_no_error_of_ours() {
        SpanData server =
                server(new EndedExchange().failed(FailureKind.CLIENT_LEFT, "").status(0));

        assertThat(server.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(strings(server)).contains("error.type=CLIENT_LEFT");
        assertThat(server.getAttributes().get(Names.STATUS)).isNull();
    }

    // Policies

    @Test
    void a_refusal_is_an_event_and_no_service_was_called() {
        List<SpanData> spans = spans(new EndedExchange()
                .failed(FailureKind.FORBIDDEN, "203.0.113.9 is not in 10.0.0.0/8.")
                .decidedBy("ip_rules office"));

        assertThat(spans).hasSize(1);
        assertThat(strings(spans.getFirst())).contains("gatehouse.policy=ip_rules office", "error.type=FORBIDDEN");
        EventData event = spans.getFirst().getEvents().getFirst();
        assertThat(event.getName()).isEqualTo("policy denied");
        assertThat(event.getAttributes().get(Names.GATEHOUSE_POLICY)).isEqualTo("ip_rules office");
        assertThat(event.getAttributes().get(Names.GATEHOUSE_POLICY_REASON))
                .isEqualTo("203.0.113.9 is not in 10.0.0.0/8.");
    }

    @Test
    void what_a_policy_in_shadow_mode_would_have_done_is_an_event() {
        SpanData server = server(new EndedExchange()
                .shadow(new PolicyStep(
                        "body_limit",
                        "gateway.yaml:9:3",
                        false,
                        PolicyStep.Verdict.DENY,
                        true,
                        List.of(),
                        "2 MiB is more than 1 MiB",
                        -1)));

        EventData event = server.getEvents().getFirst();
        assertThat(event.getName()).isEqualTo("policy shadow decision");
        assertThat(event.getAttributes().get(Names.GATEHOUSE_POLICY_VERDICT)).isEqualTo("deny");
        assertThat(event.getAttributes().get(Names.GATEHOUSE_POLICY_PLACE)).isEqualTo("gateway.yaml:9:3");
        assertThat(server.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    private static SpanData server(EndedExchange exchange) {
        return spans(exchange).getFirst();
    }

    private static List<SpanData> spans(EndedExchange exchange) {
        return new ExchangeSpans(Resource.empty()).of(SeenExchange.of(exchange));
    }

    private static List<String> strings(SpanData span) {
        return span.getAttributes().asMap().entrySet().stream()
                .map(entry -> ((AttributeKey<?>) entry.getKey()).getKey() + "=" + entry.getValue())
                .toList();
    }
}
