package dev.gatehouse.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.testkit.CleanEnd;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The store while its server is not there, or hangs, or may not write.
@LeavesNothingBehind
class RedisAwayTest {
    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final LimitTake WISH = Stores.sliding(1_000_000, "key");

    @Test
    void fails_at_once_while_the_server_is_dead_and_works_within_two_seconds_of_its_return() throws Exception {
        CleanEnd.expectLog("store 'main-redis' (redis://127.0.0.1:");
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.running(Stores.at(redis.url()), "one")) {
            Stores.until(Duration.ofSeconds(5), () -> Stores.works(store));
            redis.kill();
            Stores.until(RECOVERY, () -> !Stores.works(store));
            long began = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                CompletableFuture<?> answer = store.take(List.of(WISH)).toCompletableFuture();
                assertThat(answer).isCompletedExceptionally();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(500));
            assertThat(store.isUp()).isFalse();
            assertThatThrownBy(() -> Stores.take(store, WISH)).hasRootCauseInstanceOf(IOException.class);
            redis.restart();
            System.out.println("back after " + Stores.until(RECOVERY, () -> Stores.works(store)) + " ms");
            assertThat(Stores.take(store, WISH).allowed()).isTrue();
            assertThat(store.isUp()).isTrue();
        }
    }

    @Test
    void a_server_that_is_not_there_at_the_start_is_found_when_it_comes() throws Exception {
        CleanEnd.expectLog("connection refused");
        try (RedisServer redis = RedisServer.start()) {
            redis.kill();
            try (Store store = Stores.running(Stores.at(redis.url()), "one")) {
                assertThatThrownBy(() -> Stores.take(store, WISH)).hasRootCauseInstanceOf(IOException.class);
                redis.restart();
                Stores.until(RECOVERY, () -> Stores.works(store));
            }
        }
    }

    @Test
    void a_server_that_hangs_costs_the_time_out_once_and_then_nothing() throws Exception {
        CleanEnd.expectLog("no answer");
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.running(Stores.at(redis.url()), "one")) {
            Stores.until(Duration.ofSeconds(5), () -> Stores.works(store));
            redis.freeze();
            List<Long> slow = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                long began = System.nanoTime();
                assertThatThrownBy(() -> Stores.take(store, WISH)).hasRootCauseInstanceOf(IOException.class);
                long took = Duration.ofNanos(System.nanoTime() - began).toMillis();
                if (took >= 10) {
                    slow.add(took);
                }
            }
            System.out.println("slow ones: " + slow);
            assertThat(slow).hasSizeLessThan(20);
            assertThat(slow.getFirst()).isBetween(10L, 50L);
            Thread.sleep(2500); // longer than it takes to give the connection up
            redis.thaw();
            System.out.println("thawed after " + Stores.until(RECOVERY, () -> Stores.works(store)) + " ms");
        }
    }

    @Test
    void a_short_hiccup_ends_with_the_first_late_answer() throws Exception {
        CleanEnd.allowLog("no answer");
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.running(Stores.at(redis.url()), "one")) {
            Stores.until(Duration.ofSeconds(5), () -> Stores.works(store));
            redis.freeze();
            assertThatThrownBy(() -> Stores.take(store, WISH)).hasRootCauseInstanceOf(IOException.class);
            Thread.sleep(100);
            redis.thaw();
            assertThat(Stores.until(RECOVERY, () -> Stores.works(store))).isLessThan(500);
        }
    }

    @Test
    void a_server_that_lost_its_scripts_is_told_them_again() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.running(Stores.patient(Stores.at(redis.url())), "one")) {
            assertThat(Stores.take(store, WISH).remaining()).isEqualTo(999_999);
            redis.ask("script", "flush");
            List<CompletableFuture<List<LimitState>>> asked = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                asked.add(store.take(List.of(WISH)).toCompletableFuture());
            }
            for (CompletableFuture<List<LimitState>> answer : asked) {
                assertThat(Stores.now(answer).getFirst().allowed()).isTrue();
            }
            assertThat(Stores.take(store, WISH).remaining()).isEqualTo(999_948);
        }
    }

    @Test
    void a_server_that_may_not_write_is_down_until_it_may() throws Exception {
        CleanEnd.expectLog("READONLY");
        try (RedisServer master = RedisServer.start("--repl-diskless-sync-delay", "0");
                RedisServer redis = RedisServer.start();
                Store store = Stores.running(Stores.at(redis.url()), "one")) {
            Stores.until(Duration.ofSeconds(5), () -> Stores.works(store));
            redis.ask("replicaof", "127.0.0.1", Integer.toString(master.port()));
            Stores.until(
                    Duration.ofSeconds(5),
                    () -> redis.ask("info", "replication").contains("master_link_status:up"));
            Stores.until(RECOVERY, () -> isRefused(store));
            Stores.until(RECOVERY, () -> !Stores.works(store));
            redis.ask("replicaof", "no", "one");
            System.out.println("writes after " + Stores.until(RECOVERY, () -> !isRefused(store)) + " ms");
        }
    }

    private static boolean isRefused(Store store) {
        try {
            Stores.take(store, WISH);
            return false;
        } catch (Exception e) {
            return true;
        }
    }

    @Test
    void a_wrong_password_is_told_without_the_password() throws Exception {
        CleanEnd.expectLog("cannot be used: no connection: ");
        try (RedisServer redis = RedisServer.start("--requirepass", "right");
                Store store = Stores.running(Stores.at(redis.url().replace("://", "://:wrong-secret@")), "one")) {
            assertThatThrownBy(() -> Stores.take(store, WISH))
                    .hasRootCauseInstanceOf(IOException.class)
                    .message()
                    .doesNotContain("wrong-secret");
            Stores.until(RECOVERY, () -> !store.isUp());
        }
    }
}
