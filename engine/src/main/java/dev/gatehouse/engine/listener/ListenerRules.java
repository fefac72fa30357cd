package dev.gatehouse.engine.listener;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.exchange.ExchangePool;
import dev.gatehouse.engine.exchange.SharedParts;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.telemetry.ExchangeCounters;
import dev.gatehouse.engine.tls.ServerTls;
import dev.gatehouse.engine.tls.acme.Challenges;
import dev.gatehouse.http1.HeadLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a listener holds its connections to, on one loop. Replaced as a whole when a reload changes the listener's
/// settings; a connection keeps those it was accepted with.
///
/// @param tls what it speaks with clients; null for none
/// @param challenges what issuers of certificates may ask for
record ListenerRules(
        ListenerConfig config,
        @Nullable ServerTls tls,
        LimitsConfig limits,
        HeadLimits headLimits,
        List<Cidr> trustedProxies,
        Challenges challenges,
        ExchangePool exchanges) {
    static ListenerRules of(ListenerPlan plan, Loop loop, SharedParts shared, ExchangeCounters counters) {
        ListenerConfig config = plan.config();
        List<Cidr> trusted =
                config.forwarding().trustedProxies().stream().map(Cidr::of).toList();
        return new ListenerRules(
                config,
                plan.tls(),
                config.limits(),
                config.limits().heads(),
                trusted,
                shared.challenges(),
                new ExchangePool(loop, shared, config, trusted, counters));
    }
}
