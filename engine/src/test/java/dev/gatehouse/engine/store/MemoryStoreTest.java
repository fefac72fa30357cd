package dev.gatehouse.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private long now;
    private final Store store = new MemoryStore(() -> now);

    @Test
    void a_value_is_there_until_it_expires() {
        store.put("k", "v".getBytes(UTF_8), MINUTE);
        pass(Duration.ofSeconds(59));
        assertThat(text("k")).isEqualTo("v");
        pass(Duration.ofSeconds(1));
        assertThat(text("k")).isNull();
    }

    @Test
    void a_value_put_again_lasts_as_long_as_the_new_one_says() {
        store.put("k", "old".getBytes(UTF_8), Duration.ofSeconds(1));
        store.put("k", "new".getBytes(UTF_8), MINUTE);
        pass(Duration.ofSeconds(30));
        assertThat(text("k")).isEqualTo("new");
    }

    @Test
    void the_first_to_put_wins_until_it_expires() {
        assertThat(now(store.putIfAbsent("k", "a".getBytes(UTF_8), MINUTE))).isTrue();
        assertThat(now(store.putIfAbsent("k", "b".getBytes(UTF_8), MINUTE))).isFalse();
        assertThat(text("k")).isEqualTo("a");
        pass(MINUTE);
        assertThat(now(store.putIfAbsent("k", "c".getBytes(UTF_8), MINUTE))).isTrue();
    }

    @Test
    void what_is_there_is_kept_for_longer_and_what_was_removed_does_not_come_back() {
        store.put("k", "v".getBytes(UTF_8), MINUTE);
        pass(Duration.ofSeconds(50));
        assertThat(now(store.prolong("k", MINUTE))).isTrue();
        pass(Duration.ofSeconds(50));
        assertThat(text("k")).isEqualTo("v");
        assertThat(now(store.prolong("k", Duration.ofSeconds(5))))
                .as("and shorter")
                .isTrue();
        pass(Duration.ofSeconds(5));
        assertThat(text("k")).isNull();

        assertThat(now(store.prolong("k", MINUTE))).isFalse();
        assertThat(text("k")).isNull();
    }

    @Test
    void a_number_grows_from_0_and_ends_when_its_first_addition_said() {
        assertThat(now(store.add("n", 2, MINUTE))).isEqualTo(2);
        pass(Duration.ofSeconds(40));
        assertThat(now(store.add("n", 3, MINUTE))).isEqualTo(5);
        assertThat(text("n")).isEqualTo("5");
        pass(Duration.ofSeconds(20));
        assertThat(now(store.add("n", 1, MINUTE))).isEqualTo(1);
    }

    @Test
    void what_is_removed_is_gone() {
        store.put("k", "v".getBytes(UTF_8), MINUTE);
        assertThat(now(store.remove("k"))).isTrue();
        assertThat(now(store.remove("k"))).isFalse();
        assertThat(text("k")).isNull();
    }

    @Test
    void nobody_changes_a_value_from_outside() {
        byte[] value = "v".getBytes(UTF_8);
        store.put("k", value, MINUTE);
        value[0] = 'x';
        assertThat(text("k")).isEqualTo("v");
    }

    @Test
    void who_peeks_sees_what_is_there_and_writes_for_itself() {
        store.put("k", "v".getBytes(UTF_8), MINUTE);
        store.add("n", 4, MINUTE);
        Store peeked = store.peek();

        assertThat(now(peeked.add("n", 1, MINUTE))).isEqualTo(5);
        assertThat(now(peeked.add("n", 1, MINUTE))).isEqualTo(6);
        assertThat(now(peeked.remove("k"))).isTrue();
        assertThat(now(peeked.putIfAbsent("k", "w".getBytes(UTF_8), MINUTE))).isTrue();
        assertThat(new String(now(peeked.get("k")), UTF_8)).isEqualTo("w");
        assertThat(now(peeked.prolong("k", MINUTE))).isTrue();
        assertThat(now(peeked.prolong("nothing", MINUTE))).isFalse();
        peeked.put("other", "x".getBytes(UTF_8), MINUTE);

        assertThat(text("k")).isEqualTo("v");
        assertThat(text("n")).isEqualTo("4");
        assertThat(text("other")).isNull();
    }

    @Test
    void who_peeks_at_limits_takes_for_itself() {
        LimitRule three = new LimitRule.SlidingWindow(3, 60_000);
        List<LimitTake> one = List.of(new LimitTake(three, "limit/a", 1));
        now(store.take(one));
        Store peeked = store.peek();

        assertThat(now(peeked.take(one)).getFirst().remaining()).isEqualTo(1);
        assertThat(now(peeked.take(one)).getFirst().remaining()).isZero();
        assertThat(now(peeked.take(one)).getFirst())
                .extracting(LimitState::allowed, LimitState::remaining)
                .containsExactly(false, 0L);
        assertThat(now(store.look(one)).getFirst().remaining()).isEqualTo(1);
    }

    @Test
    void keys_of_values_and_of_limits_are_found_and_removed_alike() {
        store.put("limit/b", "v".getBytes(UTF_8), MINUTE);
        now(store.take(List.of(new LimitTake(new LimitRule.FixedWindow(1, 60_000), "limit/a", 1))));

        assertThat(now(store.keys("limit/", 10))).containsExactlyInAnyOrder("limit/a", "limit/b");
        assertThat(now(store.keys("limit/", 1))).hasSize(1);
        assertThat(now(store.remove("limit/a"))).isTrue();
        assertThat(now(store.keys("limit/", 10))).containsExactly("limit/b");
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private String text(String key) {
        byte[] value = now(store.get(key));
        return value == null ? null : new String(value, UTF_8);
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().resultNow();
    }
}
