package dev.gatehouse.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.state.OnStoreDown;
import dev.gatehouse.policy.FakeExchange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DelayTest {
    private static final LimitState YES = new LimitState(true, 7, 1_000, 0);

    private final Surroundings around = new Surroundings();

    @Test
    void one_who_waits_tries_again_when_its_turn_comes_and_is_refused_when_its_time_is_over() {
        LimitPolicy policy = policy(new LimitRule.SlidingWindow(10, 1_000), 10);
        around.redis.answers(no(400));
        CompletableFuture<? extends Decision> lucky = waiting(policy);
        CompletableFuture<? extends Decision> unlucky = waiting(policy);
        around.redis.answers(no(500));
        around.pass(Duration.ofMillis(400));
        assertThat(lucky).isNotDone();

        around.redis.answers(no(500));
        around.pass(Duration.ofMillis(500));
        assertThat(unlucky.resultNow()).as("it would be 1.4 s").isInstanceOf(Decision.Reject.class);
    }

    @Test
    void only_so_many_wait_and_who_leaves_makes_room() {
        LimitPolicy policy = policy(new LimitRule.SlidingWindow(10, 1_000), 2);
        around.redis.answers(no(400));
        CompletableFuture<? extends Decision> first = waiting(policy);
        CompletableFuture<? extends Decision> second = waiting(policy);
        assertThat(waiting(policy).resultNow()).isInstanceOf(Decision.Reject.class);

        first.cancel(true);
        CompletableFuture<? extends Decision> third = waiting(policy);
        assertThat(third).isNotDone();
        int asked = around.redis.asked.size();
        around.redis.answers(YES);
        around.pass(Duration.ofMillis(400));
        assertThat(second.resultNow()).isEqualTo(Decision.CONTINUE);
        assertThat(third.resultNow()).isEqualTo(Decision.CONTINUE);
        assertThat(around.redis.asked).as("nobody asks for the one that left").hasSize(asked + 2);
    }

    @Test
    void who_waits_for_others_to_be_done_looks_again_soon() {
        LimitPolicy policy = policy(new LimitRule.Concurrency(10, 600_000), 2);
        around.redis.answers(no(590_000));
        CompletableFuture<? extends Decision> waits = waiting(policy);
        around.pass(Duration.ofMillis(20));
        assertThat(waits).isNotDone();
        around.redis.answers(YES);
        around.pass(Duration.ofMillis(20));
        assertThat(waits.resultNow()).isEqualTo(Decision.CONTINUE);
    }

    private LimitPolicy policy(LimitRule rule, int places) {
        LimitMetrics metrics = new LimitMetrics(around.context());
        return new LimitPolicy(
                List.of(new OneLimit("one", "one/", rule, CallerKey.CLIENT, 1)),
                new LimitStore(around.context(), null, OnStoreDown.OPEN, metrics),
                new DelayLine(Duration.ofSeconds(1), places),
                FieldStyle.ALL,
                metrics,
                around);
    }

    private static LimitState no(long retryMillis) {
        return new LimitState(false, 0, retryMillis, retryMillis);
    }

    private CompletableFuture<? extends Decision> waiting(LimitPolicy policy) {
        Decision decision = policy.onRequest(around.exchange(FakeExchange.get()));
        return decision instanceof Decision.Await await
                ? await.stage().toCompletableFuture()
                : CompletableFuture.completedFuture(decision);
    }
}
