package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.identity.Consumer;
import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.identity.Plan;
import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.api.limit.Rate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the consumer's plan allows: its rate, and its quota. Where the plan has something of its own for the route,
/// that is counted for this route alone.
///
/// The rate is counted by the setting's name, as every named limit is. The quota is the consumer's: the same for all
/// settings that go by plans, whatever they are called and whose requests they count together.
final class PlanLimits implements LimitSource {
    private static final String QUOTAS = "quota/plan/";

    private final String name;
    private final String prefix;
    private final CallerKey per;
    private final Algorithm algorithm;
    private final long cost;
    private final CalendarPeriods periods;
    private final @Nullable OneLimit otherwise;

    /// @param prefix what keys begin with
    /// @param algorithm for rates without a burst
    /// @param otherwise for those without a plan, or whose plan has no rate; null for no limit
    PlanLimits(
            String name,
            String prefix,
            CallerKey per,
            Algorithm algorithm,
            long cost,
            CalendarPeriods periods,
            @Nullable OneLimit otherwise) {
        this.name = name;
        this.prefix = prefix;
        this.per = per;
        this.algorithm = algorithm;
        this.cost = cost;
        this.periods = periods;
        this.otherwise = otherwise;
    }

    @Override
    public boolean needsIdentity() {
        return true;
    }

    @Override
    public void addTo(List<Wanted> wanted, Exchange exchange) {
        Identity identity = exchange.get(Identity.OF_EXCHANGE);
        Consumer consumer = identity == null ? null : identity.consumer();
        Plan plan = consumer == null ? null : consumer.plan();
        Plan.Allowance own = plan == null ? null : plan.routes().get(exchange.route());
        if (plan == null || rate(plan, own) == null) {
            if (otherwise != null) {
                otherwise.addTo(wanted, exchange);
            }
        } else {
            addRate(wanted, exchange, plan, own != null && own.rateLimit() != null ? own : null);
        }
        if (plan != null) {
            addQuota(wanted, exchange, plan, own != null && own.quota() != null ? own : null);
        }
    }

    private static @Nullable Rate rate(Plan plan, Plan.@Nullable Allowance own) {
        return own != null && own.rateLimit() != null
                ? own.rateLimit()
                : plan.allowance().rateLimit();
    }

    private void addRate(List<Wanted> wanted, Exchange exchange, Plan plan, Plan.@Nullable Allowance own) {
        Plan.Allowance allowance = own == null ? plan.allowance() : own;
        Rate rate = allowance.rateLimit();
        if (rate == null || rate.isUnlimited()) {
            return;
        }
        LimitRule rule = allowance.burst() == null
                ? LimitConfig.rule(algorithm, rate.count(), rate.window(), 1)
                : LimitConfig.rule(Algorithm.GCRA, rate.count(), rate.window(), Math.max(allowance.burst(), cost));
        String key = per.of(own == null ? prefix : prefix + exchange.route() + "/", exchange);
        wanted.add(new Wanted(new LimitTake(rule, key, cost), name, null, plan.name(), false));
    }

    private void addQuota(List<Wanted> wanted, Exchange exchange, Plan plan, Plan.@Nullable Allowance own) {
        Rate quota = (own == null ? plan.allowance() : own).quota();
        if (quota == null || quota.isUnlimited()) {
            return;
        }
        LimitRule rule = quota.calendar() == null
                ? new LimitRule.FixedWindow(quota.count(), quota.window().toMillis())
                : periods.rule(quota.count(), quota.calendar());
        String key = CallerKey.CONSUMER.of(own == null ? QUOTAS : QUOTAS + exchange.route() + "/", exchange);
        wanted.add(new Wanted(new LimitTake(rule, key, cost), name + ".quota", quota.calendar(), plan.name(), true));
    }
}
