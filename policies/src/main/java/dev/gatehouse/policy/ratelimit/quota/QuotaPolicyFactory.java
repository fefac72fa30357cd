package dev.gatehouse.policy.ratelimit.quota;

import dev.gatehouse.api.policy.PolicyContext;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.policy.Stage;
import dev.gatehouse.api.policy.Staged;
import dev.gatehouse.policy.ratelimit.CalendarPeriods;
import dev.gatehouse.policy.ratelimit.CallerKey;
import dev.gatehouse.policy.ratelimit.LimitMetrics;
import dev.gatehouse.policy.ratelimit.LimitPolicy;
import dev.gatehouse.policy.ratelimit.LimitStore;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/// Makes the policy of the slot `quota`.
public final class QuotaPolicyFactory implements PolicyFactory<QuotaConfig> {
    @Override
    public String name() {
        return "quota";
    }

    @Override
    public Class<QuotaConfig> configType() {
        return QuotaConfig.class;
    }

    @Override
    public List<Staged> create(QuotaConfig config, PolicyContext context) {
        CallerKey per = config.per() == null ? CallerKey.CONSUMER : config.per();
        per.check(context.parameters());
        ZoneId zone =
                config.timeZone() == null ? ZoneOffset.UTC : config.timeZone().zone();
        LimitMetrics metrics = new LimitMetrics(context);
        QuotaLimit limit = new QuotaLimit(
                context.name(), config.limit(), per, config.cost(), new CalendarPeriods(context.time(), zone));
        LimitStore store = new LimitStore(context, config.store(), config.onStoreDown(), metrics);
        LimitPolicy policy = new LimitPolicy(List.of(limit), store, config.headers(), metrics, context.time());
        return List.of(new Staged(limit.needsIdentity() ? Stage.LIMIT : Stage.EARLY_LIMIT, policy));
    }
}
