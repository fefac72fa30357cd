package dev.gatehouse.testkit;

import dev.gatehouse.api.config.FileContent;
import dev.gatehouse.api.policy.Policy;
import dev.gatehouse.engine.Gateway;
import dev.gatehouse.engine.config.ForwardingConfig;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.LoadBalancerConfig;
import dev.gatehouse.engine.config.RuntimeConfig;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.ServiceProtocol;
import dev.gatehouse.engine.config.ServiceTlsConfig;
import dev.gatehouse.engine.config.ServiceTlsConfig.Verification;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.config.TlsVersion;
import dev.gatehouse.engine.config.diagnostic.TextReport;
import dev.gatehouse.engine.config.load.ConfigLoader;
import dev.gatehouse.engine.config.load.LoadOptions;
import dev.gatehouse.engine.config.load.Loaded;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.service.Service;
import dev.gatehouse.engine.snapshot.ConfigCheck;
import dev.gatehouse.engine.snapshot.Plan;
import dev.gatehouse.engine.snapshot.Snapshot;
import dev.gatehouse.testkit.tls.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A real gateway on a free loopback port, for one test. Closing it drains it as SIGTERM would.
///
/// ```java
/// try (var service = FakeService.start();
///      var gateway = TestGateway.to(service).start();
///      var client = RawClient.connect(gateway.port())) { … }
/// ```
///
/// The transport is `-Dgatehouse.test.transport` unless the test says, and the best of this machine otherwise.
public final class TestGateway implements AutoCloseable {
    private final Gateway gateway;
    private final LoadOptions options;

    private TestGateway(Gateway gateway, LoadOptions options) {
        this.gateway = gateway;
        this.options = options;
    }

    /// A gateway in front of these addresses of one service.
    public static Builder to(FakeService... services) {
        return toUrls(Arrays.stream(services).map(FakeService::url).toArray(String[]::new));
    }

    public static Builder toUrls(String... urls) {
        return toInstances(Arrays.stream(urls).map(InstanceConfig::of).toArray(InstanceConfig[]::new));
    }

    /// A gateway in front of these instances of one service.
    public static Builder toInstances(InstanceConfig... instances) {
        return new Builder(List.of(instances));
    }

    /// A gateway that is what this file says, but for two things: it listens on loopback only, and where a port is
    /// left out (or is 8080 or 8443) on a free one.
    ///
    /// @throws AssertionError with all its mistakes when the file has any
    public static TestGateway from(String yaml) {
        return from(yaml, LoadOptions.standard());
    }

