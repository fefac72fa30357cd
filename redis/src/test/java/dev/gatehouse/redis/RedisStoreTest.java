package dev.gatehouse.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.testkit.LeavesNothingBehind;
import dev.gatehouse.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The store on a real Redis that is well.
@LeavesNothingBehind
class RedisStoreTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void keeps_values_until_they_expire() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.at(redis.url()))) {
            assertThat(Stores.now(store.get("session/a"))).isNull();
            Stores.now(store.put("session/a", "one".getBytes(UTF_8), MINUTE));
            assertThat(Stores.now(store.get("session/a"))).asString(UTF_8).isEqualTo("one");
            assertThat(Stores.now(store.putIfAbsent("session/a", "two".getBytes(UTF_8), MINUTE)))
                    .isFalse();
            assertThat(Stores.now(store.putIfAbsent("session/b", "two".getBytes(UTF_8), Duration.ofMillis(1))))
                    .isTrue();
            assertThat(Stores.now(store.remove("session/a"))).isTrue();
            assertThat(Stores.now(store.remove("session/a"))).isFalse();
            Stores.until(Duration.ofSeconds(2), () -> redis.ask("dbsize").equals("0"));
        }
    }

    @Test
    void keeps_what_is_there_for_longer_and_brings_nothing_back() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.at(redis.url()))) {
            Stores.now(store.put("session/a", "one".getBytes(UTF_8), MINUTE));
            assertThat(Stores.now(store.prolong("session/a", Duration.ofHours(1))))
                    .isTrue();
            assertThat(Long.parseLong(redis.ask("pttl", "gatehouse:session/a"))).isBetween(60_001L, 3_600_000L);
            Stores.now(store.remove("session/a"));
            assertThat(Stores.now(store.prolong("session/a", MINUTE))).isFalse();
            assertThat(redis.ask("dbsize")).isEqualTo("0");
        }
    }

    @Test
    void adds_to_a_number_whose_time_runs_from_the_first_addition() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.at(redis.url()))) {
            assertThat(Stores.now(store.add("count/a", 5, MINUTE))).isEqualTo(5);
            assertThat(Stores.now(store.add("count/a", -2, Duration.ofHours(5))))
                    .isEqualTo(3);
            assertThat(Stores.now(store.get("count/a"))).asString(UTF_8).isEqualTo("3");
            assertThat(Long.parseLong(redis.ask("pttl", "gatehouse:count/a"))).isBetween(1L, 60_000L);
        }
    }

    @Test
    void lists_the_keys_that_begin_so_and_takes_no_letter_for_a_pattern() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.patient(Stores.at(redis.url())))) {
            for (int i = 0; i < 2500; i++) {
                store.put("key/" + i, new byte[] {1}, MINUTE);
            }
            Stores.now(store.put("k*y/1", new byte[] {1}, MINUTE));
            Stores.now(store.put("other/1", new byte[] {1}, MINUTE));
            assertThat(Stores.now(store.keys("key/", 10_000))).hasSize(2500).contains("key/77");
            assertThat(Stores.now(store.keys("k*", 10))).containsExactly("k*y/1");
            assertThat(Stores.now(store.keys("key/", 7))).hasSize(7);
        }
    }

    @Test
    void lets_the_limit_through_and_says_when_to_come_back() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.at(redis.url()))) {
            LimitTake wish = Stores.sliding(3, "login/client_ip=203.0.113.7");
            assertThat(Stores.take(store, wish).remaining()).isEqualTo(2);
            assertThat(Stores.take(store, wish).remaining()).isEqualTo(1);
            LimitState third = Stores.take(store, wish);
            assertThat(third.allowed()).isTrue();
            assertThat(third.remaining()).isZero();
            assertThat(third.resetMillis()).isBetween(59_000L, 60_600L);
            LimitState fourth = Stores.take(store, wish);
            assertThat(fourth.allowed()).isFalse();
            assertThat(fourth.retryMillis()).isBetween(59_000L, 60_600L);
            assertThat(Long.parseLong(redis.ask("pttl", "gatehouse:" + wish.key())))
                    .isBetween(55_000L, 62_000L);
        }
    }

    @Test
    void takes_from_all_limits_or_from_none() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.at(redis.url()))) {
            List<LimitTake> both = List.of(Stores.sliding(10, "a"), Stores.sliding(1, "b"));
            assertThat(Stores.now(store.take(both))).allMatch(LimitState::allowed);
            List<LimitState> second = Stores.now(store.take(both));
            assertThat(second.get(0))
                    .extracting(LimitState::allowed, LimitState::remaining)
                    .containsExactly(true, 9L);
            assertThat(second.get(1))
                    .extracting(LimitState::allowed, LimitState::remaining)
                    .containsExactly(false, 0L);
        }
    }

    @Test
    void looks_without_writing() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.at(redis.url()))) {
            for (LimitRule rule : everyRule()) {
                LimitState seen = Stores.now(store.look(List.of(new LimitTake(rule, "look", 2))))
                        .getFirst();
                assertThat(seen.allowed()).isTrue();
                assertThat(seen.remaining()).isEqualTo(3);
            }
            assertThat(redis.ask("dbsize")).isEqualTo("0");
        }
    }

    @Test
    void gives_every_bucket_an_expiry() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.at(redis.url()))) {
            int number = 0;
            for (LimitRule rule : everyRule()) {
                String key = "expiry/" + number++;
                assertThat(Stores.take(store, new LimitTake(rule, key, 2)).remaining())
                        .isEqualTo(3);
                assertThat(Long.parseLong(redis.ask("pttl", "gatehouse:" + key)))
                        .isBetween(1L, 62_000L);
            }
        }
    }

    @Test
    void a_bucket_of_another_kind_counts_for_nothing() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.at(redis.url()))) {
            for (LimitRule before : everyRule()) {
                for (LimitRule rule : everyRule()) {
                    if (!before.equals(rule)) {
                        redis.ask("flushall");
                        Stores.take(store, new LimitTake(before, "key", 5));
                        LimitState state = Stores.take(store, new LimitTake(rule, "key", 1));
                        boolean sameCount =
                                before instanceof LimitRule.SlidingWindow && rule instanceof LimitRule.Concurrency;
                        sameCount |= before instanceof LimitRule.Concurrency && rule instanceof LimitRule.SlidingWindow;
                        assertThat(state.allowed()).as(before + " then " + rule).isEqualTo(!sameCount);
                    }
                }
            }
        }
    }

    private static List<LimitRule> everyRule() {
        long now = System.currentTimeMillis();
        return List.of(
                new LimitRule.SlidingWindow(5, 60_000),
                new LimitRule.Gcra(100, 60_000, 5),
                new LimitRule.FixedWindow(5, 60_000),
                new LimitRule.Calendar(5, now - 1000, now + 60_000),
                new LimitRule.Concurrency(5, 60_000));
    }

    @Test
    void what_is_given_back_can_be_taken_again() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.at(redis.url()))) {
            LimitTake wish = new LimitTake(new LimitRule.Concurrency(2, 60_000), "slow", 1);
            assertThat(Stores.take(store, wish).allowed()).isTrue();
            assertThat(Stores.take(store, wish).allowed()).isTrue();
            assertThat(Stores.take(store, wish).allowed()).isFalse();
            store.giveBack(List.of(wish));
            assertThat(Stores.take(store, wish).allowed()).isTrue();
            store.giveBack(List.of(wish, Stores.sliding(1, "not given back")));
            store.giveBack(List.of(wish));
            assertThat(Stores.now(store.look(List.of(wish))).getFirst().remaining())
                    .isEqualTo(1);
            Stores.until(Duration.ofSeconds(1), () -> redis.ask("dbsize").equals("0"));
        }
    }

    @Test
    void numbers_beyond_those_lua_prints_are_kept_to_the_last_digit() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.at(redis.url()))) {
            long many = (1L << 52) - 3;
            for (LimitRule rule :
                    List.of(new LimitRule.SlidingWindow(many, 60_000), new LimitRule.FixedWindow(many, 60_000))) {
                String key = "many/" + rule.getClass().getSimpleName();
                Stores.take(store, new LimitTake(rule, key, many - 10));
                assertThat(Stores.take(store, new LimitTake(rule, key, 1)).remaining())
                        .isEqualTo(9);
            }
        }
    }

    @Test
    void what_a_view_takes_stays_in_the_view() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.at(redis.url()))) {
            LimitTake wish = Stores.sliding(3, "key");
            Stores.take(store, wish);
            Store view = store.peek();
            assertThat(Stores.take(view, wish).remaining()).isEqualTo(1);
            assertThat(Stores.take(view, wish).remaining()).isZero();
            assertThat(Stores.take(view, wish).allowed()).isFalse();
            Stores.now(view.put("session/a", new byte[] {1}, MINUTE));
            assertThat(Stores.now(view.get("session/a"))).isNotNull();
            assertThat(Stores.now(store.get("session/a"))).isNull();
            assertThat(Stores.take(store, wish).remaining()).isEqualTo(1);
        }
    }

    @Test
    void never_lets_more_through_than_the_limit_however_many_ask_at_once() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store one = Stores.asking(Stores.with(Stores.at(redis.url()), Duration.ofSeconds(2), 2, 1));
                Store two = Stores.asking(Stores.patient(Stores.at(redis.url())))) {
            List<CompletableFuture<List<LimitState>>> asked = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                asked.add((i % 2 == 0 ? one : two)
                        .take(List.of(Stores.sliding(500, "key")))
                        .toCompletableFuture());
            }
            long allowed = 0;
            for (CompletableFuture<List<LimitState>> answer : asked) {
                allowed += Stores.now(answer).getFirst().allowed() ? 1 : 0;
            }
            assertThat(allowed).isEqualTo(500);
        }
    }

    @Test
    void counts_the_gateways_that_live() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store one = Stores.running(Stores.patient(Stores.at(redis.url())), "one")) {
            try (Store two = Stores.running(Stores.patient(Stores.at(redis.url())), "two");
                    Store asking = Stores.asking(Stores.at(redis.url()))) {
                Stores.until(Duration.ofSeconds(5), () -> one.nodes() == 2 && two.nodes() == 2);
                Stores.now(asking.get("x"));
                assertThat(asking.nodes()).isEqualTo(1);
                assertThat(Stores.now(asking.keys("", 10))).isEmpty();
            }
            Stores.until(Duration.ofSeconds(3), () -> one.nodes() == 1);
        }
    }

    @Test
    void tokens_taken_ahead_are_spent_without_asking_and_never_exceed_the_limit() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Store store = Stores.asking(Stores.with(Stores.at(redis.url()), Duration.ofSeconds(2), 1, 10))) {
            LimitTake wish = Stores.sliding(1000, "key");
            assertThat(Stores.take(store, wish).remaining()).isEqualTo(999);
            assertThat(redis.ask("hget", "gatehouse:key", "used")).isEqualTo("10");
            long allowed = 1;
            while (Stores.take(store, wish).allowed()) {
                allowed++;
            }
            assertThat(allowed).isBetween(900L, 1000L);
            assertThat(redis.ask("hget", "gatehouse:key", "used")).isEqualTo("1000");
        }
    }
}
