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
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.api.state.OnStoreDown;
import dev.gatehouse.policy.FakeExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
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
    void a_late_answer_costs_one_decision() {
        Policy policy = policy(OnStoreDown.CLOSED);
        for (int i = 0; i < 20; i++) {
            CompletableFuture<List<LimitState>> late = around.redis.hangs();
            CompletableFuture<? extends Decision> first = waiting(policy, exchange());
            around.pass(Duration.ofMillis(34));
            assertThat(first).isNotDone();
            around.pass(Duration.ofMillis(1));
            assertThat(first.resultNow()).isInstanceOf(Decision.Reject.class);
            late.complete(List.of(YES));

            around.redis.answers(YES);
            assertThat(ask(policy)).isEqualTo(Decision.CONTINUE);
        }
    }

    @Test
    void a_store_that_hangs_makes_requests_wait_three_times_in_a_row_and_then_nobody() {
        around.redis.hangs();
        around.memory.answers(YES);
        Policy policy = policy(OnStoreDown.LOCAL_SHARE);
        for (int i = 0; i < 3; i++) {
            CompletableFuture<? extends Decision> waiting = waiting(policy, exchange());
            around.pass(Duration.ofMillis(35));
            assertThat(waiting.resultNow()).isEqualTo(Decision.CONTINUE);
        }

        for (int i = 0; i < 10; i++) {
            assertThat(ask(policy)).isEqualTo(Decision.CONTINUE);
        }
        assertThat(around.redis.asked).hasSize(3);
    }

    @Test
    void many_who_wait_in_vain_at_the_same_time_have_met_with_one_mishap() {
        around.redis.hangs();
        Policy policy = policy(OnStoreDown.CLOSED);
        List<CompletableFuture<? extends Decision>> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(waiting(policy, exchange()));
        }
        around.pass(Duration.ofMillis(35));
        assertThat(waiting).allMatch(CompletableFuture::isDone);

        around.redis.answers(YES);
        assertThat(ask(policy)).isEqualTo(Decision.CONTINUE);
    }

    @Test
    void a_store_that_hangs_is_asked_by_one_request_in_a_quarter_of_a_second_until_it_answers() {
        around.redis.hangs();
        around.memory.answers(NO);
        Policy policy = policy(OnStoreDown.LOCAL_SHARE);
        for (int i = 0; i < 3; i++) {
            waiting(policy, exchange());
            around.pass(Duration.ofMillis(35));
        }
        around.pass(Duration.ofMillis(249));
        assertThat(ask(policy)).isInstanceOf(Decision.Reject.class);
        around.pass(Duration.ofMillis(1));
        waiting(policy, exchange());
        assertThat(ask(policy)).as("beside it").isInstanceOf(Decision.Reject.class);
        assertThat(around.redis.asked).hasSize(4);
        around.pass(Duration.ofMillis(35)); // that one is given up
        around.pass(Duration.ofMillis(250));

        around.redis.answers(YES);
        assertThat(ask(policy)).isEqualTo(Decision.CONTINUE);
        assertThat(ask(policy)).isEqualTo(Decision.CONTINUE);
    }

    @Test
    void a_store_that_says_at_once_that_it_is_down_is_asked_by_everybody_and_back_with_its_first_answer() {
        around.redis.isDown();
        around.memory.answers(NO);
        Policy policy = policy(OnStoreDown.LOCAL_SHARE);
        for (int i = 0; i < 10; i++) {
            assertThat(ask(policy)).isInstanceOf(Decision.Reject.class);
        }
        assertThat(around.redis.asked).hasSize(10);

        around.redis.answers(YES);
        assertThat(ask(policy)).isEqualTo(Decision.CONTINUE);
    }

    @Test
    void what_the_store_lets_through_counts_in_the_share_of_this_gateway_too() {
        around.redis.answers(YES).nodes = 2;
        around.memory.answers(NO);
        assertThat(ask(policy(OnStoreDown.LOCAL_SHARE))).isEqualTo(Decision.CONTINUE);
        assertThat(around.memory.asked)
                .containsExactly(List.of(
                        new LimitTake(new LimitRule.SlidingWindow(50, 60_000), "hundred/client_ip=192.0.2.1", 1)));

        around.redis.answers(NO);
        assertThat(ask(policy(OnStoreDown.LOCAL_SHARE))).isInstanceOf(Decision.Reject.class);
        around.redis.answers(YES);
        assertThat(ask(policy(OnStoreDown.CLOSED))).isEqualTo(Decision.CONTINUE);
        assertThat(around.memory.asked).hasSize(1);
    }

    @Test
    void a_store_is_given_the_time_its_settings_say_and_the_user_is_told_what_that_may_cost() {
        policy(OnStoreDown.CLOSED);
        assertThat(around.warned).isEmpty();
        around.patience = Duration.ofMillis(200);
        around.redis.hangs();
        Policy policy = policy(OnStoreDown.CLOSED);
        assertThat(around.warned)
                .singleElement()
                .asString()
                .startsWith("stores.main-redis: ")
                .contains("215 ms");

        CompletableFuture<? extends Decision> waiting = waiting(policy, exchange());
        around.pass(Duration.ofMillis(214));
        assertThat(waiting).isNotDone();
        around.pass(Duration.ofMillis(1));
        assertThat(waiting.resultNow()).isInstanceOf(Decision.Reject.class);
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
