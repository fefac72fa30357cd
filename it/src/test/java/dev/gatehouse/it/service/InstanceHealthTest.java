package dev.gatehouse.it.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.PassiveHealthConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.service.InstanceStatus;
import dev.gatehouse.engine.service.InstanceStatus.Word;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Instances that refuse, fail, fall silent and come back, as clients see it.
@LeavesNothingBehind
class InstanceHealthTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final HealthCheckConfig CHECKED = HealthCheckConfig.of("/health")
            .withTimes(Duration.ofMillis(200), Duration.ofMillis(300))
            .withThresholds(2, 2);

    // ── known by requests alone

    @Test
    void an_instance_that_is_gone_costs_no_client_anything_and_is_soon_left_alone() {
        CleanEnd.expectLog("is left out for 10000 ms: 3×no connection");
        FakeService leaving = FakeService.start();
        try (var staying = FakeService.start();
                var gateway = TestGateway.to(leaving, staying).start();
                var client = RawClient.connect(gateway.port())) {
            ask(client, 10);
            leaving.close();

            long left = System.nanoTime();
            for (int i = 0; i < 20; i++) {
                client.send(GET);
                assertThat(client.readAnswer().status()).isEqualTo(200);
            }

            assertThat(status(gateway, 0).state()).isEqualTo(Word.EJECTED);
            assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(1));
            assertThat(status(gateway, 0).reason()).startsWith("3×no connection, back in ");
        }
    }

    @Test
    void an_instance_that_can_be_reached_again_is_back_within_two_seconds() {
        CleanEnd.expectLog("is left out for");
        FakeService leaving = FakeService.start();
        int port = leaving.port();
        try (var staying = FakeService.start();
                var gateway = TestGateway.to(leaving, staying).start();
                var client = RawClient.connect(gateway.port())) {
            leaving.close();
            ask(client, 10);
            assertThat(status(gateway, 0).state()).isEqualTo(Word.EJECTED);

            try (var back = FakeService.with().port(port).start()) {
                await().atMost(Duration.ofSeconds(2))
                        .until(() -> status(gateway, 0).state() != Word.EJECTED);
                ask(client, 10);
                assertThat(back.requests()).hasSize(5);
            }
        }
    }

    @Test
    void an_instance_that_falls_silent_is_left_out_after_three_requests_that_were_not_answered_in_time() {
        CleanEnd.expectLog("is left out for 10000 ms: 3×no answer in time");
        try (var silent = FakeService.script(s -> s.awaitRequest().silence());
                var answering = FakeService.start();
                var gateway = TestGateway.to(silent, answering)
                        .timeouts(firstByte(Duration.ofMillis(150)))
                        .start()) {
            List<Integer> statuses = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                statuses.add(RawClient.ask(gateway.port(), GET).status());
            }

            assertThat(Collections.frequency(statuses, 504)).isEqualTo(3);
            assertThat(Collections.frequency(statuses, 200)).isEqualTo(13);
            assertThat(status(gateway, 0).state()).isEqualTo(Word.EJECTED);
        }
    }

    @Test
    void an_instance_that_keeps_failing_is_left_out_for_the_time_that_was_said_and_tried_with_one_request() {
        CleanEnd.expectLog("is left out for 300 ms: 5×503");
        CleanEnd.allowLog("is left out for 600 ms: again 503");
        var passive = PassiveHealthConfig.DEFAULT.withConsecutive5xx(5).withEjectFor(Duration.ofMillis(300));
        AtomicBoolean broken = new AtomicBoolean(true);
        try (var failing = FakeService.handling(request -> Answer.of(broken.get() ? 503 : 200, "one"));
                var fine = FakeService.start();
                var gateway = TestGateway.to(failing, fine)
                        .healthCheck(HealthCheckConfig.DEFAULT.withPassive(passive))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            List<Integer> statuses = ask(client, 20);
            assertThat(Collections.frequency(statuses, 503)).isEqualTo(5);
            assertThat(status(gateway, 0).reason()).startsWith("5×503, back in ");

            broken.set(false);
            await().atMost(Duration.ofSeconds(2)).untilAsserted(() -> {
                ask(client, 2);
                assertThat(status(gateway, 0).state()).isEqualTo(Word.UP);
            });
            assertThat(ask(client, 4)).containsOnly(200);
        }
    }

    // ── known by checks

    @Test
    void a_check_asks_for_the_path_with_the_instances_own_host_and_says_who_asks() {
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).healthCheck(CHECKED).start()) {
            RecordedRequest check = service.awaitRequest();

            assertThat(check.head())
                    .startsWith("GET /health HTTP/1.1\r\n")
                    .contains("Host: " + service.address() + "\r\n")
                    .contains("User-Agent: gatehouse-health\r\n");
            await().until(() -> status(gateway, 0).lastCheck() != null);
            assertThat(status(gateway, 0).state()).isEqualTo(Word.UP);
            assertThat(status(gateway, 0).lastCheck().what()).isEqualTo("200");
        }
    }

    @Test
    void an_instance_whose_checks_fail_gets_no_requests_until_they_pass_again() {
        CleanEnd.expectLog("is down: 500");
        AtomicBoolean sick = new AtomicBoolean(true);
        try (var one = FakeService.handling(
                        request -> Answer.of(request.target().equals("/health") && sick.get() ? 500 : 200, "one"));
                var two = FakeService.start();
                var gateway = TestGateway.to(one, two).healthCheck(CHECKED).start();
                var client = RawClient.connect(gateway.port())) {
            await().until(() -> status(gateway, 0).state() == Word.DOWN);
            int before = requests(one);
            assertThat(ask(client, 10)).containsOnly(200);
            assertThat(requests(one)).isEqualTo(before);
            assertThat(status(gateway, 0).reason()).isEqualTo("500");

            sick.set(false);
            await().atMost(Duration.ofSeconds(2)).until(() -> status(gateway, 0).state() == Word.UP);
            ask(client, 10);
            assertThat(requests(one)).isEqualTo(before + 5);
        }
    }

    @Test
    void an_instance_that_accepts_but_does_not_answer_is_down_within_two_seconds() {
        CleanEnd.expectLog("is down: no answer in time");
        try (var stopped = FakeService.script(s -> s.stopReading());
                var two = FakeService.start();
                var gateway = TestGateway.to(stopped, two).healthCheck(CHECKED).start()) {
            await().atMost(Duration.ofSeconds(2)).until(() -> status(gateway, 0).state() == Word.DOWN);
        }
    }

    @Test
    void statuses_that_were_not_expected_fail_a_check() {
        CleanEnd.expectLog("is down: 200");
        var config = new HealthCheckConfig(
                "/health",
                null,
                Duration.ofMillis(100),
                Duration.ofMillis(300),
                1,
                1,
                List.of("204"),
                PassiveHealthConfig.DEFAULT);
        try (var service = FakeService.start();
                var gateway = TestGateway.to(service).healthCheck(config).start()) {
            await().until(() -> status(gateway, 0).state() == Word.DOWN);
        }
    }

    @Test
    void a_service_all_of_whose_instances_are_down_is_a_503_at_once_with_a_friendly_sentence() {
        CleanEnd.expectLog("is down: no connection");
        CleanEnd.expectLog("is down: no connection");
        try (var gateway = TestGateway.toUrls(
                                "http://127.0.0.1:" + FakeService.refusing(),
                                "http://127.0.0.1:" + FakeService.refusing())
                        .name("order-service")
                        .healthCheck(CHECKED)
                        .start();
                var client = RawClient.connect(gateway.port())) {
            await().until(() -> gateway.service().status(System.nanoTime()).stream()
                    .allMatch(status -> status.state() == Word.DOWN));
            List<Long> micros = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                long asked = System.nanoTime();
                client.send(GET);
                RawAnswer answer = client.readAnswer();
                micros.add((System.nanoTime() - asked) / 1000);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.text())
                        .contains("order-service is temporarily down. Try again in a few minutes.")
                        .doesNotContain("127.0.0.1");
            }
            Collections.sort(micros);
            assertThat(micros.get(25)).isLessThan(5000);
        }
    }

    // ── backups, drain

    @Test
    void a_backup_serves_only_while_no_primary_is_left() {
        CleanEnd.expectLog("is down: no connection");
        CleanEnd.allowLog("is left out for 10000 ms: 3×no connection");
        FakeService primary = FakeService.start();
        int port = primary.port();
        try (var backup = FakeService.start();
                var gateway = TestGateway.toInstances(
                                InstanceConfig.of(primary.url()), new InstanceConfig(backup.url(), 1, true))
                        .healthCheck(CHECKED)
                        .start();
                var client = RawClient.connect(gateway.port())) {
            assertThat(ask(client, 10)).containsOnly(200);
            assertThat(requests(backup)).isZero();
            assertThat(status(gateway, 1).state()).isEqualTo(Word.BACKUP);

            primary.close();
            assertThat(ask(client, 10)).containsOnly(200);
            assertThat(requests(backup)).isEqualTo(10);
            await().until(() -> status(gateway, 0).state() == Word.DOWN);

            try (var again = FakeService.with().port(port).start()) {
                await().atMost(Duration.ofSeconds(3))
                        .until(() -> status(gateway, 0).state() == Word.UP);
                assertThat(ask(client, 5)).containsOnly(200);
                assertThat(requests(again)).isEqualTo(5);
                assertThat(requests(backup)).isEqualTo(10);
            }
        }
    }

    @Test
    void a_drained_instance_finishes_what_it_has_and_gets_nothing_more() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger started = new AtomicInteger();
        try (var one = FakeService.handling(request -> {
                    started.incrementAndGet();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return Answer.of(200, "one");
                });
                var gateway = TestGateway.to(one).start();
                var running = RawClient.connect(gateway.port());
                var late = RawClient.connect(gateway.port())) {
            running.send(GET);
            await().until(() -> started.get() == 1);
            gateway.service().instances().getFirst().state().drain(null, System.nanoTime());

            late.send(GET);
            assertThat(late.readAnswer().status()).isEqualTo(503);
            answer.countDown();
            assertThat(running.readAnswer().text()).isEqualTo("one");
            assertThat(status(gateway, 0).state()).isEqualTo(Word.DRAINED);
            assertThat(status(gateway, 0).inFlight()).isZero();
        }
    }

    private static List<Integer> ask(RawClient client, int times) {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            client.send(GET);
            statuses.add(client.readAnswer().status());
        }
        return statuses;
    }

    /// Requests of clients, without the checks.
    private static int requests(FakeService service) {
        return (int) service.requests().stream()
                .filter(request -> request.target().equals("/"))
                .count();
    }

    private static InstanceStatus status(TestGateway gateway, int instance) {
        return gateway.service().status(System.nanoTime()).get(instance);
    }

    private static TimeoutConfig firstByte(Duration time) {
        return new TimeoutConfig(Duration.ofSeconds(1), time, Duration.ofSeconds(60), Duration.ofSeconds(30));
    }
}
