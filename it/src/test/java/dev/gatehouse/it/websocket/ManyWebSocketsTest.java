package dev.gatehouse.it.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.gatehouse.it.lifecycle.GatewayProcess;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Ten thousand WebSockets through one gateway, in a process of its own: what each costs, that reloads do not touch
/// them, and that the end of the process is a goodbye to every one of them.
@LeavesNothingBehind
@EnabledOnOs(OS.LINUX)
class ManyWebSocketsTest {
    private static final int WANTED = 10_000;

    /// What a process has open beside its WebSockets, each of which is two sockets: here, and in the gateway.
    private static final int OTHER_FILES = 400;

    /// Of everything in the gateway's process: two sockets' objects, what is known of the exchange and of the tunnel.
    private static final long MOST_KIB_EACH = 24;

    private static final String REVISION = "GET /revision HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final Duration DRAIN = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void ten_thousand_cost_little_outlive_reloads_and_are_told_of_the_end() throws Exception {
        int count = Math.min(WANTED, (openFilesAllowed() - OTHER_FILES) / 2);
        int port = FakeService.refusing();
        List<Client> clients = new ArrayList<>();
        try (var service = EchoService.start(false)) {
            Path file = write(service, port, 0);
            try (GatewayProcess gateway = gateway(file)) {
                clients.addAll(open(port, 500));
                long before = gateway.residentKib();
                clients.addAll(open(port, count - clients.size()));
                long each = (gateway.residentKib() - before) * 1024 / (count - 500);
                System.out.printf(
                        "%d WebSockets open: %d octets of the gateway's memory each, %d MiB in all%n",
                        count, each, gateway.residentKib() >> 10);
                assertThat(each).isLessThan(MOST_KIB_EACH << 10);
                for (int revision = 1; revision <= 20; revision++) {
                    write(service, port, revision);
                    String now = Integer.toString(revision);
                    await().until(() -> RawClient.ask(port, REVISION).text().equals(now));
                    assertThat(clients.get(revision * 37 % count).echo("still here")).isEqualTo("still here");
                }
                try (GatewayProcess next = gateway(file)) {
                    restart(gateway, next, clients, port);
                }
            }
        } finally {
            clients.forEach(Client::close);
        }
    }

    /// Every WebSocket is told, and every client that comes back is served.
    private void restart(GatewayProcess gateway, GatewayProcess next, List<Client> clients, int port) {
        ConcurrentHashMap<Integer, AtomicInteger> codes = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> ends = clients.stream()
                .map(client -> CompletableFuture.runAsync(
                        () -> {
                            int code = client.readClose().code();
                            codes.computeIfAbsent(code, none -> new AtomicInteger()).incrementAndGet();
                        },
                        Thread.ofVirtual()::start))
                .toList();
        long before = System.nanoTime();
        gateway.terminate();
        ends.forEach(CompletableFuture::join);
        long spread = System.nanoTime() - before;

        System.out.printf("all told within %d ms: %s%n", spread / 1_000_000, codes);
        assertThat(codes).containsOnlyKeys(1001);
        assertThat(codes.get(1001)).hasValue(clients.size());
        assertThat(spread).isGreaterThan(DRAIN.toNanos() / 4);
        assertThat(gateway.awaitExit(DRAIN)).isZero();
        try (var back = Client.open(port)) {
            assertThat(back.echo("back again")).isEqualTo("back again");
        }
        assertThat(next.isAlive()).isTrue();
    }

    private Path write(EchoService service, int port, int revision) throws IOException {
        String yaml = """
                admin: { port: 0 }
                runtime: { drain_timeout: %ds, takeover: true }
                listeners: { main: { bind: 127.0.0.1, port: %d, limits: { connections: 20000 } } }
                services:
                  chat: { instances: [ "%s" ], connections: { max: 20000 } }
                routes:
                  - { path: /chat, service: chat, websocket: { idle_timeout: 10m, max_frame: 64KiB } }
                  - { path: /revision, respond: { body: "%d" } }
                """.formatted(DRAIN.toSeconds(), port, service.url(), revision);
        Path next = Files.writeString(folder.resolve("next.yaml"), yaml);
        return Files.move(
                next,
                folder.resolve("gateway.yaml"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static GatewayProcess gateway(Path file) {
        return GatewayProcess.start("run", "-f", file.toString());
    }

    private static List<Client> open(int port, int count) {
        try (ExecutorService workers = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
            List<CompletableFuture<Client>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(CompletableFuture.supplyAsync(() -> Client.open(port), workers));
            }
            List<Client> clients = all.stream().map(CompletableFuture::join).toList();
            assertThat(clients).allMatch(Client::isOpen);
            return clients;
        }
    }

    private static int openFilesAllowed() {
        var system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return (int) Math.min(Integer.MAX_VALUE, system.getMaxFileDescriptorCount());
    }
}
