package dev.gatehouse.engine.listener;

import dev.gatehouse.api.Cidr;
import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.exchange.ExchangePool;
import dev.gatehouse.engine.exchange.SharedParts;
import dev.gatehouse.engine.net.Loop;
import dev.gatehouse.engine.telemetry.ExchangeCounters;
import dev.gatehouse.engine.telemetry.Telemetry;
import dev.gatehouse.engine.tls.ServerTls;
import dev.gatehouse.http1.HeadLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a listener holds its connections to, on one loop. Replaced as a whole when a reload changes the listener's
/// settings; a connection keeps those it was accepted with.
///
/// @param tls what it speaks with clients; null for none
/// @param tcp where its connections go as they are; null when HTTP is spoken
record ListenerRules(
        ListenerConfig config,
        @Nullable ServerTls tls,
        @Nullable TcpRoutes tcp,
        Telemetry telemetry,
        LimitsConfig limits,
        HeadLimits headLimits,
        List<Cidr> trustedProxies,
        ExchangePool exchanges) {
    static ListenerRules of(ListenerPlan plan, Loop loop, SharedParts shared, ExchangeCounters counters) {
        ListenerConfig config = plan.config();
        List<Cidr> trusted =
                config.forwarding().trustedProxies().stream().map(Cidr::of).toList();
        return new ListenerRules(
                config,
                plan.tls(),
                plan.tcp(),
                shared.telemetry(),
                config.limits(),
                config.limits().heads(),
                trusted,
                new ExchangePool(loop, shared, config, trusted, counters));
    }
}
