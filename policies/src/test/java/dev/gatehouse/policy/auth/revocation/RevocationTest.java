package dev.gatehouse.policy.auth.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.identity.Revocation;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.state.Store;
import dev.gatehouse.policy.auth.TestClock;
import dev.gatehouse.policy.auth.TestContext;
import dev.gatehouse.policy.auth.revocation.RevocationConfig.WhenDown;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RevocationTest {
    private static final Instant NOW = TestClock.START;
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestContext context = new TestContext();
    private final RevocationCheck check = new RevocationCheck(RevocationConfig.of("memory"), context);

    @Test
    void a_token_that_was_revoked_is_void() {
        RevocationWatch one = new RevocationWatch("t-1", "u1", NOW);
        RevocationWatch other = new RevocationWatch("t-2", "u1", NOW);
        Revocation.revokeToken(context.store(), "t-1", NOW, HOUR);

        assertThat(ask(one)).isTrue();
        assertThat(ask(other)).isFalse();
    }

    @Test
    void a_subject_that_was_revoked_gets_in_with_a_newer_token() {
        Revocation.revokeSubject(context.store(), "u1", NOW, HOUR);

        assertThat(ask(new RevocationWatch(null, "u1", NOW.minusSeconds(60)))).isTrue();
        assertThat(ask(new RevocationWatch(null, "u1", NOW))).isTrue();
        assertThat(ask(new RevocationWatch(null, "u1", null))).as("who knows").isTrue();
        assertThat(ask(new RevocationWatch(null, "u1", NOW.plusSeconds(1)))).isFalse();
        assertThat(ask(new RevocationWatch(null, "u2", NOW))).isFalse();
    }

    @Test
    void an_answer_holds_for_seconds_and_while_one_asks_the_others_go_by_it() {
        RevocationWatch token = new RevocationWatch("t-1", "u1", NOW);
        assertThat(check.known(token)).isNull();
        assertThat(ask(token)).isFalse();
        Revocation.revokeToken(context.store(), "t-1", NOW, HOUR);

        context.clock.advance(Duration.ofMillis(4_999));
        assertThat(check.known(token)).isFalse();
        context.clock.advance(Duration.ofMillis(1));
        assertThat(check.known(token)).as("whoever hears this asks").isNull();
        assertThat(check.known(token)).as("meanwhile").isFalse();
        assertThat(ask(token)).isTrue();
        assertThat(check.known(token)).isTrue();
    }

    @Test
    void a_store_that_is_down_refuses_unless_the_user_says_otherwise() {
        context.with(new DownStore());
        RevocationWatch token = new RevocationWatch("t-1", null, NOW);
        assertThat(check.ask(context.store(), token).toCompletableFuture().exceptionNow())
                .isInstanceOf(IOException.class);
        assertThat(check.known(token)).isNull();

        RevocationCheck open =
                new RevocationCheck(new RevocationConfig(null, Duration.ofSeconds(5), WhenDown.OPEN), context);
        assertThat(open.ask(context.store(), token).toCompletableFuture().resultNow())
                .isFalse();
    }

    @Test
    void names_that_are_long_or_strange_have_keys_that_are_not() {
        assertThat(Revocation.tokenKey("t-1")).isEqualTo("revoked/jti/t-1");
        assertThat(Revocation.subjectKey("auth0|u 1"))
                .startsWith("revoked/sub/sha256:")
                .hasSizeLessThan(80);
        assertThat(Revocation.subjectKey("x".repeat(5000))).hasSizeLessThan(80);
        assertThat(Revocation.subjectKey("sha256:x")).isNotEqualTo("revoked/sub/sha256:x");
        assertThat(Revocation.moment("soon".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo(Instant.MAX);
    }

    private boolean ask(RevocationWatch token) {
        return check.ask(context.store(), token).toCompletableFuture().resultNow();
    }

    /// Cannot be reached.
    private static final class DownStore implements Store {
        private static <T> CompletionStage<T> down() {
            return CompletableFuture.failedFuture(new IOException("connection refused"));
        }

        @Override
        public CompletionStage<byte @Nullable []> get(String key) {
            return down();
        }

        @Override
        public CompletionStage<Void> put(String key, byte[] value, Duration lasts) {
            return down();
        }

        @Override
        public CompletionStage<Boolean> putIfAbsent(String key, byte[] value, Duration lasts) {
            return down();
        }

        @Override
        public CompletionStage<Boolean> prolong(String key, Duration lasts) {
            return down();
        }

        @Override
        public CompletionStage<Long> add(String key, long amount, Duration lasts) {
            return down();
        }

        @Override
        public CompletionStage<Boolean> remove(String key) {
            return down();
        }

        @Override
        public CompletionStage<List<String>> keys(String prefix, int limit) {
            return down();
        }

        @Override
        public CompletionStage<List<LimitState>> take(List<LimitTake> wishes) {
            return down();
        }

        @Override
        public CompletionStage<List<LimitState>> look(List<LimitTake> wishes) {
            return down();
        }

        @Override
        public void giveBack(List<LimitTake> taken) {}

        @Override
        public Store peek() {
            return this;
        }
    }
}
