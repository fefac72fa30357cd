package dev.gatehouse.it.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.service.InstanceStatus.Word;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.NginxServer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.Subprocess;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// One of three real servers is lost under 500 requests per second.
@LeavesNothingBehind
class InstanceLossTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final HealthCheckConfig CHECKED =
            HealthCheckConfig.of("/").withTimes(Duration.ofMillis(500), Duration.ofSeconds(1));
    private static final TimeoutConfig SECOND = new TimeoutConfig(
            Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(1));

    @Test
    void one_that_is_killed_is_out_within_a_second_and_no_request_fails() {
        CleanEnd.allowLog("is left out for");
        CleanEnd.allowLog("is down: no connection");
        try (var one = nginx();
                var two = nginx();
                var three = nginx();
                var gateway = gateway(one, two, three);
                var load = new Load(gateway.port(), 50, Duration.ofMillis(100))) {
            load.awaitAnswers(500);

            two.kill();
            long killed = System.nanoTime();
            await().pollInterval(Duration.ofMillis(5)).until(() -> !isUsed(gateway, 1));
            assertThat(Duration.ofNanos(System.nanoTime() - killed)).isLessThan(Duration.ofSeconds(1));

            load.awaitAnswers(500);
            load.close();
            assertThat(load.statuses.keySet()).containsExactly(200);
        }
    }

    @Test
    void one_that_is_stopped_is_out_within_two_seconds_and_back_when_it_runs_again() {
        CleanEnd.allowLog("is left out for");
        CleanEnd.allowLog("is down: no answer in time");
        try (var one = nginx();
                var two = nginx();
                var three = nginx();
                var gateway = gateway(one, two, three);
                var load = new Load(gateway.port(), 250, Duration.ofMillis(500))) {
            load.awaitAnswers(500);

            signal("STOP", two);
            long stopped = System.nanoTime();
            try {
                await().pollInterval(Duration.ofMillis(5)).until(() -> !isUsed(gateway, 1));
                assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(Duration.ofSeconds(2));
            } finally {
                signal("CONT", two);
            }

            await().atMost(Duration.ofSeconds(15)).until(() -> isUsed(gateway, 1));
        }
    }

    private static NginxServer nginx() {
        return NginxServer.start("location / { return 200 \"hi\"; }");
    }

    private static TestGateway gateway(NginxServer... servers) {
        List<String> urls = new ArrayList<>();
        for (NginxServer server : servers) {
            urls.add(server.url());
        }
        return TestGateway.toUrls(urls.toArray(String[]::new))
                .healthCheck(CHECKED)
                .timeouts(SECOND)
                .start();
    }

    private static boolean isUsed(TestGateway gateway, int instance) {
        Word state = gateway.service().status(System.nanoTime()).get(instance).state();
        return state == Word.UP || state == Word.UNKNOWN;
    }

    private static void signal(String name, NginxServer server) {
        Subprocess.run(Duration.ofSeconds(5), "kill", "-" + name, Long.toString(server.pid()))
                .succeeded();
    }

    /// Clients that ask at a steady pace, each on its own connection.
    private static final class Load implements AutoCloseable {
        private final ConcurrentHashMap<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
        private final List<Thread> clients = new ArrayList<>();
        private volatile boolean stopped;

        Load(int port, int count, Duration pace) {
            for (int i = 0; i < count; i++) {
                Duration late = pace.multipliedBy(i).dividedBy(count);
                clients.add(Thread.ofVirtual().start(() -> run(port, pace, late)));
            }
        }

        private void run(int port, Duration pace, Duration late) {
            try {
                Thread.sleep(late);
                RawClient client = RawClient.connect(port);
                while (!stopped) {
                    client.send(GET);
                    int status = client.readAnswer().status();
                    statuses.computeIfAbsent(status, any -> new LongAdder()).increment();
                    if (status != 200) {
                        // After a failure the gateway may have closed the connection.
                        client.close();
                        client = RawClient.connect(port);
                    }
                    Thread.sleep(pace);
                }
                client.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        long answers() {
            return statuses.values().stream().mapToLong(LongAdder::sum).sum();
        }

        void awaitAnswers(int more) {
            long wanted = answers() + more;
            await().atMost(Duration.ofSeconds(15)).until(() -> answers() >= wanted);
        }

        @Override
        public void close() {
            stopped = true;
            for (Thread client : clients) {
                try {
                    client.join(Duration.ofSeconds(5));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
