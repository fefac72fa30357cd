package dev.gatehouse.otel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.FailureKind;
import dev.gatehouse.testkit.EndedExchange;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private final FakeCollector collector = new FakeCollector();
    private final Deliveries deliveries = new Deliveries(collector);
    private final Inbox inbox = new Inbox(1024);
    private final Inbox other = new Inbox(1024);
    private int woken;

    @Test
    void what_is_recorded_is_sent() {
        sink(false).ended(new EndedExchange());

        assertThat(delivery(false).deliver()).isOne();
        assertThat(collector.spans).hasSize(2);
        assertThat(collector.counted("traces", "sent")).isOne();
    }

    @Test
    void what_is_not_recorded_is_not_even_copied() {
        sink(false).ended(new EndedExchange().unsampled());

        assertThat(inbox.poll()).isNull();
    }

    @Test
    void every_exchange_is_logged_when_logs_are_wanted() {
        sink(true).ended(new EndedExchange().unsampled());
        sink(true).ended(new EndedExchange().failed(FailureKind.SERVICE_TIMEOUT, "Too late."));
        delivery(true).deliver();

        assertThat(collector.spans).hasSize(2);
        assertThat(collector.records).hasSize(2);
        assertThat(collector.counted("traces", "sent")).isOne();
        assertThat(collector.counted("logs", "sent")).isEqualTo(2);
    }

    @Test
    void a_log_record_has_the_fields_of_the_access_log_and_the_span_of_the_exchange() {
        sink(true).ended(new EndedExchange().startedAt(1_000).failed(FailureKind.SERVICE_TIMEOUT, "Too late."));
        delivery(true).deliver();

        LogRecordData log = collector.records.getFirst();
        assertThat(log.getBodyValue().asString()).isEqualTo("API Request");
        assertThat(log.getSeverity()).isEqualTo(Severity.ERROR);
        assertThat(log.getSpanContext().getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(log.getSpanContext().getSpanId()).isEqualTo("53995c3f42cd8ad8");
        assertThat(log.getTimestampEpochNanos()).isEqualTo(1_007_000_000);
        assertThat(log.getObservedTimestampEpochNanos()).isEqualTo(2_000_000_000);
        assertThat(log.getAttributes().asMap().entrySet().stream()
                        .map(entry -> ((AttributeKey<?>) entry.getKey()).getKey() + "=" + entry.getValue()))
                .containsExactlyInAnyOrder(
                        "method=GET",
                        "path=/menus/7",
                        "status_code=504",
                        "duration_ms=7.0",
                        "client_ip=203.0.113.9",
                        "correlation_id=0199d1c0-5f5e-7c3a-8a3b-1f2e3d4c5b6a",
                        "route=GET /menus/{id}",
                        "service=menu",
                        "instance=10.0.2.11:8080",
                        "bytes_in=0",
                        "bytes_out=42",
                        "error_code=SERVICE_TIMEOUT");
    }

    @Test
    void batches_have_a_bound() {
        SampledSink sink = sink(false);
        for (int i = 0; i < 600; i++) {
            sink.ended(new EndedExchange());
        }
        Delivery delivery = delivery(false);

        assertThat(delivery.deliver()).isEqualTo(Delivery.BATCH);
        assertThat(delivery.deliver()).isEqualTo(600 - Delivery.BATCH);
        assertThat(delivery.deliver()).isZero();
    }

    @Test
    void all_loops_are_emptied() {
        inbox.offer(SeenExchange.of(new EndedExchange()));
        other.offer(SeenExchange.of(new EndedExchange()));

        assertThat(delivery(false).deliver()).isEqualTo(2);
    }

    @Test
    void what_finds_no_place_is_counted_and_the_thread_is_woken_before() {
        SampledSink sink = sink(true);
        for (int i = 0; i < 1024 + 3; i++) {
            sink.ended(i % 2 == 0 ? new EndedExchange() : new EndedExchange().unsampled());
        }

        assertThat(woken).isPositive();
        assertThat(collector.counted("traces", "queue_full")).isEqualTo(2);
        assertThat(collector.counted("logs", "queue_full")).isEqualTo(3);
    }

    @Test
    void what_is_not_taken_is_given_up_and_the_next_is_tried() {
        SampledSink sink = sink(true);
        Delivery delivery = delivery(true);
        collector.breaks();
        sink.ended(new EndedExchange());
        delivery.deliver();

        assertThat(delivery.isFailing()).isTrue();
        assertThat(collector.counted("traces", "refused")).isOne();
        assertThat(collector.counted("logs", "refused")).isOne();

        collector.works();
        sink.ended(new EndedExchange());
        delivery.deliver();

        assertThat(delivery.isFailing()).isFalse();
        assertThat(collector.spans).hasSize(2);
        assertThat(collector.counted("traces", "sent")).isOne();
    }

    @Test
    void what_is_left_at_the_end_is_counted() {
        sink(false).ended(new EndedExchange());
        delivery(false).abandon();

        assertThat(collector.counted("traces", "closing")).isOne();
        assertThat(inbox.poll()).isNull();
    }

    private SampledSink sink(boolean logs) {
        return new SampledSink(inbox, logs, deliveries, () -> woken++);
    }

    private Delivery delivery(boolean logs) {
        return new Delivery(
                List.of(inbox, other),
                collector.collector(logs),
                deliveries,
                InstantSource.fixed(Instant.ofEpochSecond(2)));
    }
}
