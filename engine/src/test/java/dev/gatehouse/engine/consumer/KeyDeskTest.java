package dev.gatehouse.engine.consumer;

import static dev.gatehouse.engine.consumer.Reception.NOON;
import static dev.gatehouse.engine.consumer.Reception.key;
import static dev.gatehouse.engine.consumer.Reception.withAcme;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.api.identity.Consumers.KeyOwner;
import dev.gatehouse.engine.consumer.KeyEntry.State;
import dev.gatehouse.engine.consumer.KeyRefused.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeyDeskTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void what_is_kept_of_a_key_is_not_the_key() throws Exception {
        Reception reception = withAcme();
        ApiKey key = reception.keys.create("acme", null, NOON.plus(DAY)).key();
        for (String name : reception.store.keys("", 100).toCompletableFuture().join()) {
            byte[] value = reception.store.get(name).toCompletableFuture().join();
            assertThat(name + new String(value, StandardCharsets.UTF_8))
                    .doesNotContain(key.reveal())
                    .doesNotContain(key.reveal().substring(12));
        }
        byte[] record = reception
                .store
                .get("keys/" + key.sha256())
                .toCompletableFuture()
                .join();
        assertThat(new String(record, StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"" + key.id() + "\",\"consumer\":\"acme\",\"created\":\"2026-11-22T12:00:00Z\","
                        + "\"expires\":\"2026-11-23T12:00:00Z\"}");
    }

    @Test
    void a_rolled_key_and_its_successor_overlap() throws Exception {
        Reception reception = withAcme();
        ApiKey old = reception.keys.create("acme", null, null).key();
        assertThat(reception.owner(old.reveal())).isInstanceOf(KeyOwner.Known.class);
        ApiKey successor = reception.keys.roll(old.id(), DAY, null).key();
        assertThat(reception.owner(successor.reveal())).isInstanceOf(KeyOwner.Known.class);
        reception.advance(DAY.minusMillis(1));
        assertThat(reception.owner(old.reveal())).isInstanceOf(KeyOwner.Known.class);
        reception.advance(Duration.ofMillis(1));
        assertThat(reception.owner(old.reveal())).isEqualTo(new KeyOwner.Lapsed(old.id(), "expired " + NOON.plus(DAY)));
        assertThat(reception.owner(successor.reveal())).isInstanceOf(KeyOwner.Known.class);
        assertThat(reception.keys.keys())
                .extracting(KeyEntry::id, KeyEntry::state, KeyEntry::replacedBy)
                .contains(tuple(old.id(), State.EXPIRED, successor.id()));
    }

    @Test
    void rolling_never_prolongs_a_key() throws Exception {
        Reception reception = withAcme();
        ApiKey old = reception.keys.create("acme", null, NOON.plusSeconds(60)).key();
        reception.keys.roll(old.id(), DAY, null);
        reception.advance(Duration.ofSeconds(60));
        assertThat(reception.owner(old.reveal())).isInstanceOf(KeyOwner.Lapsed.class);
    }

    @Test
    void a_revoked_key_is_not_taken_from_that_moment_on() throws Exception {
        Reception reception = withAcme();
        ApiKey key = reception.keys.create("acme", null, null).key();
        assertThat(reception.owner(key.reveal())).isInstanceOf(KeyOwner.Known.class);
        assertThat(reception.keys.revoke(key.id()).state()).isEqualTo(State.REVOKED);
        assertThat(reception.owner(key.reveal())).isEqualTo(new KeyOwner.Lapsed(key.id(), "revoked " + NOON));
        reception.advance(DAY);
        assertThat(reception.keys.revoke(key.id()).revoked())
                .as("not revoked anew")
                .isEqualTo(NOON);
    }

    @Test
    void a_revocation_is_not_undone_by_who_rolls_the_key_at_that_moment() throws Exception {
        Reception reception = withAcme();
        ApiKey key = reception.keys.create("acme", null, null).key();
        byte[] asRead = reception
                .store
                .get("keys/" + key.sha256())
                .toCompletableFuture()
                .join();
        reception.keys.revoke(key.id());
        reception.store.put("keys/" + key.sha256(), asRead, DAY); // by another gateway, which read it before
        assertThat(reception.owner(key.reveal())).isInstanceOf(KeyOwner.Lapsed.class);
    }

    @Test
    void keys_of_the_file_are_listed_and_not_changed() throws Exception {
        Reception reception = withAcme(key("k_file", "one", null, null));
        assertThat(reception.keys.keys()).extracting(KeyEntry::id).containsExactly("k_file");
        refused(() -> reception.keys.revoke("k_file"), Reason.IN_FILE, "stands in the file");
        refused(() -> reception.keys.roll("k_file", DAY, null), Reason.IN_FILE, "stands in the file");
        assertThat(reception.owner("one")).isInstanceOf(KeyOwner.Known.class);
    }

    @Test
    void what_is_not_there_is_told_with_a_guess() throws Exception {
        Reception reception = withAcme(key("k_file", "one", null, null));
        refused(() -> reception.keys.create("acm", null, null), Reason.NO_SUCH_CONSUMER, "Did you mean 'acme'?");
        refused(() -> reception.keys.revoke("k_fil"), Reason.NO_SUCH_KEY, "Did you mean 'k_file'?");
        refused(() -> reception.consumers.create("x", "fre", null, List.of(), List.of()), Reason.NO_SUCH_PLAN, "free");
    }

    @Test
    void what_makes_no_sense_is_refused() throws Exception {
        Reception reception = withAcme();
        refused(() -> reception.keys.create("acme", null, NOON), Reason.NONSENSE, "expires");
        refused(() -> reception.keys.create("acme", NOON.plus(DAY), NOON.plusSeconds(1)), Reason.NONSENSE, "expires");
        ApiKey key = reception.keys.create("acme", null, null).key();
        refused(() -> reception.keys.roll(key.id(), DAY.negated(), null), Reason.NONSENSE, "overlap");
        refused(
                () -> reception.consumers.create("two words", null, null, List.of(), List.of()),
                Reason.NONSENSE,
                "name");
        refused(
                () -> reception.consumers.create("acme", null, null, List.of(), List.of()),
                Reason.CONSUMER_EXISTS,
                "acme");
        reception.keys.revoke(key.id());
        refused(() -> reception.keys.roll(key.id(), DAY, null), Reason.LAPSED, "not taken any more");
    }

    @Test
    void the_keys_of_a_consumer_that_is_removed_are_nobodys() throws Exception {
        Reception reception = withAcme();
        reception.consumers.create("city-guide", null, null, List.of(), List.of());
        ApiKey key = reception.keys.create("city-guide", null, null).key();
        assertThat(reception.owner(key.reveal())).isInstanceOf(KeyOwner.Known.class);
        reception.consumers.remove("city-guide", reception.keys);
        assertThat(reception.owner(key.reveal())).isNotInstanceOf(KeyOwner.Known.class);
        reception.consumers.create("city-guide", null, null, List.of(), List.of());
        assertThat(reception.owner(key.reveal())).as("one of the same name").isInstanceOf(KeyOwner.Lapsed.class);
    }

    @Test
    void whose_a_key_is_can_be_asked_without_using_it() throws Exception {
        Reception reception = withAcme();
        ApiKey key = reception.keys.create("acme", null, null).key();
        assertThat(reception.keys.verify(key.reveal())).isInstanceOf(KeyOwner.Known.class);
        assertThat(reception.keys.keys()).extracting(KeyEntry::requests).containsExactly(0L);
        reception.owner(key.reveal());
        assertThat(reception.keys.keys()).extracting(KeyEntry::requests).containsExactly(1L);
    }

    @Test
    void a_store_that_is_down_is_told_as_that() {
        Reception reception = withAcme();
        reception.store.down = true;
        assertThatThrownBy(() -> reception.keys.revoke("k_1"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the store is down");
    }

    private static void refused(ThrowingCallable call, Reason reason, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        KeyRefused.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }
}
