package dev.gatehouse.it.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.snapshot.RunningService;
import dev.gatehouse.engine.snapshot.Snapshot;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A thousand reloads: one route more or less, a service that changes, one that comes and goes, a listener that does,
/// and some that are refused; with a request on each. Nothing of them is left.
@LeavesNothingBehind
class ReloadLeakTest {
    private static final int RELOADS = 1000;
    private static final String GET = " HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void a_thousand_reloads_leave_nothing_behind() {
        List<WeakReference<?>> gone = new ArrayList<>();
        try (var service = FakeService.with().keepNothing().start();
                var gateway = TestGateway.from(file(service, 0));
                var client = RawClient.connect(gateway.port())) {
            for (int i = 1; i <= RELOADS; i++) {
                remember(gateway.gateway().snapshot(), gone);
                gateway.reload(file(service, i));
                if (i % 7 == 0) {
                    String broken = file(service, i) + "  - { path: /x, respond: { file: /no/such/file } }\n";
                    assertThatThrownBy(() -> gateway.reload(broken)).hasMessageContaining("/no/such/file");
                }
                ask(client, "/kept");
                ask(client, "/changed");
                ask(client, i % 2 == 0 ? "/guest" : "/extra" + i);
            }
            remember(gateway.gateway().snapshot(), gone);
            // The last one has no guest: a guest that comes back before the one before it has closed takes over the
            // state of its instance, and rightly keeps it for as long as it stays.
            gateway.reload(file(service, RELOADS + 1).replace("6s", "9s"));

            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                System.gc();
                assertThat(leftOf(gone)).isEmpty();
            });
            await().untilAsserted(() -> assertThat(service.openConnections())
                    .as("connections of the one unchanged service, at most one for each loop")
                    .isLessThanOrEqualTo(Runtime.getRuntime().availableProcessors()));
            assertThat(gateway.gateway().addresses()).containsOnlyKeys("main");
            assertThat(gateway.gateway().clientConnections()).isEqualTo(1);
        }
    }

    private static Map<String, Long> leftOf(List<WeakReference<?>> gone) {
        return gone.stream()
                .map(WeakReference::get)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(one -> one.getClass().getSimpleName(), Collectors.counting()));
    }

    /// All that belongs to this snapshot alone; not the state of instances that every snapshot has.
    private static void remember(Snapshot snapshot, List<WeakReference<?>> gone) {
        gone.add(new WeakReference<>(snapshot));
        gone.add(new WeakReference<>(snapshot.graph()));
        gone.add(new WeakReference<>(snapshot.graph().routes()));
        for (RunningService running : snapshot.services()) {
            if (!running.key().equals("kept")) {
                gone.add(new WeakReference<>(running));
                gone.add(new WeakReference<>(running.service()));
                gone.add(new WeakReference<>(running.service().instances().getFirst()));
            }
            if (running.key().equals("guest")) {
                gone.add(new WeakReference<>(
                        running.service().instances().getFirst().state()));
            }
        }
    }

    private static void ask(RawClient client, String path) {
        assertThat(client.send("GET " + path + GET).readAnswer().status()).isEqualTo(200);
    }

    private static String file(FakeService service, int i) {
        String file = """
                listeners: { main: {}%3$s }
                services:
                  kept:    { instances: [ "%1$s" ] }
                  changed: { instances: [ "%1$s" ], timeout: %2$s }
                %4$s
                routes:
                  - { path: /kept, service: kept }
                  - { path: /changed, service: changed }
                  - { path: /%5$s }
                """;
        boolean even = i % 2 == 0;
        return file.formatted(
                service.url(),
                even ? "5s" : "6s",
                i % 10 == 3 ? ", other: {}" : "",
                even ? "  guest:   { instances: [ \"" + service.url() + "\" ] }" : "",
                even ? "guest, service: guest" : "extra" + i + ", respond: { body: x }");
    }
}
