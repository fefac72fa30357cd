package dev.gatehouse.engine.snapshot;

import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.ListenerConfig.Protocol;
import dev.gatehouse.engine.config.ListenerConfig.Type;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.exchange.RouteGraph;
import dev.gatehouse.engine.listener.ListenerPlan;
import dev.gatehouse.engine.listener.TcpRoutes;
import dev.gatehouse.engine.target.proxy.ServiceLanes;
import dev.gatehouse.engine.tls.ServerTls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes listeners of what is written of them: loads their key material, opens no socket.
final class ListenerPlans {
    private ListenerPlans() {}

    /// @param services by name, those of the same snapshot
    /// @param graph of the same snapshot
    /// @param before what runs now; what did not change is taken over
    /// @throws dev.gatehouse.engine.tls.TlsRefused when key material cannot be used
    static Map<String, ListenerPlan> of(
            GatewayConfig config,
            Map<String, RunningService> services,
            RouteGraph graph,
            Map<String, ListenerPlan> before) {
        Map<String, ListenerPlan> plans = new LinkedHashMap<>();
        config.listeners().forEach((name, listener) -> {
            TcpRoutes tcp = listener.type() == Type.TCP ? tcp(name, listener, services, graph) : null;
            plans.put(name, plan(listener, tcp, before.get(name)));
        });
        return plans;
    }

    private static ListenerPlan plan(ListenerConfig listener, @Nullable TcpRoutes tcp, @Nullable ListenerPlan before) {
        if (before != null && before.config().equals(listener)) {
            return tcp == null ? before : new ListenerPlan(listener, before.tls(), tcp);
        }
        ListenerTlsConfig tls = listener.tls();
        return new ListenerPlan(listener, tls == null ? null : ServerTls.of(tls, alpn(listener.protocols())), tcp);
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
            throw new IllegalArgumentException(
                    "listener '" + listener + "': service '" + service + "' is not defined");
        }
        return running.lanes();
    }

    private static List<String> alpn(List<Protocol> protocols) {
        return protocols.stream()
                .map(protocol -> protocol == Protocol.H2 ? "h2" : "http/1.1")
                .toList();
    }
}
