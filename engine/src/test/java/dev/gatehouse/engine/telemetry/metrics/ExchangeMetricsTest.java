package dev.gatehouse.engine.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.engine.config.MetricsConfig;
import dev.gatehouse.engine.config.MetricsConfig.Label;
import dev.gatehouse.engine.telemetry.PolicyStep;
import dev.gatehouse.engine.telemetry.PolicyStep.Verdict;
import dev.gatehouse.engine.telemetry.SampleSummary;
import dev.gatehouse.engine.telemetry.SummarySink;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily.Distribution;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily.Figure;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What exchanges come to, by two loops that one thread plays.
class ExchangeMetricsTest {
    private static final String MENUS = "GET /menus/{restaurantId}";

    private final ExchangeMetrics metrics = new ExchangeMetrics(2);
    private final SummarySink one = metrics.on(0);
    private final SummarySink two = metrics.on(1);
    private List<Label> labels = MetricsConfig.DEFAULT.labels();

    @Test
    void a_request_is_counted_by_route_method_and_status_on_whichever_loop_it_was() {
        one.ended(EndedExchange.of("GET", MENUS));
        two.ended(EndedExchange.of("GET", MENUS));
        two.ended(EndedExchange.of("GET", MENUS).answered(404));
        two.ended(EndedExchange.of("POST", "ANY /orders/**").answered(201));
        assertThat(figures(MetricCatalogue.REQUESTS))
                .isEqualTo(Map.of(
                        List.of(MENUS, "GET", "200"), 2.0,
                        List.of(MENUS, "GET", "404"), 1.0,
                        List.of("ANY /orders/**", "POST", "201"), 1.0));
        assertThat(family(MetricCatalogue.REQUESTS).labels()).containsExactly("route", "method", "status");
    }

    @Test
    void a_request_without_a_route_or_an_answer_says_none() {
        one.ended(EndedExchange.of("GET", null).to(null).failed(FailureKind.NO_ROUTE));
        one.ended(EndedExchange.of("GET", MENUS).answered(0));
        assertThat(figures(MetricCatalogue.REQUESTS))
                .isEqualTo(Map.of(List.of("none", "GET", "404"), 1.0, List.of(MENUS, "GET", "none"), 1.0));
    }

    @Test
    void the_nine_methods_have_their_names_and_what_a_client_makes_up_has_not() {
        for (String method :
                "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH get GOT BREW PROPFIND X DELETED".split(" ")) {
            one.ended(EndedExchange.of(method, "r"));
        }
        one.ended(EndedExchange.of("", "r"));
        Map<List<String>, Double> counted = figures(MetricCatalogue.REQUESTS);
        assertThat(counted).hasSize(10).containsEntry(List.of("r", "other", "200"), 7.0);
        for (String method : "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH".split(" ")) {
            assertThat(counted).containsEntry(List.of("r", method, "200"), 1.0);
        }
    }

    @Test
    void failures_are_told_by_their_code() {
        one.ended(EndedExchange.of("GET", MENUS).failed(FailureKind.SERVICE_TIMEOUT));
        two.ended(EndedExchange.of("GET", MENUS).failed(FailureKind.SERVICE_TIMEOUT));
        two.ended(EndedExchange.of("GET", null).failed(FailureKind.NO_ROUTE));
        one.ended(EndedExchange.of("GET", MENUS).answered(500));
        assertThat(figures(MetricCatalogue.FAILURES))
                .isEqualTo(Map.of(List.of(MENUS, "SERVICE_TIMEOUT"), 2.0, List.of("none", "NO_ROUTE"), 1.0));
    }

    @Test
    void calls_of_grpc_are_told_by_their_status_and_other_requests_are_not_among_them() {
        one.ended(new SampleSummary().withGrpcStatus(0));
        two.ended(new SampleSummary().withGrpcStatus(0));
        two.ended(new SampleSummary().withGrpcStatus(14));
        two.ended(new SampleSummary().withGrpcStatus(42));
        one.ended(new SampleSummary());
        assertThat(figures(MetricCatalogue.GRPC_CALLS))
                .isEqualTo(Map.of(
                        List.of(MENUS, "OK"), 2.0, List.of(MENUS, "UNAVAILABLE"), 1.0, List.of(MENUS, "other"), 1.0));
    }

