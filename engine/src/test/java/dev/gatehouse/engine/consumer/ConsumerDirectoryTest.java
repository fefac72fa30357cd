package dev.gatehouse.engine.consumer;

import static dev.gatehouse.engine.consumer.Reception.key;
import static dev.gatehouse.engine.consumer.Reception.withAcme;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Consumers.KeyOwner;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ConsumerDirectoryTest {
    @Test
    void a_key_of_the_file_may_be_any_text_and_costs_no_look_up() {
        Reception reception = withAcme(key("k_1", "hush hush", null, null));
        KeyOwner.Known known = (KeyOwner.Known) reception.owner("hush hush");
        assertThat(known.id()).isEqualTo("k_1");
        assertThat(known.consumer().name()).isEqualTo("acme");
        assertThat(known.consumer().groups()).containsExactly("partners");
        assertThat(reception.store.gets).hasValue(0);
    }

    @Test
    void all_keys_of_a_consumer_are_taken() {
        Reception reception = withAcme(key("k_1", "one", null, null), key("k_2", "two", null, null));
        assertThat(reception.owner("one")).isInstanceOf(KeyOwner.Known.class);
        assertThat(reception.owner("two")).isInstanceOf(KeyOwner.Known.class);
    }

    @Test
    void what_can_be_no_key_costs_no_look_up() {
        Reception reception = withAcme();
        for (String text : List.of("", "nope", "gh_nope", "x".repeat(2000))) {
            assertThat(reception.owner(text)).isEqualTo(new KeyOwner.Unknown());
        }
        assertThat(reception.store.gets).hasValue(0);
    }

    @Test
    void a_key_of_the_file_is_taken_from_its_beginning_to_its_end() {
        Reception reception = withAcme(key("k_1", "one", "2026-11-22T12:00:10Z", "2026-11-22T12:01:00Z"));
        assertThat(reception.owner("one"))
                .isEqualTo(new KeyOwner.Lapsed("k_1", "not valid before 2026-11-22T12:00:10Z"));
        reception.advance(Duration.ofSeconds(10));
        assertThat(reception.owner("one")).isInstanceOf(KeyOwner.Known.class);
        reception.advance(Duration.ofSeconds(49));
        assertThat(reception.owner("one")).isInstanceOf(KeyOwner.Known.class);
        reception.advance(Duration.ofSeconds(1));
        assertThat(reception.owner("one")).isEqualTo(new KeyOwner.Lapsed("k_1", "expired 2026-11-22T12:01:00Z"));
    }

    @Test
    void a_key_of_the_store_is_asked_for_once_in_five_seconds() throws Exception {
        Reception reception = withAcme();
        String key = reception.keys.create("acme", null, null).key().reveal();
        reception.store.gets.set(0);
        for (int i = 0; i < 100; i++) {
            assertThat(reception.owner(key)).isInstanceOf(KeyOwner.Known.class);
        }
        int once = reception.store.gets.get();
        assertThat(once).isEqualTo(2); // the key, and whether it was revoked
        reception.advance(StoredKeys.REMEMBERED.plusMillis(1));
        assertThat(reception.owner(key)).isInstanceOf(KeyOwner.Known.class);
        assertThat(reception.store.gets).hasValue(2 * once);
    }

    @Test
    void that_there_is_no_such_key_is_remembered_too() {
        Reception reception = withAcme();
        String key = ApiKey.random(ApiKey.PREFIX, new SecureRandom()).reveal();
        for (int i = 0; i < 100; i++) {
            assertThat(reception.owner(key)).isEqualTo(new KeyOwner.Unknown());
        }
        assertThat(reception.store.gets).hasValue(1);
    }

    @Test
    void those_who_ask_for_a_key_at_the_same_time_share_a_call() throws Exception {
        Reception reception = withAcme();
        String key = reception.keys.create("acme", null, null).key().reveal();
        reception.store.gets.set(0);
        CompletableFuture<Void> gate = new CompletableFuture<>();
        reception.store.gate = gate;
        CompletionStage<KeyOwner> one = reception.directory.owner(key, true);
        CompletionStage<KeyOwner> other = reception.directory.owner(key, true);
        assertThat(reception.store.gets).hasValue(1);
        one.toCompletableFuture().cancel(true); // its client left, the other's did not
        gate.complete(null);
        assertThat(other.toCompletableFuture().join()).isInstanceOf(KeyOwner.Known.class);
    }

    @Test
    void a_store_that_is_down_is_asked_again_by_the_next() throws Exception {
        Reception reception = withAcme(key("k_1", "one", null, null));
        String key = reception.keys.create("acme", null, null).key().reveal();
        reception.store.down = true;
        assertThatThrownBy(() -> reception.owner(key))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(reception.owner("one")).as("a key of the file").isInstanceOf(KeyOwner.Known.class);
        reception.store.down = false;
        assertThat(reception.owner(key)).isInstanceOf(KeyOwner.Known.class);
    }

    @Test
    void a_consumer_that_was_made_while_the_gateway_runs_has_the_plan_of_the_file() throws Exception {
        Reception reception = withAcme();
        reception.consumers.create("city-guide", "free", null, List.of("guides"), List.of("reader"));
        String key = reception.keys.create("city-guide", null, null).key().reveal();
        assertThat(reception.directory.consumer("city-guide")).isNull();
        Consumer consumer = ((KeyOwner.Known) reception.owner(key)).consumer();
        assertThat(consumer.plan()).isSameAs(reception.directory.plan("free"));
        assertThat(consumer.groups()).containsExactly("guides");
        assertThat(consumer.roles()).containsExactly("reader");
        assertThat(reception.directory.consumer("city-guide")).isSameAs(consumer);
    }

    @Test
    void who_only_looks_does_not_count() {
        Reception reception = withAcme(key("k_1", "one", null, null));
        reception.directory.owner("one", false).toCompletableFuture().join();
        assertThat(reception.usage.requests("k_1")).isZero();
        reception.owner("one");
        assertThat(reception.usage.requests("k_1")).isEqualTo(1);
        assertThat(reception.usage.lastUsed("k_1")).isEqualTo(Reception.NOON);
    }
}
