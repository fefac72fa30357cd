package dev.gatehouse.it.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// A gateway is told something else a hundred times while it is busy, every fifth time something impossible. 20,000
/// requests unless `-Dgatehouse.reload.requests` says more.
@LeavesNothingBehind
class ReloadUnderLoadTest {
    private static final int RELOADS = 100;
    private static final int CLIENTS = 12;
    private static final long REQUESTS = Long.getLong("gatehouse.reload.requests", 20_000);
    private static final long PATIENCE = 60_000_000_000L + REQUESTS * 5_000_000L;

    @Test
    void no_request_fails_and_none_sees_a_mixture() throws IOException {
        List<FakeService> services = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String name = "s" + i;
            services.add(FakeService.with()
                    .keepNothing()
                    .handling(request -> Answer.of(200, name + " " + request.target())));
        }
        int revision = 0;
        long began = System.nanoTime();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var gateway = TestGateway.from(file(0, services));
                var clients = new RevisionClients(gateway.port(), CLIENTS, 0, ReloadUnderLoadTest::service)) {
            for (int i = 1; i <= RELOADS; i++) {
                awaitAnswers(clients, REQUESTS * i / (RELOADS + 1));
                int next = revision + 1;
                clients.begins(next);
                if (i % 5 == 0) {
                    String broken = broken(i / 5, file(next, services), taken.getLocalPort());
                    assertThatThrownBy(() -> gateway.reload(broken)).hasMessageContaining(reason(i / 5));
                    clients.rejected();
                    assertThat(gateway.gateway().snapshot().revision()).isEqualTo(revision + 1);
                } else {
                    gateway.reload(file(next, services));
                    revision = next;
                    clients.done(revision);
                }
            }
            awaitAnswers(clients, REQUESTS);
            clients.close();

            assertThat(clients.failures()).isEmpty();
            assertThat(revision).isEqualTo(RELOADS * 4 / 5);
            System.out.printf(
                    "%d reloads, %d of them refused, under %d requests in %.1f s: no request failed%n",
                    RELOADS, RELOADS - revision, clients.answers(), (System.nanoTime() - began) / 1e9);
        } finally {
            services.forEach(FakeService::close);
        }
    }

    /// The service keeps its name, and is somebody else every second revision; every other revision it is as it
    /// was.
    private static int service(int revision) {
        return revision / 2 % 4;
    }

    private static String file(int revision, List<FakeService> services) {
        return """
                services:
                  s: { instances: [ "%2$s" ] }
                routes:
                  - { path: /fixed, respond: { body: "%1$d", headers: { X-Revision: "%1$d" } } }
                  - { path: /proxied/**, service: s, rewrite: "/r%1$d/{rest}", query: { set: { revision: "%1$d" } } }
                """.formatted(revision, services.get(service(revision)).url());
    }

    private static String broken(int kind, String file, int takenPort) {
        return switch (kind % 5) {
            case 0 -> file + "  - [";
            case 1 -> file + "  - { path: /x, servcie: s }\n";
            case 2 -> file + "  - { path: \"/x/{a}\", service: s }\n  - { path: \"/x/{b}\", service: s }\n";
            case 3 -> file + "  - { path: /x, respond: { file: /no/such/file } }\n";
            default -> "listeners: { main: { port: 8080 }, second: { port: " + takenPort + " } }\n" + file;
        };
    }

    private static String reason(int kind) {
        return switch (kind % 5) {
            case 0 -> "not valid YAML";
            case 1 -> "did you mean 'service'?";
            case 2 -> "neither is more specific";
            case 3 -> "/no/such/file";
            default -> "in use";
        };
    }

    private static void awaitAnswers(RevisionClients clients, long count) {
        long end = System.nanoTime() + PATIENCE;
        while (clients.answers() < count && clients.failures().isEmpty()) {
            assertThat(System.nanoTime()).as("the load stands still").isLessThan(end);
            LockSupport.parkNanos(200_000);
        }
    }
}
