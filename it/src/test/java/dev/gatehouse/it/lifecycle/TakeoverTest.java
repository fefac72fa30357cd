package dev.gatehouse.it.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.net.PortOwner;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The end of a gateway, and the change from one to the next, as an operator sees them: real processes and SIGTERM.
@LeavesNothingBehind
@EnabledOnOs(OS.LINUX)
class TakeoverTest {

    /// 20 for the show list of the first part.
    private static final int ROUNDS = Integer.getInteger("gatehouse.takeover.rounds", 3);

    @TempDir
    Path folder;

    private static final String TRANSPORT = System.getProperty("gatehouse.test.transport", "auto");
    private static final String GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final Duration DRAIN = Duration.ofSeconds(10);

    @Test
    void no_accepted_request_stays_unanswered_when_gateways_take_over_from_each_other_under_load() {
        int port = FakeService.refusing();
        try (FakeService service = FakeService.with().keepNothing().start()) {
            GatewayProcess current = proxy(port, service, "--takeover");
            List<String> report = new ArrayList<>();
            try (Load load = Load.on(port, 8, 8)) {
                load.awaitMore(2000);
                for (int round = 1; round <= ROUNDS; round++) {
                    Load.Tally before = load.tally();
                    GatewayProcess successor = proxy(port, service, "--takeover");
                    long asked = System.nanoTime();
                    current.terminate();
                    int code = current.awaitExit(DRAIN);
                    long millis = (System.nanoTime() - asked) / 1_000_000;
                    assertThat(code).as("exit code: %s", current.output()).isZero();
                    load.awaitMore(500);
                    Load.Tally after = load.tally();
                    report.add("round %d: gone in %d ms, %d answers, connects: %d refused, %d reset, %s"
                            .formatted(
                                    round,
                                    millis,
                                    after.answered() - before.answered(),
                                    after.refused() - before.refused(),
                                    after.reset() - before.reset(),
                                    lastLine(current)));
                    assertAllAnswered(current);
                    current.close();
                    current = successor;
                }
                Load.Tally tally = load.stop();
                report.forEach(System.out::println);
                System.out.println("takeover: " + ROUNDS + " rounds, " + tally);
                assertThat(tally.unanswered())
                        .as("requests on accepted connections without an answer")
                        .isEmpty();
                assertThat(tally.failed()).isEmpty();
                assertThat(tally.refused())
                        .as("refused connects while somebody always listened")
                        .isZero();
                if (current.output().matches("(?s).* on (io_uring|epoll)\\n.*")) {
                    // NIO cannot tell the kernel where to send connections while the listener goes.
                    assertThat(tally.reset())
                            .as("connects that were completed and then reset")
                            .isZero();
                }
            } finally {
                current.close();
            }
        }
    }

    @Test
    void three_gateways_on_one_port_are_rolled_one_by_one_and_no_accepted_request_stays_unanswered()
            throws IOException {
        int port = FakeService.refusing();
        try (FakeService service = FakeService.with().keepNothing().start()) {
            Path file =
                    Files.writeString(folder.resolve("gateway.yaml"), """
                    listeners: { public: { bind: 127.0.0.1, port: %d } }
                    admin: none
                    runtime: { loops: 1, takeover: true, transport: %s }
                    services: { shop: { instances: [ "127.0.0.1:%d" ] } }
                    routes:
                      - { path: /**, service: shop }
                    """.formatted(port, TRANSPORT, service.port()));
            List<GatewayProcess> running = new ArrayList<>();
            try {
                for (int i = 0; i < 3; i++) {
                    running.add(GatewayProcess.start("run", "-f", file.toString()));
                }
                try (Load load = Load.on(port, 8, 8)) {
                    load.awaitMore(1000);
                    for (int i = 0; i < 3; i++) {
                        running.add(GatewayProcess.start("run", "-f", file.toString()));
                        try (GatewayProcess old = running.removeFirst()) {
                            old.terminate();
                            assertThat(old.awaitExit(DRAIN)).as(old.output()).isZero();
                            load.awaitMore(500);
                            assertAllAnswered(old);
                        }
                    }
                    Load.Tally tally = load.stop();
                    System.out.println("three rolled one by one: " + tally);
                    assertThat(tally.unanswered()).isEmpty();
                    assertThat(tally.failed()).isEmpty();
                    assertThat(tally.refused()).isZero();
                }
            } finally {
                running.forEach(GatewayProcess::close);
            }
        }
    }

