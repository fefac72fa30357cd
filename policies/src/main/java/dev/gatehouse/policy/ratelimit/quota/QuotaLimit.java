package dev.gatehouse.policy.ratelimit.quota;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.limit.LimitTake;
import dev.gatehouse.policy.ratelimit.CalendarPeriods;
import dev.gatehouse.policy.ratelimit.CallerKey;
import dev.gatehouse.policy.ratelimit.LimitSource;
import dev.gatehouse.policy.ratelimit.Wanted;
import java.util.List;

/// So many until the hour, day, week or month is over.
record QuotaLimit(String name, QuotaAmount amount, CallerKey per, long cost, CalendarPeriods periods)
        implements LimitSource {
    @Override
    public void addTo(List<Wanted> wanted, Exchange exchange) {
        LimitTake take = new LimitTake(
                periods.rule(amount.rate().count(), amount.unit()), per.of("quota/" + name + "/", exchange), cost);
        wanted.add(new Wanted(take, name, amount.unit(), null, true));
    }

    @Override
    public boolean needsIdentity() {
        return per.needsIdentity();
    }
}
