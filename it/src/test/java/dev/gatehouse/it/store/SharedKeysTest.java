package dev.gatehouse.it.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RedisServer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// API keys of two gateways with one Redis: what is made, rolled and revoked at one holds at the other, within the
/// five seconds it remembers what the store said.
@LeavesNothingBehind
class SharedKeysTest {
    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final Duration MARGIN = Duration.ofMillis(500);

    @TempDir
    Path folder;

    @Test
    void a_key_made_at_one_works_at_the_other_at_once_and_after_a_restart() throws Exception {
        try (var redis = RedisServer.start();
                var one = gateway(redis, "one")) {
            String key;
            String ofNewConsumer;
            try (var two = gateway(redis, "two")) {
                key = one.key("create", "acme", "-q");
                assertThat(two.status(key)).isEqualTo(200);
                assertThat(two.ask(key).text()).isEqualTo("acme");

                ofNewConsumer = two.key("create", "city-guide", "--plan", "free", "-q");
                assertThat(one.ask(ofNewConsumer).text()).isEqualTo("city-guide");
                assertThat(one.admin("GET", "/api/v1/consumers/city-guide").status())
                        .isEqualTo(200);
                assertThat(one.keys("list").out()).contains("k_" + ofNewConsumer.substring(3, 11), "city-guide");

                String next = two.key("roll", id(key), "--overlap", "1h", "-q");
                assertThat(List.of(one.status(key), one.status(next), two.status(key), two.status(next)))
                        .containsOnly(200);
            }
            try (var again = gateway(redis, "two")) {
                assertThat(again.status(key)).isEqualTo(200);
                assertThat(again.ask(ofNewConsumer).text()).isEqualTo("city-guide");
            }
        }
    }

    @Test
    void what_is_taken_back_at_one_is_refused_at_the_other_within_five_seconds() throws Exception {
        try (var redis = RedisServer.start();
                var one = gateway(redis, "one");
                var two = gateway(redis, "two")) {
            String revoked = one.key("create", "acme", "-q");
            String leaked = one.key("create", "acme", "-q");
            String left = one.key("create", "city-guide", "--plan", "free", "-q");
            List<String> all = List.of(revoked, leaked, left);
            assertThat(all).allMatch(key -> one.status(key) == 200 && two.status(key) == 200);

            long begin = System.nanoTime();
            one.key("revoke", id(revoked));
            String next = one.key("roll", id(leaked), "--overlap", "0s", "-q");
            assertThat(one.admin("DELETE", "/api/v1/consumers/city-guide").status())
                    .isEqualTo(200);

            assertThat(all).as("at once where it was done").allMatch(key -> one.status(key) == 401);
            assertThat(two.status(next)).isEqualTo(200);
            await().pollInterval(Duration.ofMillis(50))
                    .atMost(REMEMBERED.plus(MARGIN))
                    .until(() -> all.stream().allMatch(key -> two.status(key) == 401));
            System.out.printf("taken back everywhere after %d ms%n", (System.nanoTime() - begin) / 1_000_000);
            assertThat(two.ask(revoked).text()).contains("API_KEY_INVALID");
            assertThat(two.status("of-the-file")).isEqualTo(200);
        }
    }

    @Test
    void while_the_store_is_away_keys_of_the_file_pass_and_those_of_the_store_are_undecided() throws Exception {
        CleanEnd.expectLog("store 'main-redis'");
        try (var redis = RedisServer.start();
                var one = gateway(redis, "one")) {
            String key = one.key("create", "acme", "-q");
            redis.kill();

            RawAnswer undecided = one.ask(key);
            assertThat(undecided.status()).isEqualTo(503);
            assertThat(undecided.text()).contains("POLICY_UNDECIDED").doesNotContain(key);
            assertThat(one.status("of-the-file")).isEqualTo(200);
            assertThat(one.status("of nobody at all")).as("no key of ours").isEqualTo(401);

            // It keeps nothing on disk: what comes back has forgotten the key.
            redis.restart();
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(2))
                    .until(() -> one.status(key) == 401);
            assertThat(one.status(one.key("create", "acme", "-q"))).isEqualTo(200);
        }
    }

    private AdminedGateway gateway(RedisServer redis, String name) throws Exception {
        String known =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest("of-the-file".getBytes()));
        return AdminedGateway.start(folder.resolve(name + ".yaml"), """
                listeners: { public: { bind: 127.0.0.1, port: 0 } }
                admin: none
                stores: { main-redis: { type: redis, url: "%s", timeout: 1s } }
                security: { authentication: { partner: { type: api_key } } }
                plans: { free: { rate_limit: 1000/min } }
                consumers: { acme: { plan: free, keys: [ { id: k_file, sha256: "%s" } ] } }
                routes: [ { path: /, auth: partner, respond: { body: "{consumer.id}" } } ]
                """.formatted(redis.url(), known));
    }

    private static String id(String key) {
        return "k_" + key.substring(3, 11);
    }
}