    @Test
    void a_gateway_without_successor_answers_what_it_accepted_and_then_nobody_listens() {
        try (FakeService service = FakeService.with().keepNothing().start();
                GatewayProcess gateway = proxy(0, service);
                Load load = Load.on(gateway.port(), 8, 8)) {
            load.awaitMore(2000);

            gateway.terminate();

            assertThat(gateway.awaitExit(DRAIN)).isZero();
            Load.Tally tally = load.stop();
            System.out.println("shutdown: " + tally + "; " + lastLine(gateway));
            assertThat(tally.unanswered()).isEmpty();
            assertThat(tally.failed()).isEmpty();
            assertThat(tally.refused()).isPositive();
            assertAllAnswered(gateway);
        }
    }

    @Test
    void while_draining_it_is_alive_but_not_ready_and_each_answer_is_the_last_on_its_connection() {
        try (FakeService service = FakeService.start();
                GatewayProcess gateway = proxy(0, service, "--health");
                RawClient balancer = used(gateway, "/health/ready", 200);
                RawClient supervisor = used(gateway, "/health/live", 200);
                RawClient client = used(gateway, "/a", 200);
                RawClient idle = used(gateway, "/a", 200)) {
            long asked = System.nanoTime();
            gateway.terminate();
            awaitDraining(gateway.port());

            RawAnswer ready = balancer.send(get("/health/ready")).readAnswer();
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.text()).contains("draining");
            assertThat(ready.header("Connection")).isEqualTo("close");
            RawAnswer live = supervisor.send(get("/health/live")).readAnswer();
            assertThat(live.status()).isEqualTo(200);
            balancer.close();
            supervisor.close();
            RawAnswer answer = client.send(get("/a")).readAnswer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.readToEnd().ending()).isEqualTo(RawAnswer.Ending.END);