    @Test
    void a_duration_falls_into_the_bucket_whose_bound_it_does_not_exceed() {
        one.ended(EndedExchange.of("GET", MENUS).took(500_000, 1));
        one.ended(EndedExchange.of("GET", MENUS).took(500_001, 1));
        two.ended(EndedExchange.of("GET", MENUS).took(30_000_000_000L, 1));
        two.ended(EndedExchange.of("GET", MENUS).took(90_000_000_000L, 1));
        Distribution durations = distribution(MetricCatalogue.REQUEST_DURATION, MENUS);
        assertThat(MetricCatalogue.REQUEST_DURATION.bounds())
                .startsWith(0.0005, 0.001)
                .endsWith(30.0);
        assertThat(durations.counts()).containsExactly(1L, 1L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 1L, 1L);
        assertThat(durations.count()).isEqualTo(4);
        assertThat(durations.sum()).isEqualTo(120.001000001);
    }

    @Test
    void what_a_service_took_and_what_was_left_are_told_only_where_it_answered() {
        one.ended(EndedExchange.of("GET", MENUS).took(3_000_000, 2_900_000));
        one.ended(EndedExchange.of("GET", MENUS).failed(FailureKind.SERVICE_UNAVAILABLE));
        one.ended(EndedExchange.of("GET", "GET /old").to(null).took(40_000, -1));
        assertThat(distribution(MetricCatalogue.SERVICE_DURATION, "menu-service")
                        .count())
                .isEqualTo(1);
        assertThat(distribution(MetricCatalogue.SERVICE_DURATION, "menu-service")
                        .sum())
                .isEqualTo(0.0029);
        assertThat(distribution(MetricCatalogue.OVERHEAD).count()).isEqualTo(1);
        assertThat(distribution(MetricCatalogue.OVERHEAD).sum()).isEqualTo(0.0001);
    }

    @Test
    void bodies_are_added_up() {
        one.ended(EndedExchange.of("GET", MENUS));
        two.ended(EndedExchange.of("GET", MENUS));
        assertThat(figures(MetricCatalogue.REQUEST_BODY_BYTES)).isEqualTo(Map.of(List.of(MENUS), 20.0));
        assertThat(figures(MetricCatalogue.RESPONSE_BODY_BYTES)).isEqualTo(Map.of(List.of(MENUS), 2048.0));
    }

    @Test
    void what_a_shadow_would_have_refused_is_counted_by_policy() {
        PolicyStep deny = new PolicyStep("ip_rules office", "", false, Verdict.DENY, true, List.of(), "", -1);
        one.ended(EndedExchange.of("GET", MENUS).shadowed(deny));
        two.ended(EndedExchange.of("GET", MENUS).shadowed(deny));
        assertThat(figures(MetricCatalogue.SHADOW_DECISIONS))
                .isEqualTo(Map.of(List.of("ip_rules office", "deny"), 2.0));
    }

    @Test
    void the_user_chooses_the_labels_and_their_order() {
        one.ended(EndedExchange.of("GET", MENUS).to("menus-v1"));
        two.ended(EndedExchange.of("PUT", MENUS).to("menus-v2").answered(204));
        two.ended(EndedExchange.of("GET", "GET /old").to(null).answered(410));
        labels = List.of(Label.STATUS_CLASS, Label.SERVICE);
        assertThat(family(MetricCatalogue.REQUESTS).labels()).containsExactly("status_class", "service");
        assertThat(figures(MetricCatalogue.REQUESTS))
                .isEqualTo(Map.of(
                        List.of("2xx", "menus-v1"), 1.0, List.of("2xx", "menus-v2"), 1.0, List.of("4xx", "none"), 1.0));
        // No metric tells routes apart then.
        assertThat(figures(MetricCatalogue.REQUEST_BODY_BYTES)).isEqualTo(Map.of(List.of(), 30.0));
        assertThat(family(MetricCatalogue.FAILURES).labels()).containsExactly("code");
        assertThat(distribution(MetricCatalogue.REQUEST_DURATION).count()).isEqualTo(3);
    }

