package dev.gatehouse.policy.auth.oidc.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.identity.Revocation;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.Tokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// How often the store is asked about a session, and that every ending holds for all copies on all gateways.
class EndingCheckTest {
    private final TestClock clock = new TestClock();
    private final AskedStore asked = new AskedStore(clock);
    private final Store store = asked.store();
    private final EndedSessions ended = new EndedSessions("backoffice", Duration.ofHours(12));
    private final OpenedSessions here = new OpenedSessions(1 << 20);
    private final KnownSession session = known("s-1");

    @Test
    void a_session_is_looked_up_once_and_then_asked_for_with_two_keys() {
        EndingCheck check = check(Duration.ZERO);
        assertThat(isEnded(check, session)).isFalse();
        assertThat(asked.asked).hasSize(5);

        asked.asked.clear();
        assertThat(isEnded(check, session)).isFalse();
        assertThat(asked.asked).containsExactly("get oidc/backoffice/ended/mark", "get " + Revocation.subjectKey("u1"));
    }

    @Test
    void each_ending_is_honoured_at_once_wherever_it_came_from() {
        EndingCheck check = check(Duration.ZERO);
        assertThat(isEnded(check, session)).isFalse();
        var _ = ended.end(store, session.session(), clock.now());
        assertThat(isEnded(check, session)).isTrue();
        assertThat(isEnded(check, session)).as("and stays").isTrue();

        KnownSession second = known("s-2");
        assertThat(isEnded(check, second)).isFalse();
        var _ = ended.endLogin(store, "s-2", clock.now());
        assertThat(isEnded(check, second)).isTrue();

        KnownSession third = known("s-3");
        assertThat(isEnded(check, third)).isFalse();
        var _ = ended.endUser(store, "u1", clock.now());
        assertThat(isEnded(check, third)).isTrue();
    }

    @Test
    void a_subject_that_is_revoked_is_out_at_once() {
        EndingCheck check = check(Duration.ZERO);
        assertThat(isEnded(check, session)).isFalse();
        String until = Long.toString(clock.now().getEpochSecond());
        var _ = store.put(Revocation.subjectKey("u1"), until.getBytes(StandardCharsets.US_ASCII), Duration.ofHours(1));
        assertThat(isEnded(check, session)).isTrue();
    }

    @Test
    void the_ending_of_somebody_else_costs_one_more_look_and_ends_nobody_here() {
        EndingCheck check = check(Duration.ZERO);
        assertThat(isEnded(check, session)).isFalse();
        var _ = ended.endLogin(store, "of-somebody-else", clock.now());
        asked.asked.clear();

        assertThat(isEnded(check, session)).isFalse();
        assertThat(asked.asked).hasSize(5);
        asked.asked.clear();
        assertThat(isEnded(check, session)).isFalse();
        assertThat(asked.asked).hasSize(2);
    }

    @Test
    void the_mark_is_read_before_what_it_stands_for() {
        var _ = isEnded(check(Duration.ZERO), session);
        assertThat(asked.asked.subList(0, 2)).contains("get oidc/backoffice/ended/mark");
        assertThat(asked.asked.subList(2, 5)).allMatch(one -> one.matches("get .*/ended/(id|sid|sub)/.*"));
    }

    @Test
    void an_ending_is_written_before_its_mark() {
        var _ = ended.end(store, session.session(), clock.now());
        assertThat(asked.asked.getFirst()).startsWith("put oidc/backoffice/ended/id/");
        assertThat(asked.asked.getLast()).isEqualTo("put oidc/backoffice/ended/mark");
    }

    @Test
    void a_mark_that_expires_and_comes_again_is_another_one() {
        EndingCheck check = check(Duration.ZERO);
        var _ = ended.endLogin(store, "of-somebody-else", clock.now());
        assertThat(isEnded(check, session)).isFalse();
        clock.advance(Duration.ofHours(13));
        assertThat(isEnded(check, session)).isFalse();
        var _ = ended.endLogin(store, "s-1", clock.now());
        assertThat(isEnded(check, session)).isTrue();
    }

    @Test
    void where_the_user_chose_it_the_store_is_not_asked_for_a_while() {
        EndingCheck check = check(Duration.ofSeconds(5));
        assertThat(isEnded(check, session)).isFalse();
        asked.asked.clear();
        clock.advance(Duration.ofMillis(4999));
        assertThat(isEnded(check, session)).isFalse();
        assertThat(asked.asked).isEmpty();

        var _ = ended.endLogin(store, "s-1", clock.now()); // by another gateway
        assertThat(isEnded(check, session)).as("within the time").isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(isEnded(check, session)).isTrue();
    }

    @Test
    void what_this_gateway_ends_holds_at_once_however_long_the_time() {
        EndingCheck check = check(Duration.ofMinutes(1));
        assertThat(isEnded(check, session)).isFalse();
        var _ = ended.endLogin(store, "s-1", clock.now());
        here.ending();
        assertThat(isEnded(check, session)).isTrue();
    }

    @Test
    void a_store_that_is_down_lets_nobody_in() {
        EndingCheck check = check(Duration.ZERO);
        assertThat(isEnded(check, session)).isFalse();
        asked.down = true;
        Throwable why =
                check.isEnded(store, here, session).toCompletableFuture().exceptionNow();
        assertThat(why instanceof CompletionException ? why.getCause() : why).isInstanceOf(IOException.class);
    }

    private boolean isEnded(EndingCheck check, KnownSession known) {
        return check.isEnded(store, here, known).toCompletableFuture().resultNow();
    }

    private EndingCheck check(Duration cache) {
        return new EndingCheck(ended, cache, clock);
    }

    private static KnownSession known(String sid) {
        Map<String, Object> claims = Tokens.claims();
        claims.put("sid", sid);
        String idToken = Tokens.signed(Tokens.EC, "ES256", claims);
        return new KnownSession(
                new Session("id of " + sid, TestClock.START, TestClock.START, idToken, null, null, null, Map.of()));
    }
}
