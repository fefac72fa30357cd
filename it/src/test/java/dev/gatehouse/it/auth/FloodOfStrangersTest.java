package dev.gatehouse.it.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.engine.consumer.ApiKey;
import dev.gatehouse.testkit.Answer;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RedisServer;
import dev.gatehouse.testkit.TestGateway;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Many requests of nobody in particular, on a route whose limit tells them by their address: once they are over it,
/// nobody is asked about them any more, not the store, not the provider of keys, not the auth service. What that
/// saves is measured by `benchmarks/compare/compare-flood`.
@LeavesNothingBehind
class FloodOfStrangersTest {
    private static final int FLOOD = 50;

    @Test
    void who_is_over_the_limit_costs_no_question_to_anybody() {
        try (var redis = RedisServer.start();
                var provider = new KeyProvider();
                var service = FakeService.start();
                var authService = FakeService.handling(_ -> Answer.of(401, "who?"));
                var gateway = gateway(redis, provider, authService, service)) {
            isConnected(redis);
            for (String within : List.of(key(), bearer("opaque"), forged(provider, "t-1"), key())) {
                assertThat(status(gateway, within)).isEqualTo(401);
            }
            Asked before = asked(redis, provider, authService);
            assertThat(before.store()).as("those within it are looked at").isPositive();
            assertThat(before.provider()).isEqualTo(1);
            assertThat(before.authService()).isPositive();

            for (int i = 0; i < FLOOD; i++) {
                assertThat(status(gateway, "")).isEqualTo(429);
                assertThat(status(gateway, key())).isEqualTo(429);
                assertThat(status(gateway, bearer("opaque-" + i))).isEqualTo(429);
                assertThat(status(gateway, forged(provider, "f-" + i))).isEqualTo(429);
                assertThat(status(gateway, bearer(provider.token("r-" + i)))).isEqualTo(429);
            }

            assertThat(asked(redis, provider, authService)).isEqualTo(before);
            service.assertNothingReceived();
        }
    }

    @Test
    void what_can_be_no_key_is_not_looked_up() {
        try (var redis = RedisServer.start();
                var provider = new KeyProvider();
                var service = FakeService.start();
                var authService = FakeService.handling(_ -> Answer.of(401, "who?"));
                var gateway = gateway(redis, provider, authService, service)) {
            isConnected(redis);
            assertThat(status(gateway, key())).isEqualTo(401);
            Asked before = asked(redis, provider, authService);
            assertThat(status(gateway, "X-Api-Key: gh_made-up\r\n")).isEqualTo(401);
            assertThat(before.store()).isPositive();
            assertThat(asked(redis, provider, authService)).isEqualTo(before);
        }
    }

    /// The gateway has said that it lives: from now on questions reach the store.
    private static void isConnected(RedisServer redis) {
        await().until(() -> redis.ask("zcard", "gatehouse::nodes").equals("1"));
    }

    /// @param store reads of Redis
    /// @param provider fetches of keys
    /// @param authService questions to the auth service
    private record Asked(long store, int provider, int authService) {}

    private static Asked asked(RedisServer redis, KeyProvider provider, FakeService authService) {
        long reads = Arrays.stream(redis.ask("info", "commandstats").split("\n"))
                .filter(line -> line.startsWith("cmdstat_get:") || line.startsWith("cmdstat_mget:"))
                .mapToLong(line -> Long.parseLong(
                        line.replaceAll(".*:calls=(\\d+),.*", "$1").strip()))
                .sum();
        return new Asked(reads, provider.fetches(), authService.requests().size());
    }

    private static String key() {
        return "X-Api-Key: " + ApiKey.random(ApiKey.PREFIX, new SecureRandom()).reveal() + "\r\n";
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    /// Signed by the right key, and changed afterwards.
    private static String forged(KeyProvider provider, String id) {
        String[] parts = provider.token(id).split("\\.", -1);
        String other = provider.token(id + "-other").split("\\.", -1)[1];
        return bearer(parts[0] + "." + other + "." + parts[2]);
    }

    private static int status(TestGateway gateway, String credential) {
        return RawClient.ask(gateway.port(), "GET /orders HTTP/1.1\r\nHost: shop.example\r\n" + credential + "\r\n")
                .status();
    }

    private static TestGateway gateway(
            RedisServer redis, KeyProvider provider, FakeService authService, FakeService service) {
        return TestGateway.from("""
            stores:
              main-redis: { type: redis, url: "%s", timeout: 2s }
            security:
              authentication:
                partner: { type: api_key }
                customer: { type: jwt, jwks_url: "%s", issuer: "https://id.tasty.example", audience: shop-api }
                legacy: { type: external, url: "%s/verify" }
            services:
              orders: { instances: [ "%s" ] }
            routes:
              - path: /orders
                service: orders
                auth: [ partner, customer, legacy ]
                rate_limit: { per: client_ip, limit: 4/day, store: memory }
            """.formatted(
                redis.url(), provider.url(), "http://127.0.0.1:" + authService.port(), "127.0.0.1:" + service.port()));
    }
}