    @Test
    void a_label_that_is_taken_away_and_comes_back_has_lost_nothing() {
        one.ended(EndedExchange.of("GET", MENUS));
        labels = List.of();
        assertThat(figures(MetricCatalogue.REQUESTS)).isEqualTo(Map.of(List.of(), 1.0));
        one.ended(EndedExchange.of("GET", MENUS));
        labels = MetricsConfig.DEFAULT.labels();
        assertThat(figures(MetricCatalogue.REQUESTS)).isEqualTo(Map.of(List.of(MENUS, "GET", "200"), 2.0));
    }

    @Test
    void one_route_too_many_is_other_on_every_loop() {
        for (int i = 0; i < ExchangeMetrics.MOST_ROUTES; i++) {
            one.ended(EndedExchange.of("GET", "route " + i));
        }
        one.ended(EndedExchange.of("GET", "one too many"));
        two.ended(EndedExchange.of("GET", "one too many"));
        two.ended(EndedExchange.of("GET", "another"));
        two.ended(EndedExchange.of("GET", "route 7"));
        assertThat(figures(MetricCatalogue.REQUESTS))
                .hasSize(ExchangeMetrics.MOST_ROUTES + 1)
                .containsEntry(List.of("other", "GET", "200"), 3.0)
                .containsEntry(List.of("route 7", "GET", "200"), 2.0);
    }

    @Test
    void a_route_whose_name_is_that_of_none_or_other_makes_no_second_row() {
        one.ended(EndedExchange.of("GET", null));
        one.ended(EndedExchange.of("GET", "none"));
        two.ended(EndedExchange.of("GET", "other").to("other"));
        assertThat(figures(MetricCatalogue.REQUESTS))
                .isEqualTo(Map.of(List.of("none", "GET", "200"), 2.0, List.of("other", "GET", "200"), 1.0));
    }

    @Test
    void counting_what_was_seen_before_makes_no_object() {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<EndedExchange> exchanges = List.of(
                EndedExchange.of("GET", MENUS),
                EndedExchange.of("POST", "ANY /orders/**").answered(201).to("order-service"),
                EndedExchange.of("GET", MENUS).failed(FailureKind.SERVICE_TIMEOUT),
                EndedExchange.of("GET", null).to(null).failed(FailureKind.NO_ROUTE));
        int rounds = 20_000;
        countAll(exchanges, rounds);
        long before = thread.getCurrentThreadAllocatedBytes();
        countAll(exchanges, rounds);
        long made = thread.getCurrentThreadAllocatedBytes() - before;
        // Less than one octet for each: what is there is the measuring.
        assertThat(made).isLessThan(rounds);
    }

    private void countAll(List<EndedExchange> exchanges, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < exchanges.size(); i++) {
                one.ended(exchanges.get(i));
            }
        }
    }

    @Test
    void whoever_reads_while_a_loop_counts_sees_no_figure_shrink() throws InterruptedException {
        int exchanges = 200_000;
        Thread loop = new Thread(() -> {
            for (int i = 0; i < exchanges; i++) {
                one.ended(
                        EndedExchange.of("GET", MENUS).answered(200 + i / 1000).took(i * 1000L, i));
            }
        });
        loop.start();
        double requests = 0;
        double sum = 0;
        long count = 0;
        boolean over = false;
        while (!over) {
            over = !loop.isAlive();
            double now = figures(MetricCatalogue.REQUESTS).values().stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            assertThat(now).isGreaterThanOrEqualTo(requests);
            requests = now;
            if (now > 0) {
                Distribution durations = distribution(MetricCatalogue.REQUEST_DURATION, MENUS);
                assertThat(durations.count()).isGreaterThanOrEqualTo(count);
                assertThat(durations.sum()).isGreaterThanOrEqualTo(sum);
                count = durations.count();
                sum = durations.sum();
            }
        }
        loop.join();
        assertThat(requests).isEqualTo(exchanges);
        assertThat(count).isEqualTo(exchanges);
    }

    private MetricFamily family(Metric metric) {
        return metrics.families(labels).stream()
                .filter(family -> family.metric() == metric)
                .findFirst()
                .orElseThrow();
    }

    private Map<List<String>, Double> figures(Metric metric) {
        Map<List<String>, Double> figures = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        for (MetricFamily.Row row : family(metric).rows()) {
            assertThat(figures.put(row.values(), ((Figure) row).value())).isNull();
        }
        return figures;
    }

    private Distribution distribution(Metric metric, String... values) {
        return family(metric).rows().stream()
                .filter(row -> row.values().equals(List.of(values)))
                .map(Distribution.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
