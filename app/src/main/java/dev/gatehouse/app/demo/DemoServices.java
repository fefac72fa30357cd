package dev.gatehouse.app.demo;

import dev.gatehouse.app.demo.identity.IdentityServer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The demo's services, running in this process from [#start] to [#close].
public final class DemoServices implements AutoCloseable {
    /// Where the first instance is when the places are fixed; the others follow.
    public static final int FIRST_PORT = 9101;

    /// How many services the instances belong to.
    public static final int COUNT = 3;

    /// How many instances there are.
    public static final int INSTANCE_COUNT = 6;

    /// In the order of their ports.
    private static final List<String> INSTANCES = List.of("user-1", "menu-1", "menu-2", "menu-3", "order-1", "order-2");

    /// What stands behind the last instance: who the demo's people are.
    private static final String IDENTITY = "identity";

    private final Map<String, InstanceServer> servers = new LinkedHashMap<>();
    private @Nullable IdentityServer identity;

    private DemoServices() {}

    private static DemoAnswers answers(String instance, OrderBook orders) {
        return switch (instance.substring(0, instance.indexOf('-'))) {
            case "user" -> new UserAnswers();
            case "menu" -> new MenuAnswers();
            case "order" -> new OrderAnswers(orders);
            default -> throw new IllegalStateException(instance);
        };
    }

    /// @param firstPort of the first instance; 0 lets each take a free one
    /// @throws IOException when a port is taken
    public static DemoServices start(int firstPort) throws IOException {
        refuseNonsense(firstPort);
        DemoServices services = new DemoServices();
        OrderBook orders = new OrderBook();
        // Asked by many threads.
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        int port = firstPort;
        try {
            for (String name : INSTANCES) {
                DemoInstance instance = new DemoInstance(name, answers(name, orders), InstantSource.system(), random);
                services.servers.put(name, InstanceServer.start(instance, port));
                port += firstPort == 0 ? 0 : 1;
            }
            services.identity = IdentityServer.start(port);
            return services;
        } catch (IOException e) {
            services.close();
            throw new IOException(
                    "the demo's services want the ports " + firstPort + " to "
                            + (firstPort + INSTANCES.size()) + ", and " + port + " is taken: " + e.getMessage()
                            + ". Let them begin elsewhere: --first-port 9201",
                    e);
        }
    }

    /// Where each instance is: `menu-2` → `127.0.0.1:9103`; and `identity`, the provider.
    public Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        servers.forEach((name, server) -> places.put(name, "127.0.0.1:" + server.port()));
        IdentityServer provider = identity;
        if (provider != null) {
            places.put(IDENTITY, "127.0.0.1:" + provider.port());
        }
        return places;
    }

    private static void refuseNonsense(int firstPort) {
        int last = 65535 - INSTANCES.size();
        if (firstPort < 0 || firstPort > last) {
            throw new IllegalArgumentException("--first-port " + firstPort + " (expected: 0 to " + last + ")");
        }
    }

    /// Where each instance would be.
    public static Map<String, String> places(int firstPort) {
        refuseNonsense(firstPort);
        Map<String, String> places = new LinkedHashMap<>();
        for (String name : INSTANCES) {
            places.put(name, "127.0.0.1:" + (firstPort + places.size()));
        }
        places.put(IDENTITY, "127.0.0.1:" + (firstPort + places.size()));
        return places;
    }

    @Override
    public void close() {
        IdentityServer provider = identity;
        if (provider != null) {
            provider.close();
        }
        new ArrayList<>(servers.values()).forEach(InstanceServer::close);
    }
}
