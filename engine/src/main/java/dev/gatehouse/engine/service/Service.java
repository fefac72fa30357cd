package dev.gatehouse.engine.service;

import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.ServiceAddress;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// Something requests are sent to: a name for people, and the addresses that all answer alike.
public final class Service {
    private final String name;
    private final List<Instance> instances;
    private final TimeoutConfig timeouts;
    private final ServiceConnectionsConfig connections;
    private final ConnectionBudget budget;

    private Service(ServiceConfig config, List<Instance> instances) {
        this.name = config.name();
        this.timeouts = config.timeout();
        this.connections = config.connections();
        this.instances = List.copyOf(instances);
        this.budget = new ConnectionBudget(connections.max(), connections.queue());
    }

    /// Looks every host name up, once; each address it has is an instance.
    ///
    /// @throws UnknownHostException when a name has no address
    public static Service of(ServiceConfig config) throws UnknownHostException {
        List<Instance> instances = new ArrayList<>();
        for (InstanceConfig instance : config.instances()) {
            ServiceAddress address = instance.address();
            for (InetAddress ip : InetAddress.getAllByName(address.host())) {
                instances.add(
                        new Instance(instances.size(), new InetSocketAddress(ip, address.port()), address.authority()));
            }
        }
        return new Service(config, instances);
    }

    public String name() {
        return name;
    }

    public List<Instance> instances() {
        return instances;
    }

    public TimeoutConfig timeouts() {
        return timeouts;
    }

    public ServiceConnectionsConfig connections() {
        return connections;
    }

    public ConnectionBudget budget() {
        return budget;
    }
}
