package dev.gatehouse.it.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The access log of a gateway that serves: what its lines say of real requests, and that a reload changes it.
@LeavesNothingBehind
class AccessLogTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    @Test
    void each_request_gets_a_line_however_it_ended() throws IOException {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(file(service, "{ to: { file: \"" + log("a.log") + "\" } }"))) {
            ask(gateway, "GET /orders/1?token=t0p HTTP/1.1\r\nHost: a\r\nUser-Agent: tests \"4\"\r\n\r\n");
            ask(gateway, "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n");
            ask(gateway, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        }
        List<JsonNode> lines = lines("a.log").stream().map(JSON::readTree).toList();
        assertThat(lines).extracting(line -> line.get("status_code").intValue()).containsExactly(200, 404, 400);
        JsonNode served = lines.getFirst();
        assertThat(served.get("message").stringValue()).isEqualTo("API Request");
        assertThat(served.get("path").stringValue()).isEqualTo("/orders/1");
        assertThat(served.get("user_agent").stringValue()).isEqualTo("tests \"4\"");
        assertThat(served.get("service").stringValue()).isEqualTo("orders");
        assertThat(served.get("client_ip").stringValue()).isEqualTo("127.0.0.1");
        assertThat(served.get("duration_ms").doubleValue()).isPositive();
        assertThat(served.get("trace_id").stringValue()).hasSize(32);
        assertThat(lines.get(1).get("error_code").stringValue()).isEqualTo("NO_ROUTE");
        assertThat(lines.get(1).get("route").isNull()).isTrue();
        assertThat(String.join("", lines("a.log"))).doesNotContain("t0p");
    }

    @Test
    void a_reload_writes_elsewhere_in_another_form_and_loses_no_line() throws IOException {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(file(service, "none"))) {
            ask(gateway, "GET /orders/0 HTTP/1.1\r\nHost: a\r\n\r\n");
            gateway.reload(file(service, "{ to: { file: \"" + log("a.log") + "\" } }"));
            ask(gateway, "GET /orders/1 HTTP/1.1\r\nHost: a\r\n\r\n");
            gateway.reload(
                    file(service, "{ to: { file: \"" + log("b.log") + "\" }, format: \"{status} {request.path}\" }"));
            ask(gateway, "GET /orders/2 HTTP/1.1\r\nHost: a\r\n\r\n");
            gateway.reload(file(service, "none"));
            ask(gateway, "GET /orders/3 HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        assertThat(lines("a.log")).singleElement().asString().contains("\"path\":\"/orders/1\"");
        assertThat(lines("b.log")).containsExactly("200 /orders/2");
    }

    @Test
    void a_file_that_logrotate_moved_away_is_begun_anew() throws IOException {
        try (var service = FakeService.start();
                var gateway = TestGateway.from(
                        file(service, "{ to: { file: \"" + log("a.log") + "\" }, format: \"{request.path}\" }"))) {
            ask(gateway, "GET /orders/1 HTTP/1.1\r\nHost: a\r\n\r\n");
            await().atMost(5, TimeUnit.SECONDS)
                    .until(() -> Files.exists(log("a.log")) && !lines("a.log").isEmpty());
            Files.move(log("a.log"), log("a.log.1"));
            await().atMost(5, TimeUnit.SECONDS).until(() -> Files.exists(log("a.log")));
            ask(gateway, "GET /orders/2 HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        assertThat(lines("a.log.1")).containsExactly("/orders/1");
        assertThat(lines("a.log")).containsExactly("/orders/2");
    }

    private static void ask(TestGateway gateway, String request) {
        RawClient.ask(gateway.port(), request);
    }

    private static String file(FakeService service, String accessLog) {
        // One loop: between the lines of several there is no order.
        return """
                runtime: { loops: 1 }
                services:
                  orders: { instances: [ "%s" ] }
                routes:
                  - { path: /orders/**, service: orders }
                telemetry: { access_log: %s }
                """.formatted(service.url(), accessLog);
    }

    private Path log(String name) {
        return folder.resolve(name);
    }

    private List<String> lines(String name) throws IOException {
        return Files.readAllLines(log(name));
    }
}
