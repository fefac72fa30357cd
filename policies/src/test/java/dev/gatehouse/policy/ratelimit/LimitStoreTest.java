package dev.gatehouse.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.NeedsNetworkException;
import dev.gatehouse.api.Outcome;
import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.state.OnStoreDown;
import dev.gatehouse.policy.FakeExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class LimitStoreTest {
    private static final LimitState YES = new LimitState(true, 7, 1_000, 0);
    private static final LimitState NO = new LimitState(false, 0, 1_000, 400);

    private final Surroundings around = new Surroundings();

    @Test
    void while_the_store_is_down_this_gateway_counts_its_share() {
        around.redis.isDown().nodes = 3;
        around.memory.answers(YES);

        assertThat(ask(policy(OnStoreDown.LOCAL_SHARE))).isEqualTo(Decision.CONTINUE);
        assertThat(around.memory.asked.getFirst().getFirst().rule()).isEqualTo(new LimitRule.SlidingWindow(33, 60_000));
        around.memory.answers(NO);
        assertThat(ask(policy(OnStoreDown.LOCAL_SHARE))).isInstanceOf(Decision.Reject.class);
        assertThat(around.counted).containsEntry("gatehouse_rate_limit_without_store[by-plan]", 2L);
    }

    @Test
    void while_the_store_is_down_everything_passes_or_nothing_does_where_the_limit_says_so() {
        around.redis.isDown();

        assertThat(ask(policy(OnStoreDown.OPEN))).isEqualTo(Decision.CONTINUE);
        assertThat(ask(policy(OnStoreDown.CLOSED))).isInstanceOfSatisfying(Decision.Reject.class, refused -> {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.RATE_LIMIT_EXCEEDED);
            assertThat(refused.failure().details()).containsEntry("retry_after", 1);
        });
        assertThat(around.memory.asked).isEmpty();
    }

    @Test
    void a_store_that_hangs_makes_one_request_wait_for_35_ms_and_the_others_not_at_all() {
        around.redis.hangs();
        around.memory.answers(YES);
        Policy policy = policy(OnStoreDown.LOCAL_SHARE);

        CompletableFuture<? extends Decision> first = waiting(policy, exchange());
        around.pass(Duration.ofMillis(34));
        assertThat(first).isNotDone();
        around.pass(Duration.ofMillis(1));
        assertThat(first.resultNow()).isEqualTo(Decision.CONTINUE);

        for (int i = 0; i < 10; i++) {
            assertThat(ask(policy)).isEqualTo(Decision.CONTINUE);
        }
        assertThat(around.redis.asked).hasSize(1);
    }

    @Test
    void a_store_that_is_back_is_asked_again_within_half_a_second() {
        around.redis.isDown();
        around.memory.answers(NO);
        Policy policy = policy(OnStoreDown.LOCAL_SHARE);
        assertThat(ask(policy)).isInstanceOf(Decision.Reject.class);

        around.redis.answers(YES);
        around.pass(Duration.ofMillis(499));
        assertThat(ask(policy)).isInstanceOf(Decision.Reject.class);
        around.pass(Duration.ofMillis(2));
        assertThat(ask(policy)).isEqualTo(Decision.CONTINUE);
        assertThat(ask(policy)).isEqualTo(Decision.CONTINUE);
    }

    @Test
    void what_a_store_takes_too_late_is_given_back() {
        CompletableFuture<List<LimitState>> late = around.redis.hangs();
        around.memory.answers(YES);
        LimitSource two = new OneLimit("two", "two/", new LimitRule.Concurrency(2, 60_000), CallerKey.CLIENT, 1);
        Policy policy = policy(two, OnStoreDown.LOCAL_SHARE);
        Exchange exchange = exchange();
        waiting(policy, exchange);
        around.pass(Duration.ofMillis(35));

        late.complete(List.of(YES));
        assertThat(around.redis.givenBack).hasSize(1);
        policy.onEnd(exchange, new Outcome(200, null, true));
        assertThat(around.memory.givenBack).hasSize(1);
    }

    @Test
    void what_a_store_takes_for_a_client_that_has_left_is_given_back() {
        CompletableFuture<List<LimitState>> late = around.redis.hangs();
        LimitSource two = new OneLimit("two", "two/", new LimitRule.Concurrency(2, 60_000), CallerKey.CLIENT, 1);
        Policy policy = policy(two, OnStoreDown.LOCAL_SHARE);
        Exchange exchange = exchange();
        waiting(policy, exchange).cancel(true);
        policy.onEnd(exchange, new Outcome(0, FailureKind.CLIENT_LEFT, false));

        late.complete(List.of(YES));
        assertThat(around.redis.givenBack).hasSize(1);
    }

    @Test
    void explain_does_not_decide_what_needs_the_network() {
        around.mode = Mode.EXPLAIN;
        CompletableFuture<List<LimitState>> answer = around.redis.hangs();
        CompletableFuture<? extends Decision> decision = waiting(policy(OnStoreDown.OPEN), exchange());
        around.pass(Duration.ofSeconds(1));
        assertThat(decision).isNotDone();
        answer.completeExceptionally(new NeedsNetworkException());

        assertThat(decision.exceptionNow()).isInstanceOf(NeedsNetworkException.class);
    }

    @Test
    void a_bug_of_a_store_is_no_store_that_is_down() {
        around.redis.hangs().completeExceptionally(new IllegalStateException("a bug"));
        Decision decision = policy(OnStoreDown.OPEN).onRequest(exchange());

        assertThat(((Decision.Await) decision).stage().toCompletableFuture().exceptionNow())
                .isNotInstanceOf(IOException.class)
                .hasMessage("a bug");
    }

    private Policy policy(OnStoreDown down) {
        LimitSource hundred =
                new OneLimit("hundred", "hundred/", new LimitRule.SlidingWindow(100, 60_000), CallerKey.CLIENT, 1);
        return policy(hundred, down);
    }

    private Policy policy(LimitSource source, OnStoreDown down) {
        LimitMetrics metrics = new LimitMetrics(around.context());
        LimitStore store = new LimitStore(around.context(), "main-redis", down, metrics);
        return new LimitPolicy(List.of(source), store, FieldStyle.ALL, metrics, around);
    }

    private Exchange exchange() {
        return around.exchange(FakeExchange.get());
    }

    private Decision ask(Policy policy) {
        return policy.onRequest(exchange());
    }

    private static CompletableFuture<? extends Decision> waiting(Policy policy, Exchange exchange) {
        CompletionStage<? extends Decision> stage = ((Decision.Await) policy.onRequest(exchange)).stage();
        return stage.toCompletableFuture();
    }
}
