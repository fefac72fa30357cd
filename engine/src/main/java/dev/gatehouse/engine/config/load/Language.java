package dev.gatehouse.engine.config.load;

import dev.gatehouse.api.config.ConfigSection;
import dev.gatehouse.engine.config.AccessLogConfig;
import dev.gatehouse.engine.config.AccessLogTargetConfig;
import dev.gatehouse.engine.config.AcmeConfig;
import dev.gatehouse.engine.config.AddressRulesConfig;
import dev.gatehouse.engine.config.AdminConfig;
import dev.gatehouse.engine.config.AdminTokenConfig;
import dev.gatehouse.engine.config.CertificateConfig;
import dev.gatehouse.engine.config.ClientCertificatesConfig;
import dev.gatehouse.engine.config.ConsumerConfig;
import dev.gatehouse.engine.config.DefaultsSection;
import dev.gatehouse.engine.config.ErrorsConfig;
import dev.gatehouse.engine.config.ExternalAccountConfig;
import dev.gatehouse.engine.config.ForwardingConfig;
import dev.gatehouse.engine.config.GatewayFile;
import dev.gatehouse.engine.config.GrpcConfig;
import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.config.Http2Config;
import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.KeyConfig;
import dev.gatehouse.engine.config.LimitsConfig;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.ListenerTlsConfig;
import dev.gatehouse.engine.config.LoadBalancerConfig;
import dev.gatehouse.engine.config.LogRotationConfig;
import dev.gatehouse.engine.config.MatchConfig;
import dev.gatehouse.engine.config.MetricsConfig;
import dev.gatehouse.engine.config.PassiveHealthConfig;
import dev.gatehouse.engine.config.PlanConfig;
import dev.gatehouse.engine.config.PlanRouteConfig;
import dev.gatehouse.engine.config.PrometheusConfig;
import dev.gatehouse.engine.config.QueryEditsConfig;
import dev.gatehouse.engine.config.RedirectConfig;
import dev.gatehouse.engine.config.RespondConfig;
import dev.gatehouse.engine.config.RouteSection;
import dev.gatehouse.engine.config.RuntimeConfig;
import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.ServiceSection;
import dev.gatehouse.engine.config.ServiceTlsConfig;
import dev.gatehouse.engine.config.SessionTicketsConfig;
import dev.gatehouse.engine.config.TelemetryConfig;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.config.TlsHostConfig;
import dev.gatehouse.engine.config.WebSocketConfig;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.decode.RecordShape;
import dev.gatehouse.engine.config.decode.Vocabulary;
import dev.gatehouse.engine.config.source.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The words of the language: those of this version's records, those of later versions, and those people bring from
/// other gateways. A feature that arrives takes its words out of the lists here.
public final class Language implements Vocabulary {
    /// Slots of policies that come later.
    private static final Set<String> LATER_SLOTS =
            Set.of("when", "cache", "compression", "validate", "transform", "retry", "circuit_breaker");

    private static final Map<String, Set<String>> LATER = Map.of(
            "file",
            Set.of("stores", "security", "policies", "endpoints", "portal"),
            "listener",
            Set.of("proxy_protocol"),
            "admin",
            Set.of("config_owner", "tls"),
            "service",
            Set.of("retry", "circuit_breaker", "descriptor", "discovery"),
            "route",
            Set.of("graphql", "openapi"),
            "route.grpc",
            Set.of("fields"));

    private static final Map<String, Map<String, String>> SYNONYMS = Map.of(
            "file",
            Map.ofEntries(
                    Map.entry("upstreams", "services"),
                    Map.entry("backends", "services"),
                    Map.entry("clusters", "services"),
                    Map.entry("middlewares", "policies"),
                    Map.entry("plugins", "policies"),
                    Map.entry("filters", "policies"),
                    Map.entry("paths", "routes"),
                    Map.entry("rules", "routes"),
                    Map.entry("entrypoints", "listeners"),
                    Map.entry("servers", "listeners"),
                    Map.entry("customers", "consumers"),
                    Map.entry("clients", "consumers"),
                    Map.entry("apikeys", "consumers"),
                    Map.entry("tiers", "plans"),
                    Map.entry("subscriptions", "plans")),
            "listener",
            Map.of("host", "bind", "address", "bind"),
            "service",
            Map.ofEntries(
                    Map.entry("targets", "instances"),
                    Map.entry("servers", "instances"),
                    Map.entry("endpoints", "instances"),
                    Map.entry("nodes", "instances"),
                    Map.entry("addresses", "instances"),
                    Map.entry("url", "instances"),
                    Map.entry("lb", "load_balancer"),
                    Map.entry("balancer", "load_balancer"),
                    Map.entry("balance", "load_balancer"),
                    Map.entry("healthchecks", "health_check"),
                    Map.entry("pool", "connections")),
            "route",
            Map.ofEntries(
                    Map.entry("uri", "path"),
                    Map.entry("url", "path"),
                    Map.entry("prefix", "path"),
                    Map.entry("upstream", "service"),
                    Map.entry("backend", "service"),
                    Map.entry("cluster", "service"),
                    Map.entry("proxypass", "service"),
                    Map.entry("throttle", "rate_limit"),
                    Map.entry("ratelimiting", "rate_limit"),
                    Map.entry("plugins", "policies"),
                    Map.entry("predicates", "match")),
            "consumer",
            Map.of("tier", "plan", "email", "contact", "apikeys", "keys", "credentials", "keys"),
            "admin.token",
            Map.of("hash", "sha256", "scope", "scopes", "expiresat", "expires"),
            "consumer.key",
            Map.of("hash", "sha256", "name", "id", "expiresat", "expires", "validfrom", "not_before"),
            "service.instance",
            Map.of("address", "url", "target", "url", "uri", "url"));

