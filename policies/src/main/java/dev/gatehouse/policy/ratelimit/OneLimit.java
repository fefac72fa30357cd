package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.limit.LimitRule;
import dev.gatehouse.api.limit.LimitTake;
import java.util.List;

/// A limit that is the same for everybody.
///
/// @param prefix what its keys begin with, which is its name: `rate_limit/login/`
record OneLimit(String name, String prefix, LimitRule rule, CallerKey per, long cost) implements LimitSource {
    @Override
    public void addTo(List<Wanted> wanted, Exchange exchange) {
        LimitTake take = new LimitTake(rule, per.of(prefix, exchange), cost);
        wanted.add(new Wanted(take, name, null, null, false));
    }

    @Override
    public boolean needsIdentity() {
        return per.needsIdentity();
    }
}
