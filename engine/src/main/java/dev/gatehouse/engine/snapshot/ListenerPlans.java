package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.ListenerConfig.Protocol;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.listener.ListenerPlan;
import dev.gatehouse.engine.tls.ServerTls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes listeners of what is written of them: loads their key material, opens no socket.
final class ListenerPlans {
    private ListenerPlans() {}

    /// @param before what runs now; what did not change is taken over
    /// @throws dev.gatehouse.engine.tls.TlsRefused when key material cannot be used
    static Map<String, ListenerPlan> of(GatewayConfig config, Map<String, ListenerPlan> before) {
        Map<String, ListenerPlan> plans = new LinkedHashMap<>();
        config.listeners().forEach((name, listener) -> plans.put(name, plan(listener, before.get(name))));
        return plans;
    }

    private static ListenerPlan plan(ListenerConfig listener, @Nullable ListenerPlan before) {
        if (before != null && before.config().equals(listener)) {
            return before;
        }
        ListenerTlsConfig tls = listener.tls();
        return new ListenerPlan(listener, tls == null ? null : ServerTls.of(tls, alpn(listener.protocols()), before == null ? null : before.tls()));
    }

    private static List<String> alpn(List<Protocol> protocols) {
        return protocols.stream()
                .map(protocol -> protocol == Protocol.H2 ? "h2" : "http/1.1")
                .toList();
    }
}
