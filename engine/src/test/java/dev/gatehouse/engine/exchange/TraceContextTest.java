package dev.gatehouse.engine.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.engine.config.TracingConfig;
import dev.gatehouse.engine.config.TracingConfig.Propagation;
import dev.gatehouse.engine.net.ExchangeIds;
import dev.gatehouse.engine.net.Peer;
import dev.gatehouse.http1.FieldEdits;
import dev.gatehouse.http1.HeadLimits;
import dev.gatehouse.http1.HeadWriter;
import dev.gatehouse.http1.ParsedRequest;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String PARENT = "00-" + TRACE + "-" + SPAN;
    private static final boolean TRUSTED = true;
    private static final boolean STRANGER = false;

    private static final TracingConfig CONFIG = TracingConfig.to("http://collector:4318");
    private static final TraceRules NONE = rules("0%", Propagation.TRACECONTEXT);
    private static final TraceRules ALL = rules("100%", Propagation.TRACECONTEXT);

    private final Provenance provenance = new Provenance(List.<Cidr>of(), new ExchangeIds(11, 22));
    private final TraceContext trace = provenance.trace();
    private final ParsedRequest request = new ParsedRequest();

    // Without tracing

    @Test
    void without_tracing_a_valid_context_goes_through_untouched() {
        String sent = ask(TRUSTED, TraceRules.OFF, "traceparent: " + PARENT + "-00", "tracestate: a=1");

        assertThat(sent).contains("traceparent: " + PARENT + "-00\r\n", "tracestate: a=1\r\n");
        assertThat(trace.traceparent()).hasToString(PARENT + "-00");
        assertThat(trace.span()).isNull();
        assertThat(trace.isSampled()).isFalse();
    }

    @Test
    void without_tracing_a_trace_is_started_for_the_services() {
        String sent = ask(STRANGER, TraceRules.OFF);

        assertThat(sent).containsPattern("traceparent: 00-[0-9a-f]{32}-[0-9a-f]{16}-01\r\n");
        assertThat(trace.span()).isNull();
    }

    @Test
    void without_tracing_b3_fields_are_nobodys_business() {
        assertThat(ask(STRANGER, TraceRules.OFF, "b3: 0", "X-B3-Sampled: 0")).contains("b3: 0", "X-B3-Sampled: 0");
    }

    // The gateway's own span

    @Test
    void the_trace_goes_on_and_the_service_hangs_its_span_under_ours() {
        String sent = ask(STRANGER, ALL, "traceparent: " + PARENT + "-00", "tracestate: a=1", "tracestate: b=2");

        assertThat(sent.split("traceparent: ")).hasSize(2);
        assertThat(sent).contains("tracestate: a=1\r\n", "tracestate: b=2\r\n").doesNotContain(SPAN);
        assertThat(trace.traceparent().toString())
                .startsWith("00-" + TRACE + "-")
                .endsWith("-01");
        assertThat(trace.parentSpan()).hasToString(SPAN);
        assertThat(trace.tracestate()).isEqualTo("a=1,b=2");
        assertThat(trace.span().toString())
                .matches("[0-9a-f]{16}")
                .isNotEqualTo(SPAN)
                .isNotEqualTo(trace.traceparent().toString().substring(36, 52));
    }

    @Test
    void a_trace_that_starts_here_has_no_parent_and_says_that_its_id_is_random() {
        ask(STRANGER, ALL);

        assertThat(trace.parentSpan()).isNull();
        assertThat(trace.traceparent().toString()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-03");
    }

    @Test
    void what_was_said_of_the_id_being_random_is_passed_on_and_unknown_flags_are_not() {
        ask(STRANGER, ALL, "traceparent: " + PARENT + "-fe");

        assertThat(trace.traceparent().toString()).endsWith("-03");
    }

    @Test
    void a_later_version_is_read_as_far_as_it_is_known_and_written_as_ours() {
        ask(TRUSTED, NONE, "traceparent: cc-" + TRACE + "-" + SPAN + "-01-more");

        assertThat(trace.traceparent().toString()).startsWith("00-" + TRACE).hasSize(55);
        assertThat(trace.isSampled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "00-" + TRACE + "-" + SPAN + "-0",
                "00-" + TRACE + "-0000000000000000-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
                "nonsense",
                ""
            })
    void of_a_broken_context_nothing_is_passed_on(String broken) {
        String sent = ask(TRUSTED, NONE, "traceparent: " + broken, "tracestate: a=1");

        assertThat(sent).doesNotContain("tracestate", TRACE);
        assertThat(trace.parentSpan()).isNull();
        assertThat(trace.tracestate()).isNull();
    }

    @Test
    void two_parents_are_none() {
        ask(TRUSTED, NONE, "traceparent: " + PARENT + "-01", "traceparent: " + PARENT + "-01");

        assertThat(trace.parentSpan()).isNull();
    }

    @Test
    void nothing_is_left_over_for_the_next_exchange() {
        ask(TRUSTED, ALL, "traceparent: " + PARENT + "-01", "tracestate: a=1");
        ask(STRANGER, NONE);

        assertThat(trace.parentSpan()).isNull();
        assertThat(trace.tracestate()).isNull();
        assertThat(trace.isSampled()).isFalse();
        assertThat(trace.traceparent().toString()).endsWith("-02").doesNotContain(TRACE);
    }

    // Who decides

    @ParameterizedTest
    @CsvSource({
        // trusted, sent flags, our share, recorded
        "true,  01, 0%,   true",
        "true,  00, 100%, false",
        "false, 01, 0%,   false",
        "false, 00, 100%, true"
    })
    void a_trusted_peer_decides_and_nobody_else(boolean trusted, String flags, String share, boolean recorded) {
        ask(trusted, rules(share, Propagation.TRACECONTEXT), "traceparent: " + PARENT + "-" + flags);

        assertThat(trace.isSampled()).isEqualTo(recorded);
        assertThat(trace.traceparent().toString()).endsWith(recorded ? "-01" : "-00");
    }

    @Test
    void the_share_is_kept_whatever_ids_clients_choose() {
        TraceRules twentieth = rules("5%", Propagation.TRACECONTEXT);
        int recorded = 0;
        for (int i = 0; i < 20_000; i++) {
            ask(STRANGER, twentieth, "traceparent: 00-00000000000000000000000000000001-" + SPAN + "-01");
            recorded += trace.isSampled() ? 1 : 0;
        }
        assertThat(recorded).isBetween(900, 1100);
    }

    // B3

    @Test
    void without_a_traceparent_b3_is_read_and_both_are_written() {
        String sent = ask(
                TRUSTED,
                rules("0%", Propagation.TRACECONTEXT, Propagation.B3),
                "b3: " + TRACE + "-" + SPAN + "-1-05e3ac9a4f6e3b90");

        String ours = trace.traceparent().toString().substring(36, 52);
        assertThat(trace.parentSpan()).hasToString(SPAN);
        assertThat(trace.isSampled()).isTrue();
        assertThat(sent)
                .contains("traceparent: 00-" + TRACE + "-" + ours + "-01\r\n")
                .contains("b3: " + TRACE + "-" + ours + "-1-" + trace.span() + "\r\n")
                .doesNotContain("05e3ac9a4f6e3b90");
    }

    @Test
    void fields_for_each_are_read_too_and_written_when_asked_for() {
        String sent = ask(
                TRUSTED,
                rules("100%", Propagation.B3_MULTI),
                "X-B3-TraceId: 8448eb211c80319c",
                "X-B3-SpanId: " + SPAN,
                "X-B3-ParentSpanId: 05e3ac9a4f6e3b90",
                "X-B3-Sampled: 0");

        assertThat(trace.traceparent().toString()).startsWith("00-00000000000000008448eb211c80319c-");
        assertThat(trace.isSampled()).isFalse();
        assertThat(sent)
                .contains("X-B3-TraceId: 00000000000000008448eb211c80319c\r\n", "X-B3-Sampled: 0\r\n")
                .contains("X-B3-ParentSpanId: " + trace.span() + "\r\n")
                .doesNotContain("traceparent", "05e3ac9a4f6e3b90", SPAN);
    }

    @Test
    void a_traceparent_wins_over_b3() {
        String sent = ask(
                TRUSTED,
                rules("0%", Propagation.TRACECONTEXT, Propagation.B3),
                "traceparent: " + PARENT + "-01",
                "b3: 463ac35c9f6413ad48485a3953bb6124-a2fb4a1d1a96d312-0");

        assertThat(trace.isSampled()).isTrue();
        assertThat(sent).contains("b3: " + TRACE).doesNotContain("463ac35c9f6413ad48485a3953bb6124");
    }

    @ParameterizedTest
    @CsvSource({
        "b3: 0, 100%, false",
        "b3: 1, 0%, true",
        "b3: d, 0%, true",
        "X-B3-Flags: 1, 0%, true",
        "X-B3-Sampled: true, 0%, true",
        "X-B3-Sampled: false, 100%, false",
        "b3: nonsense, 0%, false",
        "b3: " + TRACE + "-" + SPAN + ", 0%, false",
        "b3: " + TRACE + "-" + SPAN + "-d, 0%, true",
        "b3: " + TRACE + "-" + SPAN + "-, 0%, false",
        "b3: " + TRACE + "-, 0%, false",
        "b3: " + TRACE + "-" + SPAN + "1, 0%, false",
    })
    void a_decision_can_come_with_or_without_a_trace(String field, String share, boolean recorded) {
        ask(TRUSTED, rules(share, Propagation.B3), field);

        assertThat(trace.isSampled()).isEqualTo(recorded);
    }

    @Test
    void fields_that_are_not_asked_for_go_through_untouched() {
        String sent =
                ask(TRUSTED, rules("100%", Propagation.B3), "traceparent: " + PARENT + "-00", "tracestate: theirs=1");

        assertThat(sent).contains("traceparent: " + PARENT + "-00\r\n");
        assertThat(trace.parentSpan()).isNull();
        assertThat(trace.tracestate()).isNull();
    }

    private static TraceRules rules(String share, Propagation... formats) {
        return TraceRules.of(CONFIG.withSample(share).withPropagation(formats));
    }

    /// What the service is sent for a request with these fields.
    private String ask(boolean trusted, TraceRules rules, String... fields) {
        request.reset();
        String head = "GET / HTTP/1.1\r\nHost: a\r\n" + String.join("\r\n", fields)
                + (fields.length == 0 ? "\r\n" : "\r\n\r\n");
        request.parse(Unpooled.wrappedBuffer(head.getBytes(US_ASCII)), HeadLimits.DEFAULT);
        Peer peer = new Peer(
                new InetSocketAddress("203.0.113.9", 1234),
                new InetSocketAddress("127.0.0.1", 80),
                trusted ? List.of(Cidr.of("203.0.113.0/24")) : List.of());
        provenance.establish(request, peer, 0, rules, List.of());
        FieldEdits edits = new FieldEdits();
        edits.reset(request);
        trace.addTo(edits);
        HeadWriter out = new HeadWriter();
        edits.writeTo(out);
        return new String(out.toArray(), US_ASCII);
    }
}