    private static final List<Class<? extends Record>> RECORDS = List.of(
            GatewayFile.class,
            ListenerConfig.class,
            LimitsConfig.class,
            ForwardingConfig.class,
            Http2Config.class,
            ListenerTlsConfig.class,
            CertificateConfig.class,
            AcmeConfig.class,
            ExternalAccountConfig.class,
            ClientCertificatesConfig.class,
            TlsHostConfig.class,
            SessionTicketsConfig.class,
            AdminConfig.class,
            AdminTokenConfig.class,
            RuntimeConfig.class,
            ServiceSection.class,
            InstanceConfig.class,
            LoadBalancerConfig.class,
            HealthCheckConfig.class,
            PassiveHealthConfig.class,
            ServiceConnectionsConfig.class,
            ServiceTlsConfig.class,
            TimeoutConfig.class,
            PlanConfig.class,
            PlanRouteConfig.class,
            ConsumerConfig.class,
            KeyConfig.class,
            AddressRulesConfig.class,
            DefaultsSection.class,
            RouteSection.class,
            WebSocketConfig.class,
            GrpcConfig.class,
            MatchConfig.class,
            RespondConfig.class,
            RedirectConfig.class,
            QueryEditsConfig.class,
            ErrorsConfig.class,
            TelemetryConfig.class,
            AccessLogConfig.class,
            AccessLogTargetConfig.class,
            LogRotationConfig.class,
            MetricsConfig.class,
            PrometheusConfig.class);

    private final Extensions extensions;
    private @Nullable Map<String, String> homes;
    private Node.@Nullable Sequence routes;

    public Language(Extensions extensions) {
        this.extensions = extensions;
    }

    /// The records of the language, for documents and tests.
    public static List<Class<? extends Record>> records() {
        return RECORDS;
    }

    @Override
    public Set<String> later(String section) {
        Set<String> keys = new TreeSet<>(LATER.getOrDefault(section, Set.of()));
        if (section.equals("route") || section.equals("defaults")) {
            keys.addAll(LATER_SLOTS);
        }
        if (section.equals("file") && !extensions.slots().isEmpty()) {
            keys.remove("policies");
        }
        extensions.slots().forEach(keys::remove);
        for (ConfigSection<?> known : extensions.sections()) {
            int dot = known.name().indexOf('.');
            keys.remove(dot < 0 ? known.name() : known.name().substring(0, dot));
        }
        if (!extensions.authenticators().isEmpty()) {
            keys.remove(SecurityReader.SECURITY);
        }
        if (!extensions.stores().isEmpty()) {
            keys.remove("stores");
        }
        return keys;
    }

    /// Whether a slot under `policies` comes later.
    boolean isLaterSlot(String slot) {
        return LATER_SLOTS.contains(slot) && extensions.factory(slot) == null;
    }

    @Override
    public Map<String, String> synonyms(String section) {
        return SYNONYMS.getOrDefault(section, Map.of());
    }

    @Override
    public @Nullable String home(String key) {
        String noun = homes().get(key);
        return noun == null ? null : noun.equals("the file") ? "at the top of the file" : "in " + noun;
    }

    /// What each key belongs to. Only mistakes are answered with it: a file without any does not wait for all the
    /// records of the language to be read.
    private Map<String, String> homes() {
        Map<String, String> known = homes;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (Class<? extends Record> type : RECORDS) {
                RecordShape shape = RecordShape.of(type);
                for (String key : shape.keyNames()) {
                    known.putIfAbsent(key, noun(shape.name()));
                }
            }
            for (Map.Entry<String, Set<String>> section : LATER.entrySet()) {
                for (String key : section.getValue()) {
                    known.putIfAbsent(key, noun(section.getKey()));
                }
            }
            for (String slot : LATER_SLOTS) {
                known.put(slot, "a route");
            }
            for (String slot : extensions.slots()) {
                known.put(slot, "a route");
            }
            homes = known;
        }
        return known;
    }

    /// For advice about keys in the wrong place.
    void routes(Node.@Nullable Sequence section) {
        routes = section;
    }

    @Override
    public @Nullable String destination(String section, String key, NodePath path) {
        boolean toRoute = section.equals("service") && "a route".equals(homes().get(key));
        return toRoute && routes != null ? RouteUses.of(path.last(), routes) : null;
    }

    @Override
    public String noun(String section) {
        return switch (section) {
            case "file" -> "the file";
            case "listener" -> "a listener";
            case "service" -> "a service";
            case "service.instance" -> "an instance";
            case "plan" -> "a plan";
            case "consumer" -> "a consumer";
            case "consumer.key" -> "a key";
            case "route" -> "a route";
            default -> "'" + section.substring(section.lastIndexOf('.') + 1) + "'";
        };
    }
}
