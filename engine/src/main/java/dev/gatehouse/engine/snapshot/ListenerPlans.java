package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.ListenerConfig.Protocol;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.exchange.RouteGraph;
import dev.gatehouse.engine.listener.ListenerPlan;
import dev.gatehouse.engine.listener.TcpRoutes;
import dev.gatehouse.engine.target.proxy.ServiceLanes;
import dev.gatehouse.engine.tls.ServerTls;
import dev.gatehouse.engine.tls.TlsRefused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes listeners of what is written of them: loads their key material, opens no socket.
final class ListenerPlans {
    private ListenerPlans() {}

    /// Loads the key material of those that speak TLS, by their names.
    ///
    /// @param before what runs now; what did not change is taken over
    /// @param refused gets what cannot be used
    static Map<String, ServerTls> tls(
            GatewayConfig config, Map<String, ListenerPlan> before, List<SettingsRefused.Reason> refused) {
        Map<String, ServerTls> loaded = new LinkedHashMap<>();
        config.listeners().forEach((name, listener) -> {
            ListenerTlsConfig written = listener.tls();
            if (written == null) {
                return;
            }
            try {
                loaded.put(name, tls(listener, written, before.get(name)));
            } catch (TlsRefused e) {
                refused.add(new SettingsRefused.Reason("listeners." + name + ".tls." + e.key(), e.sentence()));
            }
        });
        return loaded;
    }

    private static ServerTls tls(ListenerConfig listener, ListenerTlsConfig written, @Nullable ListenerPlan before) {
        ServerTls running = before == null ? null : before.tls();
        boolean same = before != null && before.config().equals(listener);
        return same && running != null ? running : ServerTls.of(written, alpn(listener.protocols()), running);
    }

    private static List<String> alpn(List<Protocol> protocols) {
        return protocols.stream()
                .map(protocol -> protocol == Protocol.H2 ? "h2" : "http/1.1")
                .toList();
    }

    /// @param tls what was loaded
    /// @param services by name, those of the same snapshot
    /// @param graph of the same snapshot
    static Map<String, ListenerPlan> of(
            GatewayConfig config, Map<String, ServerTls> tls, Map<String, RunningService> services, RouteGraph graph) {
        Map<String, ListenerPlan> plans = new LinkedHashMap<>();
        config.listeners().forEach((name, listener) -> {
            TcpRoutes tcp = listener.type() == ListenerConfig.Type.TCP ? tcp(name, listener, services, graph) : null;
            plans.put(name, new ListenerPlan(listener, tls.get(name), tcp));
        });
        return plans;
    }

    private static TcpRoutes tcp(
            String name, ListenerConfig listener, Map<String, RunningService> services, RouteGraph graph) {
        Map<String, ServiceLanes> named = new LinkedHashMap<>();
        listener.sni().forEach((host, service) -> named.put(host, lanes(name, service, services)));
        String service = listener.service();
        return new TcpRoutes(name, named, service == null ? null : lanes(name, service, services), graph);
    }

    private static ServiceLanes lanes(String listener, String service, Map<String, RunningService> services) {
        RunningService running = services.get(service);
        if (running == null) {
            throw new IllegalArgumentException("listener '" + listener + "': service '" + service + "' is not defined");
        }
        return running.lanes();
    }
}
