package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.ListenerConfig.Protocol;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.listener.ListenerPlan;
import dev.gatehouse.engine.tls.ServerTls;
import dev.gatehouse.engine.tls.TlsRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes listeners of what is written of them: loads their key material, opens no socket.
final class ListenerPlans {
    private ListenerPlans() {}

    /// @param before what runs now; what did not change is taken over
    /// @param refused gets what cannot be used of their key material; such a listener has no plan
    static Map<String, ListenerPlan> of(
            GatewayConfig config, Map<String, ListenerPlan> before, List<SettingsRefused.Reason> refused) {
        Map<String, ListenerPlan> plans = new LinkedHashMap<>();
        config.listeners().forEach((name, listener) -> {
            try {
                plans.put(name, plan(listener, before.get(name)));
            } catch (TlsRefused e) {
                refused.add(new SettingsRefused.Reason("listeners." + name + ".tls." + e.key(), e.sentence()));
            }
        });
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