    public static TestGateway from(String yaml, LoadOptions options) {
        Loaded loaded = load(yaml, options);
        refuseMistakes(ConfigCheck.dryRun(loaded));
        try {
            return new TestGateway(Gateway.start(Plan.of(loaded), List.of()), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Changes the gateway to what this file says. Only when this returns normally is it changed.
    ///
    /// @throws AssertionError with all its mistakes when the file has any
    /// @throws UncheckedIOException when a port is taken
    public void reload(String yaml) {
        Snapshot next = refuseMistakes(gateway.check(load(yaml, options)));
        try {
            gateway.apply(next);
        } catch (IOException e) {
            next.discard(gateway.snapshot());
            throw new UncheckedIOException(e);
        }
    }

    private static Loaded load(String yaml, LoadOptions options) {
        Path nowhere = Path.of("gateway.yaml").toAbsolutePath();
        return onFreePorts(ConfigLoader.load(new SourceFile("gateway.yaml", nowhere, yaml), options));
    }

    private static Snapshot refuseMistakes(ConfigCheck check) {
        Snapshot snapshot = check.snapshot();
        if (snapshot == null) {
            throw new AssertionError(TextReport.of(check.diagnostics()));
        }
        return snapshot;
    }

    private static Loaded onFreePorts(Loaded loaded) {
        GatewayConfig config = loaded.config();
        if (config == null) {
            return loaded;
        }
        Map<String, ListenerConfig> listeners = new LinkedHashMap<>();
        config.listeners().forEach((name, one) -> {
            boolean leftOut = one.port() == ListenerConfig.PLAIN_PORT || one.port() == ListenerConfig.TLS_PORT;
            int port = leftOut ? 0 : one.port();
            listeners.put(name, one.at("127.0.0.1", port));
        });
        return new Loaded(
                config.withListeners(listeners),
                loaded.diagnostics(),
                loaded.document(),
                loaded.routes(),
                loaded.sources(),
                loaded.files(),
                loaded.folders(),
                loaded.extensions(),
                loaded.mask());
    }

    public int port() {
        return gateway.address().getPort();
    }

    /// The port of the listener of this name.
    public int port(String listener) {
        InetSocketAddress address = gateway.addresses().get(listener);
        if (address == null) {
            throw new AssertionError("no listener '" + listener + "' among " + gateway.addresses());
        }
        return address.getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /// The first service there is now.
    public Service service() {
        return gateway.snapshot().services().iterator().next().service();
    }

    public Gateway gateway() {
        return gateway;
    }

    @Override
    public void close() {
        gateway.close();
    }

    /// How TLS is spoken with services whose certificates are of these authorities.
    ///
    /// @param authorities as PEM
    public static ServiceTlsConfig believing(String authorities) {
        return new ServiceTlsConfig(
                Verification.FULL, FileContent.inline(authorities), null, null, TlsVersion.TLS_1_2, TlsVersion.TLS_1_3);
    }

    /// What the gateway is told; everything has the default of the product.
    public static final class Builder {
        private final List<InstanceConfig> instances;
        private final List<Policy> policies = new ArrayList<>();
        private String name = "test-service";
        private int port;
        private boolean health;
        private LimitsConfig limits = LimitsConfig.DEFAULT;
        private ForwardingConfig forwarding = ForwardingConfig.DEFAULT;
        private TimeoutConfig timeouts = TimeoutConfig.DEFAULT;
        private ServiceConnectionsConfig connections = ServiceConnectionsConfig.DEFAULT;
        private LoadBalancerConfig balancing = LoadBalancerConfig.DEFAULT;
        private HealthCheckConfig healthCheck = HealthCheckConfig.DEFAULT;
        private ServiceProtocol protocol = ServiceProtocol.AUTO;
        private ServiceTlsConfig serviceTls = ServiceTlsConfig.DEFAULT;
        private List<String> nameServers = List.of();
        private List<String> upgrades = List.of();
        private int loops = 1;
        private String transport = System.getProperty("gatehouse.test.transport", "auto");
        private Duration drain = Duration.ofSeconds(5);
        private boolean takeover;

        private Builder(List<InstanceConfig> instances) {
            this.instances = instances;
        }

        public Builder name(String service) {
            name = service;
            return this;
        }

        public Builder port(int fixed) {
            port = fixed;
            return this;
        }

        /// Answers `/health/live` and `/health/ready`.
        public Builder health() {
            health = true;
            return this;
        }

        public Builder limits(LimitsConfig config) {
            limits = config;
            return this;
        }

        public Builder trust(String... ranges) {
            forwarding = new ForwardingConfig(List.of(ranges), forwarding.forwarded());
            return this;
        }

        public Builder forwarded() {
            forwarding = new ForwardingConfig(forwarding.trustedProxies(), true);
            return this;
        }

        public Builder timeouts(TimeoutConfig config) {
            timeouts = config;
            return this;
        }

        /// Connections to the service, and how many exchanges may wait for one.
        public Builder connections(int max, int queue) {
            connections = new ServiceConnectionsConfig(max, queue, connections.idleTimeout());
            return this;
        }

        public Builder idleConnections(Duration kept) {
            connections = new ServiceConnectionsConfig(connections.max(), connections.queue(), kept);
            return this;
        }

        /// How requests are spread over the instances.
        public Builder balance(LoadBalancerConfig config) {
            balancing = config;
            return this;
        }

        /// How instances are watched.
        public Builder healthCheck(HealthCheckConfig config) {
            healthCheck = config;
            return this;
        }

        /// What is spoken with the service.
        public Builder protocol(ServiceProtocol spoken) {
            protocol = spoken;
            return this;
        }

        /// How TLS is spoken with the service.
        public Builder serviceTls(ServiceTlsConfig config) {
            serviceTls = config;
            return this;
        }

        /// The service's certificates are of this authority.
        public Builder serviceTls(TestAuthority believed) {
            return serviceTls(believing(believed.pem()));
        }

        /// Whom names are looked up with, instead of the system's name servers.
        public Builder nameServer(FakeDns dns) {
            nameServers = List.of(dns.address());
            return this;
        }

        public Builder upgrade(String... protocols) {
            upgrades = List.of(protocols);
            return this;
        }

        public Builder policy(Policy policy) {
            policies.add(policy);
            return this;
        }

        public Builder loops(int count) {
            loops = count;
            return this;
        }

        public Builder transport(String which) {
            transport = which;
            return this;
        }

        public Builder drain(Duration time) {
            drain = time;
            return this;
        }

        public Builder takeover() {
            takeover = true;
            return this;
        }

        public TestGateway start() {
            GatewayConfig config = GatewayConfig.proxy(
                    new ListenerConfig("127.0.0.1", port, health, limits, forwarding),
                    new ServiceConfig(
                            name, instances, balancing, healthCheck, protocol, serviceTls, timeouts, connections),
                    upgrades,
                    new RuntimeConfig(
                            loops, transport, drain, takeover, RuntimeConfig.TUNNEL_TIMEOUT, nameServers, null));
            try {
                return new TestGateway(Gateway.start(config, policies), LoadOptions.standard());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
