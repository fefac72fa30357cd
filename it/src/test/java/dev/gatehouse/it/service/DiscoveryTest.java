package dev.gatehouse.it.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeDns;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedConnection;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Instances found by name. All of 127.0.0.0/8 is this machine, so one service stands for several addresses.
@LeavesNothingBehind
class DiscoveryTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final Duration SECOND = Duration.ofSeconds(1);

    @ParameterizedTest
    @ValueSource(strings = {"io_uring", "epoll", "nio"})
    void a_name_is_known_when_the_gateway_starts(String transport) {
        try (var service = FakeService.start();
                var dns = FakeDns.start().knows("menus.test", Duration.ofMinutes(1), "127.0.0.1");
                var gateway = TestGateway.toUrls("http://menus.test:" + service.port())
                        .nameServer(dns)
                        .transport(transport)
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
        }
    }

    @Test
    void all_addresses_of_both_families_are_instances() {
        try (var dns = FakeDns.start().knows("menus.test", Duration.ofMinutes(1), "10.0.0.1", "10.0.0.2", "fd00::1");
                var gateway = TestGateway.toUrls("http://menus.test:8080")
                        .nameServer(dns)
                        .start()) {
            assertThat(gateway.service().instances())
                    .extracting(Object::toString)
                    .containsExactlyInAnyOrder("10.0.0.1:8080", "10.0.0.2:8080", "[fd00::1]:8080");
        }
    }

    @Test
    void a_change_is_followed_when_the_ttl_is_over_and_connections_to_what_is_gone_are_closed() {
        try (var service = FakeService.start();
                var dns = FakeDns.start().knows("menus.test", SECOND, "127.0.0.1");
                var gateway = TestGateway.toUrls("http://menus.test:" + service.port())
                        .nameServer(dns)
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);

            dns.knows("menus.test", SECOND, "127.0.0.2", "127.0.0.3");

            await().atMost(Duration.ofSeconds(4))
                    .untilAsserted(() -> assertThat(gateway.service().instances())
                            .extracting(Object::toString)
                            .containsExactlyInAnyOrder("127.0.0.2:" + service.port(), "127.0.0.3:" + service.port()));
            assertThat(service.connections().getFirst().awaitEnding(SECOND))
                    .isEqualTo(RecordedConnection.Ending.END_OF_STREAM);
        }
    }

    @Test
    void the_last_addresses_are_kept_when_name_servers_fail_and_that_is_said_once() {
        CleanEnd.expectLog("keeps the addresses it has: menus.test");
        try (var service = FakeService.start();
                var dns = FakeDns.start().knows("menus.test", SECOND, "127.0.0.1");
                var gateway = TestGateway.toUrls("http://menus.test:" + service.port())
                        .nameServer(dns)
                        .start()) {
            dns.fails("menus.test");
            int asked = dns.questions().size();
            await().atMost(Duration.ofSeconds(6)).until(() -> dns.questions().size() >= asked + 4);
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
        }
    }

    @Test
    void a_gateway_starts_without_a_name_that_does_not_exist_and_finds_it_later() {
        CleanEnd.expectLog("has no instance yet: menus.test: no name server knows an address");
        try (var service = FakeService.start();
                var dns = FakeDns.start();
                var gateway = TestGateway.toUrls("http://menus.test:" + service.port())
                        .nameServer(dns)
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(503);

            dns.knows("menus.test", SECOND, "127.0.0.1");
            await().atMost(Duration.ofSeconds(4))
                    .until(() -> RawClient.ask(gateway.port(), GET).status() == 200);
        }
    }

    @Test
    void an_alias_is_followed_and_its_own_ttl_counts() {
        try (var service = FakeService.start();
                var dns = FakeDns.start()
                        .alias("menus.test", SECOND, "blue.test")
                        .knows("blue.test", Duration.ofHours(1), "127.0.0.1")
                        .knows("green.test", Duration.ofHours(1), "127.0.0.3");
                var gateway = TestGateway.toUrls("http://menus.test:" + service.port())
                        .nameServer(dns)
                        .start()) {
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);

            dns.alias("menus.test", SECOND, "green.test");
            await().atMost(Duration.ofSeconds(4))
                    .until(() -> gateway.service().instances().toString().contains("127.0.0.3"));
        }
    }

    @Test
    void localhost_and_addresses_are_known_without_a_name_server() {
        try (var service = FakeService.start();
                var dns = FakeDns.start();
                var gateway = TestGateway.toUrls("http://localhost:" + service.port())
                        .nameServer(dns)
                        .start();
                var literal = TestGateway.to(service).nameServer(dns).start()) {
            assertThat(RawClient.ask(gateway.port(), GET).status()).isEqualTo(200);
            assertThat(RawClient.ask(literal.port(), GET).status()).isEqualTo(200);
            assertThat(dns.questions()).isEmpty();
        }
    }
}
