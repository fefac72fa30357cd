package dev.gatehouse.engine.consumer;

import static dev.gatehouse.engine.consumer.Reception.NOON;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatehouse.api.identity.Revocation;
import dev.gatehouse.api.identity.Revocation.Kind;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.engine.store.MemoryStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RevocationDeskTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private Instant now = NOON;
    private final Store one = new MemoryStore(this::nanos);
    private final Store two = new MemoryStore(this::nanos);
    private final RevocationDesk desk = desk(one, two);

    private long nanos() {
        return Duration.between(NOON, now).toNanos();
    }

    private RevocationDesk desk(Store first, Store second) {
        Map<String, Store> lists = new LinkedHashMap<>();
        lists.put("one", first);
        lists.put("two", second);
        return new RevocationDesk(lists, () -> now);
    }

    @Test
    void every_list_is_written_and_forgets_it_in_time() throws Exception {
        RevocationEntry revoked = desk.revoke(Kind.TOKEN, "t-1", HOUR, null);
        assertThat(revoked)
                .isEqualTo(new RevocationEntry(Kind.TOKEN, "t-1", NOON, NOON.plus(HOUR), List.of("one", "two")));
        assertThat(all()).containsExactly(revoked);

        now = NOON.plus(HOUR).minusMillis(1);
        assertThat(stands(one, "revoked/jti/t-1")).isTrue();
        assertThat(stands(two, "revoked/jti/t-1")).isTrue();
        now = NOON.plus(HOUR);
        assertThat(stands(one, "revoked/jti/t-1")).isFalse();
        assertThat(all()).isEmpty();
    }

    @Test
    void of_a_subject_the_list_says_until_when_its_tokens_were_issued() throws Exception {
        desk.revoke(Kind.SUBJECT, "u1", HOUR, null);
        now = NOON.plusSeconds(60);
        desk.revoke(Kind.SUBJECT, "u1", HOUR, null);

        byte[] value = one.get("revoked/sub/u1").toCompletableFuture().join();
        assertThat(Revocation.moment(Objects.requireNonNull(value))).isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void what_is_taken_back_is_gone_from_every_list() throws Exception {
        desk.revoke(Kind.SUBJECT, "Jürgen K", HOUR, null);
        assertThat(desk.takeBack(Kind.TOKEN, "Jürgen K")).isNull();
        RevocationEntry gone = desk.takeBack(Kind.SUBJECT, "Jürgen K");
        assertThat(Objects.requireNonNull(gone).stores()).containsExactly("one", "two");
        assertThat(all()).isEmpty();
        assertThat(desk.takeBack(Kind.SUBJECT, "Jürgen K")).isNull();
    }

    @Test
    void names_that_have_no_key_of_their_own_are_listed_as_they_are() throws Exception {
        desk.revoke(Kind.SUBJECT, "Jürgen K", HOUR, "one");
        desk.revoke(Kind.TOKEN, "x".repeat(900), HOUR, "two");
        assertThat(all())
                .extracting(RevocationEntry::id, RevocationEntry::stores)
                .containsExactlyInAnyOrder(tuple("Jürgen K", List.of("one")), tuple("x".repeat(900), List.of("two")));
    }

    @Test
    void what_others_wrote_is_listed_as_far_as_it_says() throws Exception {
        one.put("revoked/jti/t-1", "x".getBytes(US_ASCII), HOUR);
        one.put("revoked/sub/u1", "1795348800".getBytes(US_ASCII), HOUR);
        assertThat(all())
                .containsExactly(
                        new RevocationEntry(Kind.TOKEN, "t-1", null, null, List.of("one")),
                        new RevocationEntry(
                                Kind.SUBJECT, "u1", Instant.ofEpochSecond(1_795_348_800), null, List.of("one")));
    }

    @Test
    void pages_walk_over_all_of_it_once() throws Exception {
        for (int i = 0; i < 25; i++) {
            desk.revoke(i % 2 == 0 ? Kind.TOKEN : Kind.SUBJECT, "n" + i, HOUR, i % 3 == 0 ? "one" : null);
        }
        List<String> seen = new ArrayList<>();
        String next = null;
        do {
            RevocationDesk.Page page = desk.list(null, "", next, 4);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(4);
            assertThat(page.complete()).isTrue();
            page.entries().forEach(entry -> seen.add(entry.id()));
            next = page.next();
        } while (next != null);
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();

        assertThat(desk.list(Kind.TOKEN, "", null, 100).entries()).hasSize(13);
        assertThat(desk.list(null, "n2", null, 100).entries())
                .extracting(RevocationEntry::id)
                .containsExactly("n2", "n20", "n22", "n24", "n21", "n23");
    }

    @Test
    void more_than_can_be_looked_at_is_said() throws Exception {
        for (int i = 0; i <= RevocationDesk.MOST; i++) {
            one.put("revoked/jti/t-" + i, "1".getBytes(US_ASCII), HOUR);
        }
        assertThat(desk.list(null, "", null, 1).complete()).isFalse();
        assertThat(desk.list(null, "t-99", null, 1).complete()).isTrue();
    }

    @Test
    void a_list_that_cannot_be_written_is_named_and_the_others_are_written() {
        WatchedStore down = new WatchedStore(this::nanos);
        down.down = true;
        RevocationDesk broken = desk(down, two);
        assertThatThrownBy(() -> broken.revoke(Kind.TOKEN, "t-1", HOUR, null))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("store one: ", "the store is down", "; it is written in two");
        assertThat(stands(two, "revoked/jti/t-1")).isTrue();
    }

    @Test
    void a_store_that_nobody_asks_is_refused() {
        assertThatThrownBy(() -> desk.revoke(Kind.TOKEN, "t-1", HOUR, "three"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("store: no revocation of the configuration names 'three' (expected: one, two)");
    }

    private List<RevocationEntry> all() throws IOException {
        return desk.list(null, "", null, 100).entries();
    }

    private static boolean stands(Store store, String key) {
        return store.get(key).toCompletableFuture().join() != null;
    }
}
