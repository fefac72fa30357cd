package dev.gatehouse.it.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.app.admin.AdminServer;
import dev.gatehouse.app.admin.OperatedGateway;
import dev.gatehouse.app.reload.LiveConfig;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.telemetry.recent.RecentRequests;
import dev.gatehouse.it.auth.SignedToken;
import dev.gatehouse.it.cli.GatehouseCommandLine;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RawAnswer;
import dev.gatehouse.testkit.RawClient;
import dev.gatehouse.testkit.RedisServer;
import dev.gatehouse.testkit.TestGateway;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Tokens that are good by themselves and were revoked all the same: two gateways and the list in one Redis, where an
/// operator of one of them writes it, or anybody else who knows its form.
@LeavesNothingBehind
class SharedRevocationTest {
    private static final Duration CACHE = Duration.ofMillis(300);
    private static final Duration MARGIN = Duration.ofMillis(300);

    @Test
    void a_token_is_void_on_both_within_the_time_an_answer_holds() throws IOException {
        try (var redis = RedisServer.start();
                var one = gateway(redis, "closed");
                var two = gateway(redis, "closed")) {
            String gone = token("t-1", "u1");
            String other = token("t-2", "u1");
            for (TestGateway gateway : new TestGateway[] {one, two}) {
                assertThat(ask(gateway, gone).status()).isEqualTo(200);
                assertThat(ask(gateway, other).status()).isEqualTo(200);
            }

            byOperator(one, file(redis, "closed"), "--jti", "t-1", "--for", "1h");

            assertThat(Integer.parseInt(redis.ask("ttl", "gatehouse:revoked/jti/t-1")))
                    .isBetween(3590, 3600);
            for (TestGateway gateway : new TestGateway[] {one, two}) {
                refusedInTime(gateway, gone);
                assertThat(ask(gateway, other).status()).isEqualTo(200);
            }
            RawAnswer refused = ask(two, gone);
            assertThat(refused.text()).contains("\"INVALID_TOKEN\"").doesNotContain(gone, "t-1");
            assertThat(refused.headers("WWW-Authenticate"))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("invalid_token");

            byOperator(two, file(redis, "closed"), "--jti", "t-1", "--undo");
            await().atMost(CACHE.plus(MARGIN)).until(() -> ask(one, gone).status() == 200);
        }
    }

