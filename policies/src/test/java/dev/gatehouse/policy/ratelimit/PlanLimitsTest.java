package dev.gatehouse.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.api.Decision;
import dev.gatehouse.api.FailureKind;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.identity.Plan;
import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitState;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.limit.Rate;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.policy.FakeExchange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanLimitsTest {
    private static final String ROUTE = FakeExchange.get().route();
    private static final long NOVEMBER = 1_793_491_200_000L;
    private static final long DECEMBER = 1_796_083_200_000L;

    private final Surroundings around = new Surroundings();

    @Test
    void a_consumer_has_the_rate_the_burst_and_the_quota_of_its_plan() {
        Plan free = new Plan("free", new Plan.Allowance(Rate.of("60/min"), 10, Rate.of("10_000/month")), Map.of());

        assertThat(taken(free))
                .containsExactly(
                        new LimitTake(new LimitRule.Gcra(60, 60_000, 10), "rate_limit/by-plan/consumer=city-guide", 1),
                        new LimitTake(
                                new LimitRule.Calendar(10_000, NOVEMBER, DECEMBER),
                                "quota/plan/consumer=city-guide",
                                1));
    }

    @Test
    void who_has_no_plan_has_the_limit_of_the_others() {
        assertThat(taken(null))
                .containsExactly(new LimitTake(
                        new LimitRule.SlidingWindow(30, 60_000),
                        "rate_limit/by-plan.otherwise/client_ip=192.0.2.1",
                        1));
        Plan silent = new Plan("silent", new Plan.Allowance(null, null, null), Map.of());
        assertThat(taken(silent))
                .extracting(LimitTake::key)
                .containsExactly("rate_limit/by-plan.otherwise/client_ip=192.0.2.1");
    }

    @Test
    void an_unlimited_plan_is_asked_nothing() {
        Plan internal = new Plan("internal", new Plan.Allowance(Rate.UNLIMITED, null, null), Map.of());
        assertThat(policy(internal)).isEqualTo(Decision.CONTINUE);
        assertThat(around.redis.asked).isEmpty();
    }

    @Test
    void what_a_plan_says_of_a_route_is_counted_for_that_route_alone_and_its_quota_stays() {
        Plan pro = new Plan(
                "pro",
                new Plan.Allowance(Rate.of("1200/min"), 200, Rate.of("100/day")),
                Map.of(ROUTE, new Plan.Allowance(Rate.of("5/min"), null, null)));

        assertThat(taken(pro))
                .extracting(LimitTake::key)
                .containsExactly(
                        "rate_limit/by-plan/" + ROUTE + "/consumer=city-guide", "quota/plan/consumer=city-guide");
        assertThat(around.redis.asked.getFirst().getFirst().rule()).isEqualTo(new LimitRule.SlidingWindow(5, 60_000));
    }

    @Test
    void a_refusal_names_the_plan() {
        Plan free = new Plan("free", new Plan.Allowance(Rate.of("60/min"), null, null), Map.of());
        around.redis.answers(new LimitState(false, 0, 60_000, 11_400));

        assertThat(policy(free)).isInstanceOfSatisfying(Decision.Reject.class, refused -> {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.RATE_LIMIT_EXCEEDED);
            assertThat(refused.failure().message())
                    .isEqualTo("Plan free allows 60 requests per minute. Try again in 12 seconds.");
            assertThat(refused.failure().details())
                    .isEqualTo(Map.of("limit", 60L, "window", "1 minute", "retry_after", 12, "plan", "free"));
        });
    }

    @Test
    void a_quota_that_is_used_up_is_another_failure_and_says_when_it_begins_anew() {
        Plan free = new Plan("free", new Plan.Allowance(Rate.of("60/min"), null, Rate.of("10_000/month")), Map.of());
        long left = DECEMBER - around.now.toEpochMilli();
        around.redis.answers(new LimitState(true, 60, 0, 0), new LimitState(false, 0, left, left));

        assertThat(policy(free)).isInstanceOfSatisfying(Decision.Reject.class, refused -> {
            assertThat(refused.failure().kind()).isEqualTo(FailureKind.QUOTA_EXCEEDED);
            assertThat(refused.failure().message()).isEqualTo("10,000 of 10,000 requests used. Resets 1 Dec 2026.");
            assertThat(refused.failure().details())
                    .containsEntry("resets_at", "2026-12-01T00:00:00Z")
                    .containsEntry("window", "1 month")
                    .containsEntry("plan", "free");
        });
    }

    private List<LimitTake> taken(Plan plan) {
        policy(plan);
        return around.redis.asked.getLast();
    }

    private Decision policy(Plan plan) {
        LimitConfig otherwise = new LimitConfig(CallerKey.of("client_ip"), Amount.of("30/min"), null, null, null, 1);
        SeveralLimits plans = SeveralLimits.of(SeveralLimits.Whose.PLAN);
        RateLimitConfig config = new RateLimitConfig(
                CallerKey.of("consumer"),
                null,
                null,
                null,
                null,
                1,
                plans,
                otherwise,
                null,
                null,
                FieldStyle.ALL,
                null,
                null);
        List<Staged> staged = new RateLimitPolicyFactory().create(config, around.context());
        assertThat(staged).extracting(Staged::stage).containsExactly(Stage.LIMIT);
        FakeExchange request = FakeExchange.get();
        if (plan != null) {
            request.set(
                    Identity.OF_EXCHANGE,
                    Identity.of("partner", new Consumer("city-guide", plan, Set.of(), Set.of()), "k_7Qd3"));
        }
        return staged.getFirst().policy().onRequest(around.exchange(request));
    }
}
