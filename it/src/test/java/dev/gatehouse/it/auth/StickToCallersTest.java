package dev.gatehouse.it.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.TestGateway;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A service whose instances are chosen by who calls.
@LeavesNothingBehind
class StickToCallersTest {
    private static final String PASSWORD = "U*U";
    private static final String HASH = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    private static final int USERS = 12;

    @ParameterizedTest
    @ValueSource(strings = {"{jwt.sub}", "{consumer.id}"})
    void each_caller_stays_on_one_instance_and_callers_are_spread(String key) {
        try (var one = FakeService.start();
                var two = FakeService.start();
                var three = FakeService.start();
                var gateway = TestGateway.from(config(key, one, two, three))) {
            List<FakeService> all = List.of(one, two, three);
            Set<FakeService> reached = new HashSet<>();
            for (int user = 0; user < USERS; user++) {
                Set<FakeService> served = new HashSet<>();
                for (int i = 0; i < 3; i++) {
                    served.add(servedBy(all, gateway.port(), "u" + user));
                }
                assertThat(served).as("u%d", user).hasSize(1);
                reached.addAll(served);
            }
            assertThat(reached).hasSizeGreaterThan(1);
        }
    }

    @Test
    void requests_of_nobody_stay_together() {
        try (var one = FakeService.start();
                var two = FakeService.start();
                var three = FakeService.start();
                var gateway = TestGateway.from(config("{jwt.sub}", one, two, three))) {
            for (int i = 0; i < 9; i++) {
                assertThat(RawClient.ask(gateway.port(), request("")).status()).isEqualTo(200);
            }
            assertThat(List.of(one.requestCount(), two.requestCount(), three.requestCount()))
                    .containsExactlyInAnyOrder(0L, 0L, 9L);
        }
    }

    private static FakeService servedBy(List<FakeService> all, int port, String user) {
        List<Long> before = all.stream().map(FakeService::requestCount).toList();
        String credentials = Base64.getEncoder().encodeToString((user + ":" + PASSWORD).getBytes(UTF_8));
        assertThat(RawClient.ask(port, request("Authorization: Basic " + credentials + "\r\n"))
                        .status())
                .isEqualTo(200);
        return IntStream.range(0, all.size())
                .filter(i -> all.get(i).requestCount() > before.get(i))
                .mapToObj(all::get)
                .findFirst()
                .orElseThrow();
    }

    private static String request(String field) {
        return "GET / HTTP/1.1\r\nHost: a\r\n" + field + "Connection: close\r\n\r\n";
    }

    private static String config(String key, FakeService... instances) {
        String users = each("u%1$d: { password: \"" + HASH + "\", consumer: c%1$d }");
        return """
            security: { authentication: { people: { type: basic, users: { %s } } } }
            consumers: { %s }
            services:
              shop:
                instances: [ %s ]
                load_balancer: { algorithm: consistent_hash, key: "%s" }
            routes: [ { service: shop, auth: [ people, none ] } ]
            """.formatted(
                        users,
                        each("c%1$d: { groups: [ shoppers ] }"),
                        List.of(instances).stream()
                                .map(instance -> '"' + instance.address() + '"')
                                .collect(Collectors.joining(", ")),
                        key);
    }

    private static String each(String format) {
        return IntStream.range(0, USERS).mapToObj(format::formatted).collect(Collectors.joining(", "));
    }
}
