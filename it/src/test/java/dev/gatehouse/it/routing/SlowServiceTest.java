package dev.gatehouse.it.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// How long clients wait for a service that does not answer, and for one that is not there. The figures are printed;
/// what is asserted has room for machines that are busy with something else.
@LeavesNothingBehind
class SlowServiceTest {
    private static final int TIMES = 10;

    @Test
    void a_service_slower_than_its_timeout_is_504_right_after_it_and_hurts_no_other_route() throws Exception {
        CleanEnd.allowLog("is left out for");
        try (var slow = FakeService.script(script -> script.awaitRequest().silence());
                var quick = FakeService.handling(request -> Answer.of(200, "quick"));
                var gateway = TestGateway.from("""
                        services:
                          slow:  { instances: [ "%s" ], timeout: 1s }
                          quick: { instances: [ "%s" ] }
                        routes:
                          - { path: /slow,  service: slow }
                          - { path: /quick, service: quick }
                        """.formatted(slow.url(), quick.url()))) {
            pace(gateway, new AtomicBoolean(), 1000);
            double[] before = pace(gateway, new AtomicBoolean(), 1000);

            AtomicBoolean over = new AtomicBoolean();
            List<double[]> meanwhile = new ArrayList<>();
            Thread other = Thread.ofVirtual().start(() -> meanwhile.add(pace(gateway, over, Integer.MAX_VALUE)));
            double[] waits = new double[TIMES];
            Thread[] others = new Thread[TIMES];
            for (int i = 0; i < TIMES; i++) {
                int at = i;
                others[i] = Thread.ofVirtual().start(() -> waits[at] = waitFor504(gateway));
                Thread.sleep(100);
            }
            for (Thread client : others) {
                client.join();
            }
            over.set(true);
            other.join();

            System.out.printf(
                    "timeout: 1s → 504 after %.0f ms (median of %d, %.0f to %.0f); p99 of another route %.1f ms, before %.1f ms%n",
                    at(waits, 0.5),
                    TIMES,
                    at(waits, 0),
                    at(waits, 1),
                    at(meanwhile.getFirst(), 0.99),
                    at(before, 0.99));
            assertThat(at(waits, 0)).isGreaterThanOrEqualTo(1000);
            assertThat(at(waits, 0.5)).isLessThan(1250);
            assertThat(meanwhile.getFirst()).hasSizeGreaterThan(100);
            assertThat(at(meanwhile.getFirst(), 0.99)).isLessThan(500);
        }
    }

    @Test
    void with_all_instances_down_the_answer_comes_at_once() {
        CleanEnd.allowLog("is left out for");
        CleanEnd.allowLog("is down: ");
        try (var gateway = TestGateway.from(
                        """
                services:
                  orders:
                    display_name: orders-service
                    instances: [ "127.0.0.1:%d", "127.0.0.1:%d", "127.0.0.1:%d" ]
                    health_check: { path: /health, interval: 1s }
                routes:
                  - { path: /**, service: orders }
                """.formatted(FakeService.refusing(), FakeService.refusing(), FakeService.refusing()));
                var client = RawClient.connect(gateway.port())) {
            double[] waits = new double[200];
            for (int i = 0; i < waits.length; i++) {
                long asked = System.nanoTime();
                RawAnswer answer =
                        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").readAnswer();
                waits[i] = (System.nanoTime() - asked) / 1e6;
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isNotNull();
                assertThat(answer.text())
                        .contains("orders-service is temporarily down. Try again in a few minutes.")
                        .doesNotContain("127.0.0.1");
            }
            System.out.printf(
                    "all instances down → 503 after %.2f ms (median of %d, p99 %.1f)%n",
                    at(waits, 0.5), waits.length, at(waits, 0.99));
            assertThat(at(waits, 0.5)).isLessThan(250);
        }
    }

    private static double waitFor504(TestGateway gateway) {
        long asked = System.nanoTime();
        RawAnswer answer = Ask.get(gateway, "/slow");
        double wait = (System.nanoTime() - asked) / 1e6;
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.text()).contains("SERVICE_TIMEOUT", "Request took too long. Please try again.");
        return wait;
    }

    /// A request each millisecond on one connection, until it is over: how long each took, in milliseconds.
    private static double[] pace(TestGateway gateway, AtomicBoolean over, int most) {
        List<Double> waits = new ArrayList<>();
        try (RawClient client = RawClient.connect(gateway.port())) {
            while (!over.get() && waits.size() < most) {
                long asked = System.nanoTime();
                assertThat(client.send("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n")
                                .readAnswer()
                                .text())
                        .isEqualTo("quick");
                waits.add((System.nanoTime() - asked) / 1e6);
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return waits.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static double at(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
    }
}
