package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the policies of the slot `rate_limit`: one before authentication for what the request itself tells, one after
/// authorization for what needs to know who calls.
public final class RateLimitPolicyFactory implements PolicyFactory<RateLimitConfig> {
    @Override
    public String name() {
        return "rate_limit";
    }

    @Override
    public Class<RateLimitConfig> configType() {
        return RateLimitConfig.class;
    }

    @Override
    public List<Staged> create(RateLimitConfig config, PolicyContext context) {
        List<LimitSource> early = new ArrayList<>();
        List<LimitSource> late = new ArrayList<>();
        for (LimitSource source : sources(config, context)) {
            (source.needsIdentity() ? late : early).add(source);
        }
        LimitMetrics metrics = new LimitMetrics(context);
        LimitStore store = new LimitStore(context, config.store(), config.onStoreDown(), metrics);
        DelayConfig delay = config.delay();
        DelayLine line = delay == null ? DelayLine.NONE : new DelayLine(delay.upTo(), delay.queue());
        List<Staged> staged = new ArrayList<>(2);
        if (!early.isEmpty()) {
            staged.add(new Staged(
                    Stage.EARLY_LIMIT, new LimitPolicy(early, store, line, config.headers(), metrics, context.time())));
        }
        if (!late.isEmpty()) {
            staged.add(new Staged(
                    Stage.LIMIT, new LimitPolicy(late, store, line, config.headers(), metrics, context.time())));
        }
        return staged;
    }

    private static List<LimitSource> sources(RateLimitConfig config, PolicyContext context) {
        if (config.limits() != null && config.limits().ofPlan()) {
            return List.of(ofPlans(config, context));
        }
        List<LimitConfig> all = config.all();
        List<LimitSource> sources = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i++) {
            String name = all.size() == 1 ? context.name() : context.name() + "." + (i + 1);
            OneLimit one = one(all.get(i), name, per(config, CallerKey.CLIENT), context);
            if (one != null) {
                sources.add(one);
            }
        }
        return sources;
    }

    private static LimitSource ofPlans(RateLimitConfig config, PolicyContext context) {
        CallerKey per = per(config, CallerKey.CONSUMER);
        per.check(context.parameters());
        LimitConfig otherwise = config.otherwise();
        ZoneId zone =
                config.timeZone() == null ? ZoneOffset.UTC : config.timeZone().zone();
        return new PlanLimits(
                context.name(),
                prefix(context.name()),
                per,
                config.algorithm() == null ? Algorithm.SLIDING_WINDOW : config.algorithm(),
                config.cost(),
                new CalendarPeriods(context.time(), zone),
                otherwise == null ? null : one(otherwise, context.name() + ".otherwise", CallerKey.CLIENT, context));
    }

    /// Null for one that is unlimited.
    private static @Nullable OneLimit one(LimitConfig config, String name, CallerKey usual, PolicyContext context) {
        LimitRule rule = config.rule();
        CallerKey per = config.per() == null ? usual : config.per();
        per.check(context.parameters());
        return rule == null ? null : new OneLimit(name, prefix(name), rule, per, config.cost());
    }

    private static CallerKey per(RateLimitConfig config, CallerKey usual) {
        return config.per() == null ? usual : config.per();
    }

    private static String prefix(String name) {
        return "rate_limit/" + name + "/";
    }
}
