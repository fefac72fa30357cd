package dev.gatehouse.it.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.FakeService;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RecordedRequest;
import dev.gatehouse.testkit.RedisServer;
import dev.gatehouse.testkit.TestGateway;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Sessions that a login service writes into Redis, and two gateways look up there.
@LeavesNothingBehind
class SharedSessionTest {
    private static final String TOKEN = "q1w2e3r4t5z6u7i8o9p0";

    @Test
    void a_session_is_known_to_both_until_it_is_taken_away() {
        try (var redis = RedisServer.start();
                var service = FakeService.start();
                var one = gateway(redis, service);
                var two = gateway(redis, service)) {
            assertThat(ask(one, TOKEN).status()).isEqualTo(401);
            redis.ask("set", key(TOKEN), """
                    {"sub":"u1","roles":["customer"],"consumer":"acme","claims":{"email":"u1@example.com"}}""", "ex", "3600");

            for (TestGateway gateway : new TestGateway[] {one, two}) {
                assertThat(ask(gateway, TOKEN).status()).isEqualTo(200);
            }
            for (RecordedRequest sent : service.awaitRequests(2)) {
                assertThat(sent.headers("X-User-Id")).containsExactly("u1");
                assertThat(sent.headers("X-User-Roles")).containsExactly("customer");
                assertThat(sent.headers("X-Consumer")).containsExactly("acme");
                assertThat(sent.headers("Cookie")).containsExactly("lang=en");
            }

            redis.ask("del", key(TOKEN));
            for (TestGateway gateway : new TestGateway[] {one, two}) {
                RawAnswer over = ask(gateway, TOKEN);
                assertThat(over.status()).as("at once").isEqualTo(401);
                assertThat(over.text()).contains("\"INVALID_TOKEN\"").doesNotContain(TOKEN);
            }
        }
    }

    @Test
    void whoever_uses_it_prolongs_it_for_both_but_not_beyond_its_end() {
        try (var redis = RedisServer.start();
                var service = FakeService.start();
                var one = gateway(redis, service);
                var two = gateway(redis, service)) {
            redis.ask("set", key(TOKEN), "{\"sub\":\"u1\"}", "ex", "30");
            assertThat(ask(one, TOKEN).status()).isEqualTo(200);
            assertThat(secondsLeft(redis, TOKEN)).isBetween(1700, 1800);

            String brief = TOKEN + "-brief";
            long end = Instant.now().getEpochSecond() + 2;
            redis.ask("set", key(brief), "{\"sub\":\"u1\",\"expires\":" + end + "}", "ex", "3600");
            assertThat(ask(two, brief).status()).isEqualTo(200);
            assertThat(secondsLeft(redis, brief)).isLessThanOrEqualTo(2);
            await().atMost(Duration.ofSeconds(4))
                    .until(() ->
                            ask(one, brief).status() == 401 && ask(two, brief).status() == 401);
        }
    }

    @Test
    void what_is_no_session_identifies_nobody() {
        CleanEnd.expectLog("a session in the store");
        try (var redis = RedisServer.start();
                var service = FakeService.start();
                var gateway = gateway(redis, service)) {
            for (String value : new String[] {"", "[]", "{}", "{\"sub\":7}", "{\"sub\":\"u1\",\"roles\":\"admin\"}"}) {
                redis.ask("set", key(TOKEN), value, "ex", "60");
                assertThat(ask(gateway, TOKEN).status()).as(value).isEqualTo(401);
            }
            // Neither a way out of the prefix nor something to list.
            for (String token : new String[] {"*".repeat(20), "../../revoked/jti/t-1", "short"}) {
                assertThat(ask(gateway, token).status()).as(token).isEqualTo(401);
            }
            service.assertNothingReceived();
        }
    }

    @Test
    void while_the_store_is_away_nobody_passes_and_then_who_was_in_before() {
        CleanEnd.allowLog("store 'main-redis'"); // said once several questions got no answer
        try (var redis = RedisServer.start();
                var service = FakeService.start();
                var gateway = gateway(redis, service)) {
            redis.ask("set", key(TOKEN), "{\"sub\":\"u1\"}", "ex", "3600");
            assertThat(ask(gateway, TOKEN).status()).isEqualTo(200);

            redis.freeze();
            RawAnswer undecided = ask(gateway, TOKEN);
            assertThat(undecided.status()).isEqualTo(503);
            assertThat(undecided.text()).contains("\"POLICY_UNDECIDED\"").doesNotContain(TOKEN);

            redis.thaw();
            await().atMost(Duration.ofSeconds(2))
                    .until(() -> ask(gateway, TOKEN).status() == 200);
        }
    }

    private static String key(String token) {
        try {
            return "gatehouse:session/"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static int secondsLeft(RedisServer redis, String token) {
        return Integer.parseInt(redis.ask("ttl", key(token)));
    }

    private static RawAnswer ask(TestGateway gateway, String token) {
        return RawClient.ask(
                gateway.port(),
                "GET /orders HTTP/1.1\r\nHost: a\r\nConnection: close\r\nCookie: lang=en; session=" + token
                        + "\r\n\r\n");
    }

    private static TestGateway gateway(RedisServer redis, FakeService service) {
        return TestGateway.from("""
                errors: { expose: safe }
                stores: { main-redis: { type: redis, url: "%s", timeout: 1s } }
                security:
                  authentication:
                    shopper: { type: session, store: main-redis, in: { cookie: session }, extend: 30m }
                plans: { free: { rate_limit: 1000/min } }
                consumers: { acme: { plan: free } }
                services: { orders: { instances: [ "%s" ] } }
                routes:
                  - { path: /orders, service: orders, auth: shopper }
                """.formatted(redis.url(), service.address()));
    }
}
