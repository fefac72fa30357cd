package dev.gatehouse.it.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.telemetry.TcpEnding;
import dev.gatehouse.engine.telemetry.TcpTallies;
import dev.gatehouse.engine.telemetry.TcpTally;
import dev.gatehouse.testkit.BigBody;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer.Ending;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedConnection;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A tcp listener joins each client to an instance: octets, ends and resets pass both ways, as if there were nobody
/// between.
@LeavesNothingBehind
class PlainTcpTest {
    static Stream<String> transports() {
        return Stream.of("auto", "epoll", "nio");
    }

    private static TestGateway gateway(String service, String transport) {
        return TestGateway.from("""
                runtime: { transport: %s, loops: 1, drain_timeout: 2s }
                listeners:
                  db: { port: 0, type: tcp, service: db }
                services:
                  db: %s
                """.formatted(transport, service));
    }

    private static TestGateway gateway(FakeService... services) {
        return gateway(
                "{ instances: [ "
                        + String.join(
                                ", ",
                                Stream.of(services)
                                        .map(one -> '"' + one.address() + '"')
                                        .toList())
                        + " ] }",
                "auto");
    }

    /// The reset may come before connecting has returned.
    private static boolean isReset(int port) {
        try (var client = RawClient.connect(port)) {
            return client.readToEnd().ending() == Ending.RESET;
        } catch (UncheckedIOException e) {
            return e.getCause() instanceof SocketException;
        }
    }

