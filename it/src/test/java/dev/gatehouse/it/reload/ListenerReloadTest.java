package dev.gatehouse.it.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// Listeners that come, go and change while the gateway runs.
@LeavesNothingBehind
class ListenerReloadTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String ROUTES = "routes: [ { path: /**, respond: { body: %s } } ]\n";

    @Test
    void a_new_listener_listens_and_the_others_stay_where_they_are() {
        try (var gateway = TestGateway.from(file("{ main: {} }", "one"));
                var client = RawClient.connect(gateway.port())) {
            Map<String, InetSocketAddress> before = gateway.gateway().addresses();
            gateway.reload(file("{ main: {}, second: { health: true } }", "two"));

            assertThat(gateway.gateway().addresses())
                    .containsAllEntriesOf(before)
                    .containsOnlyKeys("main", "second");
            assertThat(RawClient.ask(gateway.port("second"), GET).text()).isEqualTo("two");
            assertThat(client.send(GET).readAnswer().text()).isEqualTo("two");
            String health = "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n";
            assertThat(RawClient.ask(gateway.port("second"), health).text()).isNotEqualTo("two");
            assertThat(RawClient.ask(gateway.port("main"), health).text()).isEqualTo("two");
        }
    }

    @Test
    void a_listener_that_only_gets_another_name_stays_with_its_connections() {
        int port = FakeService.refusing();
        String place = "{ bind: 127.0.0.1, port: " + port + " }";
        try (var gateway = TestGateway.from(file("{ main: " + place + " }", "one"));
                var client = RawClient.connect(port)) {
            assertThat(client.send(GET).readAnswer().text()).isEqualTo("one");

            gateway.reload(file("{ front: " + place + " }", "two"));

            assertThat(client.send(GET).readAnswer().text()).isEqualTo("two");
            assertThat(gateway.gateway().addresses()).containsOnlyKeys("front");
            assertThat(gateway.port("front")).isEqualTo(port);
        }
    }

    @Test
    void a_listener_that_is_gone_finishes_what_it_began_and_takes_nothing_more() {
        CountDownLatch rest = new CountDownLatch(1);
        try (var service = FakeService.script(script -> script.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
                        .waitFor(rest)
                        .send("after"));
                var gateway = TestGateway.from("""
                        listeners: { main: {}, second: {} }
                        routes: [ { path: /**, service: "%s" } ]
                        """.formatted(service.url()));
                var download = RawClient.connect(gateway.port("second"));
                var unused = RawClient.connect(gateway.port("second"))) {
            int port = gateway.port("second");
            download.send(GET);
            download.readThrough("first");

            gateway.reload(file("{ main: {} }", "two"));
            assertThat(gateway.gateway().addresses()).containsOnlyKeys("main");
            await().until(() -> isRefused(port));
            assertThat(unused.readToEnd().text()).isEmpty();

            rest.countDown();
            assertThat(download.readToEnd().text()).isEqualTo("after");
            assertThat(RawClient.ask(gateway.port(), GET).text()).isEqualTo("two");
        }
    }

    @Test
    void a_gateway_that_stops_gives_listeners_on_their_way_out_their_time() throws InterruptedException {
        CountDownLatch rest = new CountDownLatch(1);
        try (var service = FakeService.script(script -> script.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
                        .waitFor(rest)
                        .send("after"));
                var gateway = TestGateway.from("""
                        runtime: { drain_timeout: 5s }
                        listeners: { main: {}, second: {} }
                        routes: [ { path: /**, service: "%s" } ]
                        """.formatted(service.url()));
                var download = RawClient.connect(gateway.port("second"))) {
            download.send(GET);
            download.readThrough("first");
            gateway.reload(file("{ main: {} }", "two"));

            Thread stopping = Thread.ofVirtual().start(gateway::close);
            assertThat(stopping.join(Duration.ofMillis(500)))
                    .as("stopped although a download runs")
                    .isFalse();
            rest.countDown();
            assertThat(download.readToEnd().text()).isEqualTo("after");
            assertThat(stopping.join(Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void a_gateway_that_stops_cuts_off_what_does_not_end_on_its_way_out() {
        try (var service = FakeService.script(script -> script.awaitRequest()
                        .send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
                        .silence());
                var gateway = TestGateway.from("""
                        runtime: { drain_timeout: 200ms }
                        listeners: { main: {}, second: {} }
                        routes: [ { path: /**, service: "%s" } ]
                        """.formatted(service.url()));
                var download = RawClient.connect(gateway.port("second"))) {
            download.send(GET);
            download.readThrough("first");
            gateway.reload(file("{ main: {} }", "two"));
            gateway.close();
            assertThat(gateway.gateway().clientConnections()).isZero();
            assertThat(download.readToEnd().text()).isEmpty();
        }
    }

    @Test
    void a_listener_that_moves_is_at_its_new_port_and_not_at_the_old() {
        int first = FakeService.refusing();
        int second = FakeService.refusing();
        try (var gateway = TestGateway.from(file("{ main: { port: " + first + " } }", "one"))) {
            assertThat(RawClient.ask(first, GET).text()).isEqualTo("one");
            gateway.reload(file("{ main: { port: " + second + " } }", "two"));
            assertThat(RawClient.ask(second, GET).text()).isEqualTo("two");
            await().until(() -> isRefused(first));
            gateway.reload(file("{ main: { port: " + first + " } }", "three"));
            assertThat(RawClient.ask(first, GET).text()).isEqualTo("three");
        }
    }

    @Test
    void a_listener_whose_settings_change_holds_new_connections_to_them_and_open_ones_to_the_old() {
        String post = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabcdef";
        try (var gateway = TestGateway.from(file("{ main: {} }", "one"));
                var open = RawClient.connect(gateway.port())) {
            assertThat(open.send(post).readAnswer().status()).isEqualTo(200);
            int port = gateway.port();
            gateway.reload(file("{ main: { max_body: 5B } }", "two"));

            assertThat(gateway.port()).isEqualTo(port);
            assertThat(RawClient.ask(port, post).status()).isEqualTo(413);
            assertThat(open.send(post).readAnswer().text()).isEqualTo("two");
        }
    }

    @Test
    void a_port_that_is_taken_rejects_the_whole_reload() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var gateway = TestGateway.from(file("{ main: {} }", "one"))) {
            Map<String, InetSocketAddress> before = gateway.gateway().addresses();
            String next = file("{ other: {}, second: { port: " + taken.getLocalPort() + " } }", "two");

            assertThatThrownBy(() -> gateway.reload(next))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
            assertThat(gateway.gateway().addresses()).isEqualTo(before);
            assertThat(RawClient.ask(gateway.port(), GET).text()).isEqualTo("one");
        }
    }

    private static String file(String listeners, String body) {
        return "listeners: " + listeners + "\n" + ROUTES.formatted(body);
    }

    private static boolean isRefused(int port) {
        try (RawClient client = RawClient.connect(port)) {
            return client.localPort() == 0;
        } catch (UncheckedIOException e) {
            return true;
        }
    }
}
