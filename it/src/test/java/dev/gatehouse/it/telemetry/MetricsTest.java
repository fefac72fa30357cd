package dev.gatehouse.it.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.admin.AdminPages;
import dev.gatehouse.app.admin.AdminServer;
import dev.gatehouse.app.admin.AdminTokens;
import dev.gatehouse.app.admin.OperatedGateway;
import dev.gatehouse.app.reload.LiveConfig;
import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.telemetry.metrics.Metric;
import dev.gatehouse.engine.telemetry.metrics.MetricCatalogue;
import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.engine.telemetry.recent.RecentRequests;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Servers;
import dev.gatehouse.testkit.Subprocess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the page of figures says of a running gateway.
@LeavesNothingBehind
class MetricsTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress("127.0.0.1", 0);
    private static final String ITEMS = "{method=GET, route=items, status=200}";

    @TempDir
    private Path folder;

    private FakeService service;
    private Gateway gateway;
    private LiveConfig live;
    private OperatedGateway operated;
    private AdminServer admin;

    @BeforeEach
    void start() throws IOException {
        service = FakeService.handling(request -> Answer.of(200, "1234567890"));
        write("");
        LoadOptions options = LoadOptions.standard();
        Path file = folder.resolve("gateway.yaml");
        Loaded loaded = ConfigLoader.load(file, "gateway.yaml", options);
        gateway = Gateway.start(Plan.of(loaded), List.of());
        live = new LiveConfig(file, options, loaded, gateway, InstantSource.system());
        operated = new OperatedGateway(live, new RecentRequests(gateway.loops()), "1.0.0", InstantSource.system());
        admin = AdminServer.start(LOOPBACK, null, operated);
    }

    @AfterEach
    void stop() {
        admin.close();
        gateway.close();
        service.close();
    }

    @Test
    void requests_are_told_by_route_and_never_by_path() {
        ask("GET /items/42");
        ask("GET /items/43");
        ask("POST /items/44");
        ask("BREW /items/45");
        ask("GET /secret-path/user-17");
        Exposition page = awaitRequests(5);
        assertThat(page.value("gatehouse_requests_total" + ITEMS)).isEqualTo(2);
        assertThat(page.value("gatehouse_requests_total{method=POST, route=items, status=200}"))
                .isEqualTo(1);
        assertThat(page.value("gatehouse_requests_total{method=other, route=items, status=200}"))
                .isEqualTo(1);
        assertThat(page.value("gatehouse_requests_total{method=GET, route=none, status=404}"))
                .isEqualTo(1);
        assertThat(page.value("gatehouse_failures_total{code=NO_ROUTE, route=none}"))
                .isEqualTo(1);
        assertThat(page.value("gatehouse_request_duration_seconds_count{route=items}"))
                .isEqualTo(4);
        assertThat(page.value("gatehouse_service_duration_seconds_count{service=items-service}"))
                .isEqualTo(4);
        assertThat(page.value("gatehouse_overhead_seconds_count{}")).isEqualTo(4);
        assertThat(page.value("gatehouse_response_body_bytes_total{route=items}"))
                .isEqualTo(40);
        assertThat(page.value(
                        "gatehouse_instance_requests_total{instance=" + service.address() + ", service=items-service}"))
                .isEqualTo(4);
        assertThat(page.series().keySet()).noneMatch(name -> name.contains("secret") || name.contains("/items/4"));
    }

    @Test
    void every_metric_is_in_the_catalogue_and_the_other_way_round() {
        Set<String> told = operated.metrics().stream()
                .map(MetricFamily::metric)
                .map(Metric::name)
                .collect(Collectors.toSet());
        assertThat(told)
                .isEqualTo(MetricCatalogue.ALL.stream().map(Metric::name).collect(Collectors.toSet()));
        ask("GET /items/42");
        assertThat(awaitRequests(1).types().keySet()).isSubsetOf(told);
    }

    @Test
    void a_reload_loses_nothing_and_is_counted_itself() throws IOException {
        ask("GET /items/42");
        awaitRequests(1);
        write("  - { name: more, path: /more, respond: { body: x } }\n");
        live.reload();
        ask("GET /items/42");
        ask("GET /more");
        Exposition page = awaitRequests(3);
        assertThat(page.value("gatehouse_requests_total" + ITEMS)).isEqualTo(2);
        assertThat(page.value("gatehouse_config_revision{}")).isEqualTo(2);
        assertThat(page.value("gatehouse_config_reload_total{result=applied}")).isEqualTo(1);
        assertThat(page.value("gatehouse_config_last_reload_successful{}")).isEqualTo(1);

        write("  - { pfad: /more }\n");
        live.reload();
        page = page();
        assertThat(page.value("gatehouse_config_reload_total{result=rejected}")).isEqualTo(1);
        assertThat(page.value("gatehouse_config_last_reload_successful{}")).isZero();
    }

    @Test
    void the_file_says_which_labels_there_are() throws IOException {
        ask("GET /items/42");
        awaitRequests(1);
        write("telemetry: { metrics: { labels: [service, status_class] } }\n");
        live.reload();
        Exposition page = page();
        assertThat(page.value("gatehouse_requests_total{service=items-service, status_class=2xx}"))
                .isEqualTo(1);
        assertThat(page.value("gatehouse_request_duration_seconds_count{}")).isEqualTo(1);
    }

    @Test
    void loops_and_process_are_told_too() {
        await().untilAsserted(() -> {
            Exposition page = page();
            assertThat(page.value("gatehouse_event_loop_lag_seconds_count{loop=0}"))
                    .isGreaterThan(1);
            assertThat(page.value("gatehouse_event_loop_lag_max_seconds{loop=0}"))
                    .isBetween(0.0, 60.0);
            assertThat(page.value("process_open_fds{}")).isGreaterThan(3);
            assertThat(page.value("jvm_memory_used_bytes{area=heap}")).isGreaterThan(1 << 20);
        });
    }

    @Test
    void who_asks_for_open_metrics_gets_that() {
        RawAnswer answer =
                scrape("/metrics", "Accept: application/openmetrics-text;version=1.0.0, text/plain;q=0.5\r\n");
        assertThat(answer.header("Content-Type")).startsWith("application/openmetrics-text");
        assertThat(answer.text()).endsWith("# EOF\n");
        assertThat(scrape("/metrics", "").header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void the_page_is_where_the_user_wants_it_or_nowhere() throws IOException {
        for (AdminPages pages : List.of(new AdminPages(true, "/internal/figures"), new AdminPages(true, null))) {
            admin.close();
            admin = AdminServer.start(LOOPBACK, AdminTokens.NONE, operated, pages);
            assertThat(scrape("/metrics", "").status()).isEqualTo(404);
            assertThat(scrape("/internal/figures", "").status()).isEqualTo(pages.metrics() == null ? 404 : 200);
        }
    }

    @Test
    void promtool_has_nothing_to_say_about_it() throws IOException {
        Path promtool = Servers.require("promtool");
        ask("GET /items/42");
        awaitRequests(1);
        Path text =
                Files.writeString(folder.resolve("page"), scrape("/metrics", "").text());
        Subprocess.Finished check =
                Subprocess.run(Duration.ofSeconds(30), "sh", "-c", promtool + " check metrics < " + text);
        assertThat(check.exitCode()).as(check.stdout() + check.stderr()).isZero();
        assertThat(check.stderr()).isEmpty();
    }

    private void write(String more) throws IOException {
        Files.writeString(folder.resolve("gateway.yaml"), """
                listeners:
                  public: { port: 0, bind: 127.0.0.1 }
                runtime: { loops: 2, drain_timeout: 1s }
                services:
                  items-service: { instances: [ "%s" ] }
                routes:
                  - { name: items, path: "/items/{id}", service: items-service }
                %s""".formatted(service.url(), more));
    }

    private void ask(String line) {
        RawClient.ask(gateway.address().getPort(), line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }

    /// The answer may be with the client before its loop has counted it, and a page half of what was just counted:
    /// so the next one is told.
    private Exposition awaitRequests(int count) {
        await().until(() -> requests(page()) >= count);
        return page();
    }

    private static double requests(Exposition page) {
        return page.series().entrySet().stream()
                .filter(series -> series.getKey().startsWith("gatehouse_requests_total"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    private Exposition page() {
        RawAnswer answer = scrape("/metrics", "");
        assertThat(answer.status()).isEqualTo(200);
        return Exposition.of(answer.text());
    }

    private RawAnswer scrape(String path, String fields) {
        int port = admin.address().getPort();
        return RawClient.ask(
                port,
                "GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + fields + "Connection: close\r\n\r\n");
    }
}
