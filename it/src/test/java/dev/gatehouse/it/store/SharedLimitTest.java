package dev.gatehouse.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RedisServer;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Two gateways and one Redis (case H1). `-Dgatehouse.test.shared.seconds=60` asks for as long as the case says.
@LeavesNothingBehind
class SharedLimitTest {
    private static final int LIMIT = 100;
    private static final int CONNECTIONS = 8;
    private static final Duration WINDOW = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofMillis(20);
    private static final double LOST_SECONDS = 0.5;
    private static final int SECONDS = Integer.getInteger("gatehouse.test.shared.seconds", 10);

    @Test
    void let_through_together_what_one_limit_allows() throws Exception {
        CleanEnd.allowLog("store 'main-redis'"); // a busy machine is late now and then
        try (RedisServer redis = RedisServer.start();
                TestGateway one = gateway(redis, "closed");
                TestGateway two = gateway(redis, "closed")) {
            List<Crowd.Seen> seen = Crowd.asks(
                    List.of(one.port(), two.port()), CONNECTIONS, PAUSE, Duration.ofSeconds(SECONDS), () -> null);
            List<Crowd.Seen> allowed = Crowd.allowed(seen);
            int most = Crowd.mostIn(WINDOW, allowed);
            System.out.printf(
                    "%d of %d in %d s, at most %d in a window, slowest %d ms%n",
                    allowed.size(), seen.size(), SECONDS, most, Crowd.slowest(seen));
            assertThat(seen).allMatch(request -> request.status() == 200 || request.status() == 429);
            assertThat(most).isLessThanOrEqualTo(LIMIT + LIMIT / 100);
            assertThat(allowed.size()).isLessThanOrEqualTo(LIMIT * SECONDS * 101 / 100);
            // A store that was late counts as down for half a second, and both gateways may be in it.
            long late = Math.round(LIMIT * LOST_SECONDS * Crowd.slowerThan(TIMEOUT, seen));
            assertThat((long) allowed.size()).isGreaterThanOrEqualTo(LIMIT * SECONDS * 99L / 100 - late);
        }
    }

    @Test
    void count_alone_while_the_store_is_dead_and_together_again_within_two_seconds() throws Exception {
        CleanEnd.expectLog("store 'main-redis'");
        try (RedisServer redis = RedisServer.start();
                TestGateway one = gateway(redis, "local_share");
                TestGateway two = gateway(redis, "local_share")) {
            AtomicLong dead = new AtomicLong();
            AtomicLong alive = new AtomicLong();
            AtomicLong recovery = new AtomicLong();
            List<Crowd.Seen> seen =
                    Crowd.asks(List.of(one.port(), two.port()), CONNECTIONS, PAUSE, Duration.ofSeconds(11), () -> {
                        Thread.sleep(3000);
                        redis.kill();
                        dead.set(System.nanoTime());
                        Thread.sleep(4500);
                        redis.restart();
                        alive.set(System.nanoTime());
                        while (!counts(redis)) {
                            Thread.sleep(10);
                        }
                        recovery.set(System.nanoTime() - alive.get());
                        return null;
                    });
            // A window later nothing of before counts any more.
            long begin = dead.get() + Duration.ofMillis(1600).toNanos();
            List<Crowd.Seen> alone = Crowd.allowed(seen).stream()
                    .filter(request -> request.sent() - begin >= 0 && request.answered() - alive.get() < 0)
                    .toList();
            double seconds = (alive.get() - begin) / 1e9;
            System.out.printf(
                    "alone %.1f per second, recovery %d ms, slowest %d ms%n",
                    alone.size() / seconds, recovery.get() / 1_000_000, Crowd.slowest(seen));
            assertThat(seen).allMatch(request -> request.status() == 200 || request.status() == 429);
            assertThat(Crowd.mostIn(WINDOW, alone)).isLessThanOrEqualTo(LIMIT + LIMIT / 100);
            assertThat(alone.size() / seconds).isGreaterThan(LIMIT * 0.8);
            assertThat(Duration.ofNanos(recovery.get())).isLessThan(Duration.ofSeconds(2));
        }
    }

    /// Whether a limit is counted there, by somebody who waited for it to be back.
    private static boolean counts(RedisServer redis) {
        return redis.ask("keys", "gatehouse:*").lines().anyMatch(key -> !key.equals("gatehouse::nodes"));
    }

    private static TestGateway gateway(RedisServer redis, String whenDown) {
        return TestGateway.from("""
            stores:
              main-redis: { type: redis, url: "%s", on_store_down: %s }
            routes:
              - path: /**
                respond: { status: 200, body: ok }
                rate_limit: { per: client_ip, limit: 100/s, store: main-redis }
            """.formatted(redis.url(), whenDown));
    }
}
