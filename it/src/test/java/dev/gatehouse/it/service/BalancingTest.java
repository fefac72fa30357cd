package dev.gatehouse.it.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.LoadBalancerConfig;
import dev.gatehouse.engine.config.LoadBalancerConfig.Algorithm;
import dev.gatehouse.engine.config.StickyConfig;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// Which instance answers, as clients see it.
@LeavesNothingBehind
class BalancingTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void weights_are_respected() {
        try (var light = FakeService.start();
                var heavy = FakeService.start();
                var gateway = TestGateway.toInstances(
                                new InstanceConfig(light.url(), 1, false), new InstanceConfig(heavy.url(), 3, false))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 40; i++) {
                client.send(GET);
                assertThat(client.readAnswer().status()).isEqualTo(200);
            }
            assertThat(light.requestCount()).isEqualTo(10);
            assertThat(heavy.requestCount()).isEqualTo(30);
        }
    }

    @Test
    void least_requests_keeps_away_from_a_slow_instance() throws Exception {
        try (var slow = FakeService.handling(request -> Answer.of(200, "slow").after(Duration.ofMillis(1000)));
                var quick = FakeService.start();
                var gateway = TestGateway.to(slow, quick)
                        .balance(LoadBalancerConfig.of("least_requests"))
                        .loops(2)
                        .start();
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                work.add(() -> {
                    try (var client = RawClient.connect(gateway.port())) {
                        for (int request = 0; request < 10; request++) {
                            client.send(GET);
                            assertThat(client.readAnswer().status()).isEqualTo(200);
                        }
                    }
                    return 0;
                });
            }
            for (Future<Integer> done : clients.invokeAll(work)) {
                done.get();
            }
            assertThat(slow.requestCount() + quick.requestCount()).isEqualTo(80);
            assertThat(slow.requestCount()).isLessThan(20);
        }
    }

    @Test
    void random_two_reaches_everybody() {
        try (var one = FakeService.start();
                var two = FakeService.start();
                var three = FakeService.start();
                var gateway = TestGateway.to(one, two, three)
                        .balance(LoadBalancerConfig.of("random_two"))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            for (int i = 0; i < 100; i++) {
                client.send(GET);
                assertThat(client.readAnswer().status()).isEqualTo(200);
            }
            assertThat(List.of(one, two, three))
                    .allSatisfy(service -> assertThat(service.requestCount()).isGreaterThan(10));
        }
    }

    @Test
    void a_hash_sends_the_same_header_cookie_query_or_address_to_the_same_instance() {
        for (String key : List.of("{header.x-user}", "{cookie.user}", "{query.user}", "{client.ip}")) {
            try (var one = FakeService.start();
                    var two = FakeService.start();
                    var three = FakeService.start();
                    var gateway = TestGateway.to(one, two, three)
                            .balance(new LoadBalancerConfig(Algorithm.CONSISTENT_HASH, key, null))
                            .trust("127.0.0.1")
                            .start();
                    var client = RawClient.connect(gateway.port())) {
                List<FakeService> services = List.of(one, two, three);
                Set<String> reached = new HashSet<>();
                for (int user = 0; user < 20; user++) {
                    Set<FakeService> servedBy = new HashSet<>();
                    for (int i = 0; i < 3; i++) {
                        List<Long> before =
                                services.stream().map(FakeService::requestCount).toList();
                        client.send("GET /?user=" + user + " HTTP/1.1\r\nHost: a\r\nX-User: u" + user
                                + "\r\nCookie: a=b; user=" + user + "\r\nX-Forwarded-For: 10.1.1." + user
                                + "\r\n\r\n");
                        assertThat(client.readAnswer().status()).isEqualTo(200);
                        for (int s = 0; s < 3; s++) {
                            if (services.get(s).requestCount() > before.get(s)) {
                                servedBy.add(services.get(s));
                            }
                        }
                    }
                    assertThat(servedBy).as(key).hasSize(1);
                    reached.add(servedBy.iterator().next().address());
                }
                assertThat(reached).as(key).hasSizeGreaterThan(1);
            }
        }
    }

    @Test
    void a_sticky_client_is_given_a_cookie_once_and_led_back_by_it() {
        try (var one = FakeService.handling(request -> Answer.of(200, "one"));
                var two = FakeService.handling(request -> Answer.of(200, "two"));
                var gateway = TestGateway.to(one, two)
                        .balance(new LoadBalancerConfig(Algorithm.ROUND_ROBIN, null, StickyConfig.of("gh")))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            RawAnswer first = client.readAnswer();
            String cookie = first.header("Set-Cookie");
            assertThat(cookie)
                    .startsWith("gh=")
                    .endsWith("; Path=/; HttpOnly; SameSite=Lax")
                    .doesNotContain("127.0");
            String returning = "GET / HTTP/1.1\r\nHost: a\r\nCookie: x=y; " + cookie.substring(0, cookie.indexOf(';'))
                    + "\r\n\r\n";
            for (int i = 0; i < 10; i++) {
                client.send(returning);
                RawAnswer answer = client.readAnswer();
                assertThat(answer.text()).isEqualTo(first.text());
                assertThat(answer.header("Set-Cookie")).isNull();
            }
        }
    }

    @Test
    void a_sticky_client_whose_instance_is_gone_is_served_by_another_and_stays_there() {
        CleanEnd.allowLog("is left out for");
        FakeService leaving = FakeService.start();
        try (var staying = FakeService.start();
                var gateway = TestGateway.to(staying, leaving)
                        .balance(new LoadBalancerConfig(Algorithm.ROUND_ROBIN, null, StickyConfig.of("gh")))
                        .start();
                var client = RawClient.connect(gateway.port())) {
            client.send(GET);
            RawAnswer first = client.readAnswer();
            assertThat(leaving.requestCount()).isEqualTo(1);
            String cookie = String.valueOf(first.header("Set-Cookie"));
            leaving.close();

            client.send(
                    "GET / HTTP/1.1\r\nHost: a\r\nCookie: " + cookie.substring(0, cookie.indexOf(';')) + "\r\n\r\n");
            RawAnswer second = client.readAnswer();

            assertThat(second.status()).isEqualTo(200);
            assertThat(second.header("Set-Cookie")).isNotNull().isNotEqualTo(cookie);
        }
    }
}
