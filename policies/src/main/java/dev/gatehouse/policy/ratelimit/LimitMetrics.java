package dev.gatehouse.policy.ratelimit;

import dev.gatehouse.api.Exchange;
import dev.gatehouse.api.Mode;
import dev.gatehouse.api.metrics.Counter;
import dev.gatehouse.api.metrics.CounterFamily;
import dev.gatehouse.api.policy.PolicyContext;

/// What limits are counted as, by the name of their setting: never by who was limited.
public final class LimitMetrics {
    private final Counter violated;
    private final Counter violatedInShadow;
    private final Counter allowed;
    private final Counter refused;
    private final Counter delayed;
    private final Counter withoutStore;

    public LimitMetrics(PolicyContext context) {
        CounterFamily violations = context.counter(
                "gatehouse_rate_limit_violations",
                "Requests over a rate limit or quota: refused, or in shadow mode only told.",
                "limit",
                "mode");
        CounterFamily decisions = context.counter(
                "gatehouse_rate_limit_decisions", "What rate limits and quotas decided.", "limit", "decision");
        String limit = context.name();
        this.violated = violations.of(limit, "live");
        this.violatedInShadow = violations.of(limit, "shadow");
        this.allowed = decisions.of(limit, "allowed");
        this.refused = decisions.of(limit, "refused");
        this.delayed = decisions.of(limit, "delayed");
        this.withoutStore = context.counter(
                        "gatehouse_rate_limit_without_store",
                        "Decisions about rate limits and quotas while their store was down.",
                        "limit")
                .of(limit);
    }

    void allowed(Exchange exchange) {
        if (exchange.mode() != Mode.SHADOW) {
            exchange.count(allowed);
        }
    }

    void refused(Exchange exchange) {
        boolean shadow = exchange.mode() == Mode.SHADOW;
        exchange.count(shadow ? violatedInShadow : violated);
        if (!shadow) {
            exchange.count(refused);
        }
    }

    void delayed(Exchange exchange) {
        exchange.count(delayed);
    }

    void withoutStore() {
        withoutStore.add(1);
    }
}
