package dev.gatehouse.it.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How long a WebSocket lives, and how the gateway ends one: with a Close frame to both sides, where a frame ends.
@LeavesNothingBehind
class LifetimeTest {
    private static TestGateway gateway(EchoService service, String websocket) {
        return TestGateway.from(file(service, websocket, "30s", "one"));
    }

    private static String file(EchoService service, String websocket, String tunnelTimeout, String body) {
        return """
                runtime: { drain_timeout: 4s, tunnel_timeout: %s, loops: 2 }
                routes:
                  - { path: /chat, service: "%s", websocket: %s }
                  - { path: /revision, respond: { body: %s } }
                """.formatted(tunnelTimeout, service.url(), websocket, body);
    }

    @Test
    void one_in_which_nothing_is_said_is_closed_with_1001() {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{ idle_timeout: 1s }");
                var client = Client.open(gateway.port())) {
            long before = System.nanoTime();
            for (int i = 0; i < 5; i++) {
                pause(300);
                assertThat(client.echo("still here")).isEqualTo("still here");
            }
            assertThat(System.nanoTime() - before).isGreaterThan(TimeUnit.SECONDS.toNanos(1));

            Frame close = client.readClose();

            assertThat(close.code()).isEqualTo(1001);
            assertThat(new String(close.payload(), 2, close.payload().length - 2, US_ASCII))
                    .isEqualTo("nothing was said for too long");
            assertThat(service.awaitClose().code()).isEqualTo(1001);
        }
    }

    @Test
    void its_whole_life_has_an_end_too() {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{ max_lifetime: 1s }");
                var client = Client.open(gateway.port())) {
            var close = CompletableFuture.supplyAsync(client::readClose);
            for (int i = 0; i < 5; i++) {
                client.send(Frame.text("busy"));
                pause(100);
            }

            assertThat(close.join().code()).isEqualTo(1001);
            assertThat(service.awaitClose().code()).isEqualTo(1001);
        }
    }

    @Test
    void a_frame_that_is_on_its_way_comes_first() {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{ max_lifetime: 1s }");
                var client = Client.open(gateway.port())) {
            byte[] octets = Frame.text("the last words").octets();
            client.sendOctets(Arrays.copyOf(octets, 8));
            pause(1500);
            assertThat(service.heardNoClose()).isTrue();

            client.sendOctets(Arrays.copyOfRange(octets, 8, octets.length));

            assertThat(client.readClose().code()).isEqualTo(1001);
            assertThat(service.awaitClose().code()).isEqualTo(1001);
        }
    }

    @Test
    void twenty_reloads_do_not_touch_one() {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{}");
                var client = Client.open(gateway.port())) {
            for (int i = 0; i < 20; i++) {
                gateway.reload(file(service, "{ max_frame: " + (i + 1) + "KiB }", "30s", "revision-" + i));

                assertThat(client.echo("x".repeat(30_000))).hasSize(30_000);
            }
            try (var late = Client.open(gateway.port())) {
                late.send(new Frame(Frame.FIN | Frame.BINARY, true, new byte[21 << 10]));
                assertThat(late.readClose().code()).isEqualTo(1009);
            }
            assertThat(client.echo("still on the first")).isEqualTo("still on the first");
        }
    }

    @Test
    void one_whose_configuration_is_too_old_is_closed_with_1012() {
        try (var service = EchoService.start();
                var gateway = TestGateway.from(file(service, "{}", "2s", "one"));
                var client = Client.open(gateway.port())) {
            assertThat(client.echo("before")).isEqualTo("before");
            long before = System.nanoTime();
            gateway.reload(file(service, "{}", "2s", "two"));
            assertThat(client.echo("after")).isEqualTo("after");

            Frame close = client.readClose();

            assertThat(close.code()).isEqualTo(1012);
            assertThat(System.nanoTime() - before)
                    .isBetween(TimeUnit.MILLISECONDS.toNanos(1400), TimeUnit.MILLISECONDS.toNanos(4000));
            assertThat(service.awaitClose().code()).isEqualTo(1012);
        }
    }

    @Test
    void at_shutdown_all_are_closed_with_1001_one_after_the_other() {
        List<Client> clients = new ArrayList<>();
        try (var service = EchoService.start()) {
            var gateway = gateway(service, "{}");
            for (int i = 0; i < 40; i++) {
                clients.add(Client.open(gateway.port()));
            }
            assertThat(clients).allMatch(Client::isOpen);
            List<CompletableFuture<long[]>> closes = clients.stream()
                    .map(client -> CompletableFuture.supplyAsync(
                            () -> new long[] {client.readClose().code(), System.nanoTime()}, Thread.ofVirtual()::start))
                    .toList();
            long before = System.nanoTime();
            gateway.close();
            long took = System.nanoTime() - before;

            List<long[]> ends = closes.stream().map(CompletableFuture::join).toList();
            assertThat(ends).allMatch(end -> end[0] == 1001);
            long[] moments = ends.stream().mapToLong(end -> end[1]).sorted().toArray();
            assertThat(moments[39] - moments[0])
                    .as("spread over two seconds")
                    .isBetween(Duration.ofMillis(500).toNanos(), Duration.ofMillis(2500).toNanos());
            assertThat(took).isLessThan(Duration.ofMillis(3500).toNanos());
        } finally {
            clients.forEach(Client::close);
        }
    }

    @Test
    void one_that_does_not_answer_is_let_go_after_a_while() {
        try (var service = EchoService.start();
                var gateway = gateway(service, "{ max_lifetime: 1s }");
                var client = Client.open(gateway.port())) {
            assertThat(client.read().code()).isEqualTo(1001);

            assertThat(client.read()).isNull();
            await().until(() -> gateway.gateway().counters().open() == 0);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