    @Test
    void all_tokens_of_somebody_until_now_are_void_and_later_ones_are_not() {
        try (var redis = RedisServer.start();
                var one = gateway(redis, "closed");
                var two = gateway(redis, "closed")) {
            long now = Instant.now().getEpochSecond();
            String old = SignedToken.saying("\"sub\":\"u1\",\"jti\":\"a\",\"iat\":" + (now - 60));
            String undated = SignedToken.saying("\"sub\":\"u1\"");
            String later = SignedToken.saying("\"sub\":\"u1\",\"jti\":\"b\",\"iat\":" + now);
            String others = SignedToken.saying("\"sub\":\"u2\",\"jti\":\"c\",\"iat\":" + (now - 60));
            for (String token : new String[] {old, undated, later, others}) {
                assertThat(ask(two, token).status()).isEqualTo(200);
            }

            redis.ask("set", "gatehouse:revoked/sub/u1", Long.toString(now - 1), "ex", "3600");

            for (TestGateway gateway : new TestGateway[] {one, two}) {
                refusedInTime(gateway, old);
                refusedInTime(gateway, undated);
                assertThat(ask(gateway, later).status()).isEqualTo(200);
                assertThat(ask(gateway, others).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void a_gateway_that_starts_anew_knows_the_list() {
        try (var redis = RedisServer.start()) {
            String gone = token("t-1", "u1");
            try (var before = gateway(redis, "closed")) {
                assertThat(ask(before, gone).status()).isEqualTo(200);
                redis.ask("set", "gatehouse:revoked/jti/t-1", "1", "ex", "3600");
            }
            try (var after = gateway(redis, "closed")) {
                assertThat(ask(after, gone).status()).isEqualTo(401);
                after.reload(file(redis, "closed") + "  - { path: /new, respond: { body: new } }\n");
                assertThat(ask(after, gone).status()).isEqualTo(401);
            }
        }
    }

    @Test
    void while_the_list_is_away_closed_refuses_and_open_lets_pass() {
        CleanEnd.expectLog("store 'main-redis'");
        try (var redis = RedisServer.start();
                var closed = gateway(redis, "closed");
                var open = gateway(redis, "open")) {
            String known = token("t-1", "u1");
            assertThat(ask(closed, known).status()).isEqualTo(200);
            assertThat(ask(open, known).status()).isEqualTo(200);

            redis.kill();

            await().atMost(CACHE.plus(MARGIN)).until(() -> ask(closed, known).status() == 503);
            RawAnswer undecided = ask(closed, token("t-2", "u1"));
            assertThat(undecided.status()).isEqualTo(503);
            assertThat(undecided.text()).contains("\"POLICY_UNDECIDED\"").doesNotContain("127.0.0.1");
            assertThat(ask(closed, "e30.e30.e30").status())
                    .as("no token at all")
                    .isEqualTo(401);
            for (int i = 0; i < 20; i++) {
                assertThat(ask(open, known).status()).isEqualTo(200);
                assertThat(ask(open, token("o-" + i, "u1")).status()).isEqualTo(200);
            }

            redis.restart();
            redis.ask("set", "gatehouse:revoked/jti/t-1", "1", "ex", "3600");
            await().atMost(Duration.ofSeconds(2)).until(() -> ask(closed, known).status() == 401);
            await().atMost(Duration.ofSeconds(2)).until(() -> ask(open, known).status() == 401);
            assertThat(ask(closed, token("t-2", "u1")).status()).isEqualTo(200);
        }
    }

    /// By `gatehouse revoke`, of one of the gateways.
    private static void byOperator(TestGateway gateway, String file, String... options) throws IOException {
        Path nowhere = Path.of("gateway.yaml").toAbsolutePath();
        LoadOptions loading = LoadOptions.standard();
        Loaded loaded = ConfigLoader.load(new SourceFile("gateway.yaml", nowhere, file), loading);
        var live = new LiveConfig(nowhere, loading, loaded, gateway.gateway(), InstantSource.system());
        var operated = new OperatedGateway(
                live, new RecentRequests(gateway.gateway().loops()), "1.0.0", InstantSource.system());
        try (var admin = AdminServer.start(new InetSocketAddress("127.0.0.1", 0), null, operated)) {
            List<String> line = new ArrayList<>(List.of("revoke"));
            line.addAll(List.of(options));
            line.addAll(List.of("--server", "127.0.0.1:" + admin.address().getPort()));
            GatehouseCommandLine said = GatehouseCommandLine.of(line.toArray(String[]::new));
            assertThat(said.code()).as(said.err()).isZero();
            assertThat(said.out()).endsWith("in main-redis\n");
        }
    }

    private static void refusedInTime(TestGateway gateway, String token) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(CACHE.plus(MARGIN))
                .until(() -> ask(gateway, token).status() == 401);
    }

    private static String token(String id, String subject) {
        return SignedToken.saying("\"sub\":\"" + subject + "\",\"jti\":\"" + id + "\"");
    }

    private static RawAnswer ask(TestGateway gateway, String token) {
        return RawClient.ask(
                gateway.port(),
                "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    }

    private static TestGateway gateway(RedisServer redis, String whenDown) {
        return TestGateway.from(file(redis, whenDown));
    }

    private static String file(RedisServer redis, String whenDown) {
        return """
                errors: { expose: safe }
                stores: { main-redis: { type: redis, url: "%s", timeout: 1s } }
                security:
                  authentication:
                    customer:
                      type: jwt
                      secret: "%s"
                      revocation: { store: main-redis, cache: 300ms, on_store_down: %s }
                routes:
                  - { path: /, auth: customer, respond: { body: "{jwt.sub}" } }
                """.formatted(redis.url(), SignedToken.SECRET, whenDown);
    }
}
