package dev.gatehouse.it.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.snapshot.Snapshot;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// How long a reload takes with very many routes. The figures are printed; what is asserted is far above them, for
/// machines that are busy with something else.
@LeavesNothingBehind
class ManyRoutesTest {
    private static final int WARM_UP = 6;
    private static final int MEASURED = 5;

    @Test
    void ten_thousand_routes_are_reloaded_in_no_time() throws IOException {
        try (var service = FakeService.handling(request -> Answer.of(200, request.target()));
                var gateway = TestGateway.from(file(10_000, service.url(), 0));
                var client = RawClient.connect(gateway.port())) {
            long[][] times = new long[5][MEASURED];
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            for (int i = -WARM_UP; i < MEASURED; i++) {
                String yaml = file(10_000, service.url(), i);
                long cpu = threads.getCurrentThreadCpuTime();
                long begun = System.nanoTime();
                Plan plan = Plan.of(load(yaml));
                Plan same = plan.with(plan.config()
                        .withListeners(gateway.gateway().snapshot().config().listeners()));
                long loaded = System.nanoTime();
                Snapshot next = gateway.gateway().compile(same);
                long compiled = System.nanoTime();
                assertThat(next.problems()).isEmpty();
                gateway.gateway().apply(next);
                long applied = System.nanoTime();
                if (i >= 0) {
                    times[0][i] = loaded - begun;
                    times[1][i] = compiled - loaded;
                    times[2][i] = applied - compiled;
                    times[3][i] = applied - begun;
                    times[4][i] = threads.getCurrentThreadCpuTime() - cpu;
                }
                assertThat(ask(client, "/r" + (i + WARM_UP) * 997 + "/items/7")).startsWith("/items/7");
            }
            System.out.printf(
                    "10,000 routes, medians of %d warm reloads: YAML to records %.0f ms, compile %.0f ms, apply %.1f ms,"
                            + " together %.0f ms, of which %.0f ms of processor time%n",
                    MEASURED, median(times[0]), median(times[1]), median(times[2]), median(times[3]), median(times[4]));
            assertThat(median(times[4])).isLessThan(3000);
        }
    }

    @Test
    void a_hundred_thousand_routes_load_and_match() {
        try (var service = FakeService.handling(request -> Answer.of(200, request.target()))) {
            long begun = System.nanoTime();
            String yaml = file(100_000, service.url(), 0);
            try (var gateway = TestGateway.from(yaml);
                    var client = RawClient.connect(gateway.port())) {
                System.out.printf("100,000 routes, cold start: %.0f ms%n", (System.nanoTime() - begun) / 1e6);
                for (int i = 0; i < 100_000; i += 997) {
                    assertThat(ask(client, "/r" + i + "/items/" + i)).isEqualTo("/items/" + i + "?revision=0");
                }
                client.send("GET /r100000/items/1 HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.readAnswer().status()).isEqualTo(404);
            }
        }
    }

    private static String ask(RawClient client, String path) {
        return client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .readAnswer()
                .text();
    }

    private static Loaded load(String yaml) {
        Loaded loaded = ConfigLoader.load(
                new SourceFile("gateway.yaml", Path.of("gateway.yaml").toAbsolutePath(), yaml), LoadOptions.standard());
        assertThat(loaded.hasErrors()).isFalse();
        return loaded;
    }

    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e6;
    }

    /// Two lines for each route, as people write them; a tenth have methods, a tenth a condition.
    private static String file(int routes, String service, int revision) {
        StringBuilder yaml = new StringBuilder(routes * 100)
                .append("services:\n  shop: { instances: [ \"")
                .append(service)
                .append("\" ] }\nroutes:\n");
        for (int i = 0; i < routes; i++) {
            yaml.append("  - path: /r")
                    .append(i)
                    .append("/items/{id}\n    service: shop\n    rewrite: \"/items/{id}?revision=")
                    .append(revision)
                    .append("\"\n");
            if (i % 10 == 0) {
                yaml.append("    methods: [ GET, POST ]\n");
            } else if (i % 10 == 5) {
                yaml.append("    hosts: [ a, shop.example ]\n");
            }
        }
        return yaml.toString();
    }
}