            RawClient.Rest rest = idle.readToEnd();
            long millis = (System.nanoTime() - asked) / 1_000_000;
            assertThat(rest.ending()).isEqualTo(RawAnswer.Ending.END);
            assertThat(rest.bytes()).isEmpty();
            assertThat(millis).as("ms an idle connection lived on").isBetween(900L, 2500L);
            assertThat(gateway.awaitExit(Duration.ofSeconds(3))).isZero();
        }
    }

    @Test
    void a_slow_request_under_way_is_answered_and_a_second_signal_changes_nothing() {
        try (FakeService service =
                        FakeService.handling(_ -> Answer.of(200, "late").after(Duration.ofMillis(1500)));
                GatewayProcess gateway = proxy(0, service);
                RawClient client = RawClient.connect(gateway.port())) {
            client.send(GET);
            service.awaitRequest();

            gateway.terminate();
            awaitDraining(gateway.port());
            gateway.terminate();

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("late");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(gateway.awaitExit(Duration.ofSeconds(3))).isZero();
        }
    }

    /// The head has promised that the connection lives on, so the client may well have sent the next request
    /// already.
    @Test
    void a_connection_whose_answer_had_begun_before_the_signal_gets_one_more_answer() {
        try (FakeService service = FakeService.script(s -> s.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab")
                        .pause(Duration.ofMillis(700))
                        .send("cd"));
                GatewayProcess gateway = proxy(0, service);
                RawClient client = RawClient.connect(gateway.port())) {
            client.send(GET);
            String head = client.readThrough("\r\n\r\nab");
            assertThat(head).doesNotContainIgnoringCase("connection: close");

            gateway.terminate();
            awaitDraining(gateway.port());
            assertThat(client.readThrough("cd")).isEqualTo("cd");

            RawAnswer next = client.send(GET).readAnswer();
            assertThat(next.complete()).as("%s", next).isTrue();
            assertThat(next.text()).isEqualTo("abcd");
            assertThat(next.header("Connection")).isEqualTo("close");
            assertThat(gateway.awaitExit(Duration.ofSeconds(3))).isZero();
        }
    }

    @Test
    void an_upload_under_way_is_finished() {
        try (FakeService service = FakeService.echoing();
                GatewayProcess gateway = proxy(0, service);
                RawClient client = RawClient.connect(gateway.port())) {
            client.send("POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\nhalf");
            service.awaitConnections(1);

            gateway.terminate();
            awaitDraining(gateway.port());
            client.send("half");

            RawAnswer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).endsWith("halfhalf");
            assertThat(gateway.awaitExit(Duration.ofSeconds(3))).isZero();
        }
    }

    @Test
    void after_the_drain_time_the_rest_is_cut_off_and_the_exit_code_is_still_0() {
        try (FakeService service = FakeService.script(s -> s.awaitHead().silence());
                GatewayProcess gateway = proxy(0, service, "--drain-timeout", "700ms");
                RawClient waiting = RawClient.connect(gateway.port())) {
            waiting.send(GET);
            service.awaitConnections(1);

            long asked = System.nanoTime();
            gateway.terminate();

            RawAnswer answer = waiting.readAnswer();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Gatehouse-Error")).isEqualTo("SHUTTING_DOWN");
            assertThat(answer.header("Retry-After")).isNotNull();
            assertThat(gateway.awaitExit(Duration.ofSeconds(5))).isZero();
            assertThat((System.nanoTime() - asked) / 1_000_000).isBetween(650L, 4000L);
        }
    }

    @Test
    void does_not_start_on_a_port_with_a_listener_and_says_whose_it_is() {
        try (FakeService service = FakeService.start();
                GatewayProcess running = proxy(0, service)) {
            var second = GatewayProcess.run("proxy", "127.0.0.1:" + running.port(), service.url());

            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.stderr())
                    .contains("port " + running.port())
                    .contains("process " + running.pid() + " (gatehouse)")
                    .contains("--takeover");
            assertThat(second.stdout()).doesNotContain("READY");
            assertThat(RawClient.ask(running.port(), GET).status()).isEqualTo(200);
        }
    }

    @Test
    void does_not_take_over_from_a_program_that_shares_its_port_with_nobody() {
        try (FakeService service = FakeService.start();
                FakeService other = FakeService.start()) {
            for (List<String> how : List.of(List.<String>of(), List.of("--takeover"))) {
                List<String> line = new ArrayList<>(List.of("proxy", "127.0.0.1:" + other.port(), service.url()));
                line.addAll(how);

                var refused = GatewayProcess.run(line.toArray(String[]::new));

                assertThat(refused.exitCode()).as("%s", line).isEqualTo(1);
                assertThat(refused.stderr())
                        .contains("port " + other.port())
                        .contains("process " + ProcessHandle.current().pid() + " (java)");
            }
        }
    }

    private static GatewayProcess proxy(int port, FakeService service, String... options) {
        List<String> line = new ArrayList<>(List.of("proxy", "127.0.0.1:" + port, service.url()));
        line.addAll(List.of("--transport", TRANSPORT, "--loops", "2"));
        line.addAll(List.of(options));
        return GatewayProcess.start(line.toArray(String[]::new));
    }

    private static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
    }

    /// A connection that has been answered once and lives on.
    private static RawClient used(GatewayProcess gateway, String path, int status) {
        RawClient client = RawClient.connect(gateway.port());
        RawAnswer answer = client.send(get(path)).readAnswer();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Connection")).isNull();
        return client;
    }

    /// New connections are refused: the signal has been seen, and what was to be accepted is accepted.
    private static void awaitDraining(int port) {
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (PortOwner.listeners(new InetSocketAddress(port)) > 0) {
            assertThat(System.nanoTime()).as("still listening after 5 s").isLessThan(end);
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String lastLine(GatewayProcess gateway) {
        return gateway.output().lines().reduce((_, last) -> last).orElse("").strip();
    }

    /// The gateway's own count says the same as the clients'.
    private static void assertAllAnswered(GatewayProcess gateway) {
        Matcher counts = Pattern.compile("stopped +(\\d+) requests, (\\d+) answered whole")
                .matcher(gateway.output());
        assertThat(counts.find()).as(gateway.output()).isTrue();
        assertThat(counts.group(2)).as(gateway.output()).isEqualTo(counts.group(1));
    }
}