    private static TcpTally tally(TestGateway gateway) {
        return gateway.gateway().telemetry().tcp().of("db", "db");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void octets_pass_both_ways_and_the_end_of_one_leaves_the_other_open(String transport) {
        try (var service = FakeService.script(s ->
                        s.tunnel().send("hello\n").awaitBytes(4).send("world\n").once());
                var gateway = gateway("{ instances: [ \"" + service.address() + "\" ] }", transport);
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.readThrough("\n")).isEqualTo("hello\n");
            client.send("ping").halfClose();

            // The client has said all it had to say, and still gets the answer.
            RawClient.Rest rest = client.readToEnd();
            assertThat(rest.text()).isEqualTo("world\n");
            assertThat(rest.ending()).isEqualTo(Ending.END);
            RecordedConnection seen = service.connections().getFirst();
            assertThat(seen.received()).isEqualTo("ping");
            assertThat(seen.awaitEnding()).isEqualTo(RecordedConnection.Ending.END_OF_STREAM);
            await().until(() -> tally(gateway).open() == 0);
            assertThat(tally(gateway).count(TcpEnding.CLOSED)).isEqualTo(1);
            assertThat(tally(gateway).bytesIn()).isEqualTo(4);
            assertThat(tally(gateway).bytesOut()).isEqualTo(12);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_service_that_ends_first_still_hears_the_client(String transport) {
        try (var service = FakeService.script(
                        s -> s.tunnel().send("bye").halfClose().silence());
                var gateway = gateway("{ instances: [ \"" + service.address() + "\" ] }", transport);
                var client = RawClient.connect(gateway.port())) {
            assertThat(client.readToEnd().text()).isEqualTo("bye");
            client.send("last words").halfClose();

            RecordedConnection seen = service.connections().getFirst();
            assertThat(seen.awaitEnding()).isEqualTo(RecordedConnection.Ending.END_OF_STREAM);
            assertThat(seen.received()).isEqualTo("last words");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void what_a_client_sends_and_ends_at_once_arrives_whole(String transport) {
        try (var service = FakeService.script(s -> s.tunnel().silence());
                var gateway = gateway("{ instances: [ \"" + service.address() + "\" ] }", transport)) {
            for (int i = 0; i < 50; i++) {
                try (var client = RawClient.connect(gateway.port())) {
                    client.send("all I have to say, number " + i).halfClose();
                    assertThat(client.readToEnd().ending()).isEqualTo(Ending.END);
                }
                RecordedConnection seen = service.awaitConnections(i + 1).get(i);
                assertThat(seen.awaitEnding()).isEqualTo(RecordedConnection.Ending.END_OF_STREAM);
                assertThat(seen.received()).endsWith("number " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void a_reset_is_passed_on_as_a_reset(String transport) {
        try (var service = FakeService.script(
                        s -> s.tunnel().send("hello").silence(),
                        s -> s.tunnel().send("half of it").awaitBytes(2).reset());
                var gateway = gateway("{ instances: [ \"" + service.address() + "\" ] }", transport)) {
            var client = RawClient.connect(gateway.port());
            assertThat(client.readBytes(5)).asString().isEqualTo("hello");
            client.reset();
            assertThat(service.connections().getFirst().awaitEnding()).isEqualTo(RecordedConnection.Ending.RESET);

            try (var second = RawClient.connect(gateway.port())) {
                second.readBytes(10);
                second.send("go");
                assertThat(second.readToEnd().ending()).isEqualTo(Ending.RESET);
            }
            await().until(() -> tally(gateway).open() == 0);
            assertThat(tally(gateway).count(TcpEnding.CLIENT_RESET)).isEqualTo(1);
            assertThat(tally(gateway).count(TcpEnding.SERVICE_RESET)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void megabytes_pass_both_ways_at_once_intact(String transport) throws Exception {
        try (var service = FakeService.script(s -> s.mirror());
                var gateway = gateway("{ instances: [ \"" + service.address() + "\" ] }", transport);
                var client = RawClient.connect(gateway.port())) {
            var sent = client.sendBigInBackground(20_000_000);

            assertThat(client.readBytes(20_000_000)).isEqualTo(BigBody.first(20_000_000));
            assertThat(sent.get()).isEqualTo(20_000_000);
        }
    }

    @Test
    void another_instance_is_tried_when_one_cannot_be_reached_and_that_one_is_left_out() {
        int nobody = FakeService.refusing();
        CleanEnd.expectLog("of db is left out");
        try (var service = FakeService.script(s -> s.mirror());
                var gateway = gateway(
                        "{ instances: [ \"127.0.0.1:%d\", \"%s\" ], health_check: { passive: { consecutive_failures: 2 } } }"
                                .formatted(nobody, service.address()),
                        "auto")) {
            for (int i = 0; i < 8; i++) {
                try (var client = RawClient.connect(gateway.port())) {
                    client.send("x");
                    assertThat(client.readBytes(1)).asString().isEqualTo("x");
                }
            }
            assertThat(service.connections()).hasSize(8);
            assertThat(gateway.service().status(gateway.gateway().now()))
                    .anySatisfy(one -> assertThat(one.failures()).isEqualTo(2));
            await().until(() -> tally(gateway).open() == 0);
        }
    }

    @Test
    void who_cannot_be_taken_anywhere_is_reset_and_counted() {
        int nobody = FakeService.refusing();
        try (var gateway = gateway("{ instances: [ \"127.0.0.1:" + nobody + "\" ] }", "auto")) {
            assertThat(isReset(gateway.port())).isTrue();
            await().until(() -> tally(gateway).count(TcpEnding.CONNECT_FAILED) == 1);
        }
    }

    @Test
    void there_are_no_more_connections_than_the_service_and_the_listener_allow() {
        try (var service = FakeService.script(s -> s.mirror());
                var gateway = TestGateway.from("""
                        listeners:
                          db: { port: 0, type: tcp, service: db, limits: { connections: 3 } }
                        services:
                          db: { instances: [ "%s" ], connections: { max: 2 } }
                        """.formatted(service.address()));
                var first = RawClient.connect(gateway.port());
                var second = RawClient.connect(gateway.port())) {
            first.send("a").readBytes(1);
            second.send("b").readBytes(1);
            assertThat(isReset(gateway.port())).isTrue();
            await().until(() -> tally(gateway).count(TcpEnding.TOO_MANY_CONNECTIONS) == 1);
            first.close();
            await().until(() -> tally(gateway).open() == 1);
            try (var next = RawClient.connect(gateway.port())) {
                next.send("c");
                assertThat(next.readBytes(1)).asString().isEqualTo("c");
            }
            assertThat(gateway.service().budget().open()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void the_limit_of_the_listener_resets_the_next_one() {
        try (var service = FakeService.script(s -> s.mirror());
                var gateway = TestGateway.from("""
                        listeners:
                          db: { port: 0, type: tcp, service: db, limits: { connections: 1 } }
                        services:
                          db: { instances: [ "%s" ] }
                        """.formatted(service.address()));
                var first = RawClient.connect(gateway.port())) {
            first.send("a").readBytes(1);
            assertThat(isReset(gateway.port())).isTrue();
            TcpTally none = gateway.gateway().telemetry().tcp().of("db", TcpTallies.NONE);
            await().until(() -> none.count(TcpEnding.TOO_MANY_CONNECTIONS) == 1);
            assertThat(none.open()).isZero();
        }
    }

    @Test
    void a_connection_in_which_nothing_moves_is_cut_off_and_one_that_moves_one_way_is_not() {
        try (var service = FakeService.script(s -> s.tunnel().silence());
                var gateway =
                        gateway("{ instances: [ \"" + service.address() + "\" ], timeout: { idle: 400ms } }", "auto");
                var client = RawClient.connect(gateway.port())) {
            client.sendSlowly("0123456789", 1, Duration.ofMillis(120));
            long start = System.nanoTime();
            assertThat(client.readToEnd().ending()).isEqualTo(Ending.RESET);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(150), Duration.ofSeconds(2));
            assertThat(service.connections().getFirst().received()).isEqualTo("0123456789");
            await().until(() -> tally(gateway).count(TcpEnding.IDLE_TIMEOUT) == 1);
        }
    }

    @Test
    void a_client_that_does_not_read_slows_the_service_down_and_holds_little_memory() throws Exception {
        long bytes = 256L << 20;
        try (var service = FakeService.with()
                        .keepNothing()
                        .script(s -> s.tunnel().sendBig(bytes).close());
                var gateway = gateway(service);
                var client = new Socket()) {
            client.setReceiveBufferSize(16 << 10);
            client.connect(gateway.gateway().address());
            TcpTally tally = tally(gateway);
            await().until(() -> tally.bytesOut() > 0);
            awaitStill(tally);

            // Sockets' buffers, ours, and what Netty holds above its mark: of 256 MiB.
            assertThat(tally.bytesOut()).isLessThan(24L << 20);
            assertThat(readBigBody(client.getInputStream())).isEqualTo(bytes);
            assertThat(tally.bytesOut()).isEqualTo(bytes);
        }
    }

    /// To the end, comparing every octet, keeping none.
    private static long readBigBody(InputStream in) throws IOException {
        byte[] piece = new byte[64 << 10];
        long at = 0;
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            for (int i = 0; i < n; i++) {
                if (piece[i] != BigBody.at(at + i)) {
                    throw new AssertionError("another octet than was sent at " + (at + i));
                }
            }
            at += n;
        }
        return at;
    }

    private static void awaitStill(TcpTally tally) throws InterruptedException {
        long before = -1;
        while (before != tally.bytesOut()) {
            before = tally.bytesOut();
            Thread.sleep(300);
        }
    }

    @Test
    void connections_of_one_client_stay_together_when_the_balancer_hashes_its_address() {
        try (var one = FakeService.script(s -> s.mirror());
                var other = FakeService.script(s -> s.mirror());
                var gateway = gateway(
                        "{ instances: [ \"%s\", \"%s\" ], load_balancer: { algorithm: consistent_hash, key: \"{client.ip}\" } }"
                                .formatted(one.address(), other.address()),
                        "auto")) {
            for (int i = 0; i < 6; i++) {
                try (var client = RawClient.connect(gateway.port())) {
                    client.send("x").readBytes(1);
                }
            }
            assertThat(List.of(one.connections().size(), other.connections().size()))
                    .containsExactlyInAnyOrder(0, 6);
        }
    }

    @Test
    void connections_live_through_reloads_even_of_those_that_take_their_service_away() {
        try (var service = FakeService.script(s -> s.mirror());
                var other = FakeService.script(s -> s.tunnel().send("other").silence())) {
            String with = """
                    runtime: { drain_timeout: 1s }
                    listeners:
                      db: { port: %s, type: tcp, service: %s }
                      web: { port: 0 }
                    services:
                      %s: { instances: [ "%s" ] }
                    routes: [ { path: "/r%d", respond: { status: 204 } } ]
                    """;
            try (var gateway = TestGateway.from(with.formatted("0", "db", "db", service.address(), 0));
                    var client = RawClient.connect(gateway.port("db"))) {
                int port = gateway.port("db");
                client.send("a").readBytes(1);
                for (int i = 1; i <= 20; i++) {
                    gateway.reload(with.formatted(
                            "0",
                            i % 2 == 0 ? "db" : "elsewhere",
                            i % 2 == 0 ? "db" : "elsewhere",
                            i % 2 == 0 ? service.address() : other.address(),
                            i));
                    client.send("still here");
                    assertThat(client.readBytes(10)).asString().isEqualTo("still here");
                    if (i % 2 == 1) {
                        try (var fresh = RawClient.connect(port)) {
                            assertThat(fresh.readBytes(5)).asString().isEqualTo("other");
                        }
                    }
                }
                assertThat(gateway.port("db")).isEqualTo(port);
            }
        }
    }

    @Test
    void at_shutdown_a_connection_has_the_drain_time_and_is_then_cut_off() throws Exception {
        try (var service = FakeService.script(s -> s.mirror())) {
            var gateway = gateway(service);
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                RawClient client = RawClient.connect(gateway.port());
                client.send("a").readBytes(1);
                clients.add(client);
            }
            TcpTally tally = tally(gateway);
            int port = gateway.port();
            Thread stop = Thread.ofVirtual().start(gateway::close);
            await().until(() -> isFree(port));
            clients.getFirst().send("still served");
            assertThat(clients.getFirst().readBytes(12)).asString().isEqualTo("still served");
            clients.getFirst().close();
            long start = System.nanoTime();
            assertThat(clients.get(1).readToEnd().ending()).isEqualTo(Ending.RESET);
            stop.join(TimeUnit.SECONDS.toMillis(5));

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            assertThat(tally.count(TcpEnding.CLOSED)).isEqualTo(1);
            assertThat(tally.count(TcpEnding.CUT_OFF)).isEqualTo(1);
            clients.get(1).close();
        }
    }

    private static boolean isFree(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
