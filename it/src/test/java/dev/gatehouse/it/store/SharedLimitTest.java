package dev.gatehouse.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.engine.telemetry.metrics.MetricFamily;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RedisServer;
import dev.gatehouse.testkit.TestGateway;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final int STALLING = 5;
    private static final int STALLS = 8;
    private static final Duration STALL = Duration.ofMillis(60);
    private static final Duration AFTERWARDS = Duration.ofMillis(40);
    private static final int SECONDS = Integer.getInteger("gatehouse.test.shared.seconds", 10);

    @Test
    void let_through_together_what_one_limit_allows() throws Exception {
        CleanEnd.allowLog("store 'main-redis'"); // a busy machine is late now and then
        try (RedisServer redis = RedisServer.start();
                TestGateway one = gateway(redis, "closed");
                TestGateway two = gateway(redis, "closed")) {
            List<Crowd.Seen> seen = Crowd.asks(
                    List.of(one.port(), two.port()), CONNECTIONS, PAUSE, Duration.ofSeconds(SECONDS), () -> null);
            isJustTheLimit(seen, withoutStore(one) + withoutStore(two));
        }
    }

    @Test
    void are_without_the_store_for_as_long_as_it_is_late_and_no_longer() throws Exception {
        CleanEnd.allowLog("store 'main-redis'");
        try (RedisServer redis = RedisServer.start();
                TestGateway one = gateway(redis, "closed");
                TestGateway two = gateway(redis, "closed")) {
            List<long[]> stalls = new ArrayList<>();
            List<Crowd.Seen> seen = Crowd.asks(
                    List.of(one.port(), two.port()), CONNECTIONS, PAUSE, Duration.ofSeconds(STALLING), () -> {
                        for (int i = 0; i < STALLS; i++) {
                            Thread.sleep(400);
                            long frozen = System.nanoTime();
                            redis.freeze();
                            Thread.sleep(STALL);
                            redis.thaw();
                            stalls.add(new long[] {frozen, System.nanoTime()});
                        }
                        return null;
                    });
            long without = withoutStore(one) + withoutStore(two);
            long meanwhile = seen.stream()
                    .filter(request -> stalls.stream()
                            .anyMatch(stall -> request.answered() - stall[0] >= 0
                                    && request.sent() - stall[1] <= AFTERWARDS.toNanos()))
                    .count();
            System.out.printf("%d without the store, %d came while it was late%n", without, meanwhile);
            isJustTheLimit(seen, without);
            assertThat(without).isPositive().isLessThanOrEqualTo(meanwhile + lateByThemselves(seen, stalls));
        }
    }

    /// Those that waited longer than the store is given, though nobody kept it: the machine was busy.
    private static long lateByThemselves(List<Crowd.Seen> seen, List<long[]> stalls) {
        return Crowd.slowerThan(
                TIMEOUT,
                seen.stream()
                        .filter(request -> stalls.stream()
                                .allMatch(stall -> request.answered() - stall[0] < 0
                                        || request.sent() - stall[1] > AFTERWARDS.toNanos()))
                        .toList());
    }

    /// Within 1 % of what a perfect count lets through of the same requests, and never over the limit. Whoever was
    /// decided about without the store was refused, at the cost of one at most; on a machine that has nothing else
    /// to do there are none.
    private static void isJustTheLimit(List<Crowd.Seen> seen, long withoutStore) {
        int allowed = Crowd.allowed(seen).size();
        int most = Crowd.mostIn(WINDOW, Crowd.allowed(seen));
        int perfect = Crowd.perfect(LIMIT, WINDOW, seen);
        System.out.printf(
                "%d of %d, %d would be perfect, at most %d in a window, %d without the store, slowest %d ms%n",
                allowed, seen.size(), perfect, most, withoutStore, Crowd.slowest(seen));
        assertThat(seen).allMatch(request -> request.status() == 200 || request.status() == 429);
        assertThat(most).isLessThanOrEqualTo(LIMIT + LIMIT / 100);
        assertThat(allowed).isLessThanOrEqualTo(perfect + perfect / 100);
        assertThat(allowed + withoutStore).isGreaterThanOrEqualTo(perfect - perfect / 100);
    }

    private static long withoutStore(TestGateway gateway) {
        return gateway.gateway().metrics().stream()
                .filter(family -> family.metric().name().equals("gatehouse_rate_limit_without_store_total"))
                .flatMap(family -> family.rows().stream())
                .mapToLong(row -> (long) ((MetricFamily.Figure) row).value())
                .sum();
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
