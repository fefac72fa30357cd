package dev.gatehouse.engine.config.load;

import dev.gatehouse.engine.config.HealthCheckConfig;
import dev.gatehouse.engine.config.InstanceConfig;
import dev.gatehouse.engine.config.LoadBalancerConfig;
import dev.gatehouse.engine.config.ServiceAddress;
import dev.gatehouse.engine.config.ServiceConfig;
import dev.gatehouse.engine.config.ServiceConnectionsConfig;
import dev.gatehouse.engine.config.ServiceSection;
import dev.gatehouse.engine.config.TimeoutConfig;
import dev.gatehouse.engine.config.decode.Decoder;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The services of the file, and those that routes name by their URL.
final class ServiceReader {
    /// What clients are told a service is called that has no name: its address is nobody's business.
    private static final String ANONYMOUS = "The service";

    private static final int SHOWN = 8;

    private final Decoder decoder;
    private final Diagnostics diagnostics;
    private final Layers defaults;
    private final Map<String, Node.Entry> declared = new LinkedHashMap<>();
    private final Map<String, ServiceConfig> services = new LinkedHashMap<>();
    private final Map<String, Layers> layers = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private boolean complete = true;

    /// @param defaults whose timeout holds where a service says nothing
    ServiceReader(Decoder decoder, Diagnostics diagnostics, Layers defaults) {
        this.decoder = decoder;
        this.diagnostics = diagnostics;
        this.defaults = defaults;
    }

    /// There may be more, in a section or file that could not be read: names that are not found are no mistake.
    void areUnknown() {
        complete = false;
    }

    /// @param all whether nothing stands elsewhere, where it could not be read
    void read(Node.Mapping section, boolean all) {
        complete = all;
        for (Node.Entry entry : section.entries()) {
            if (!entry.name().startsWith("x-")) {
                declared.put(entry.name(), entry);
                readOne(
                        entry,
                        NodePath.ROOT.key("services").key(entry.name()).called("service '" + entry.name() + "'"));
            }
        }
    }

    private void readOne(Node.Entry entry, NodePath path) {
        if (!(entry.value() instanceof Node.Mapping mapping)) {
            diagnostics.add(Diagnostic.error(
                            Code.GH1302,
                            entry.value().span(),
                            "service '" + entry.name() + "' is a map of keys and values, not "
                                    + entry.value().noun())
                    .path(path.toString())
                    .help("its addresses stand under 'instances':   " + entry.name()
                            + ": { instances: [ \"127.0.0.1:8081\" ] }"));
            return;
        }
        ServiceSection written = decoder.section(mapping, ServiceSection.class, path, List.of());
        Layers own = timeoutOf(mapping);
        TimeoutConfig timeout = timeout(own, mapping, path);
        if (written == null || timeout == null) {
            return;
        }
        layers.put(entry.name(), own);
        try {
            services.put(entry.name(), written.named(entry.name(), timeout));
        } catch (IllegalArgumentException e) {
            Node at = mapping.get("instances");
            diagnostics.add(
                    Diagnostic.error(Code.GH1305, (at == null ? mapping : at).span(), String.valueOf(e.getMessage()))
                            .path(path.toString()));
        }
    }

    private Layers timeoutOf(Node.Mapping mapping) {
        Node.Entry timeout = mapping.entry(Layers.TIMEOUT);
        Layers own = Layers.NONE;
        if (timeout != null) {
            own = own.with(new Node.Mapping(mapping.span(), List.of(timeout)), Layer.SERVICE);
        }
        return own.over(defaults);
    }

    private @Nullable TimeoutConfig timeout(Layers layered, Node.Mapping at, NodePath path) {
        return layered.hasTimeout()
                ? decoder.section(layered.timeout(at.span()), TimeoutConfig.class, path.key(Layers.TIMEOUT), List.of())
                : TimeoutConfig.DEFAULT;
    }

    /// The key of a service that a route names or whose URL it gives; null when there is none, or it is broken,
    /// which was reported.
    ///
    /// @param at where it is written
    /// @param route for messages
    @Nullable
    String resolve(String written, Node at, NodePath path, String route) {
        boolean known = services.containsKey(written) || declared.containsKey(written);
        return !known && written.contains("://") ? anonymous(written, at, path) : named(written, at, path, route);
    }

    /// The service of this name; null when there is none, or it is broken, which was reported.
    ///
    /// @param at where the name is written
    /// @param user for messages
    @Nullable
    String named(String written, Node at, NodePath path, String user) {
        if (services.containsKey(written) || declared.containsKey(written)) {
            used.add(written);
            return services.containsKey(written) ? written : null;
        }
        if (complete) {
            diagnostics.add(Diagnostic.error(
                            Code.GH1101, at.span(), user + " uses service '" + written + "', which is not defined")
                    .path(path.toString())
                    .label(definedServices(written)));
        }
        return null;
    }

    private @Nullable String anonymous(String url, Node at, NodePath path) {
        try {
            ServiceAddress address = ServiceAddress.of(url);
            String name = address.authority();
            if (!services.containsKey(name)) {
                TimeoutConfig timeout = timeout(defaults, new Node.Mapping(at.span(), List.of()), path);
                if (timeout == null) {
                    return null;
                }
                services.put(
                        name,
                        new ServiceConfig(
                                ANONYMOUS,
                                List.of(InstanceConfig.of(url)),
                                LoadBalancerConfig.DEFAULT,
                                HealthCheckConfig.DEFAULT,
                                timeout,
                                ServiceConnectionsConfig.DEFAULT));
            }
            return name;
        } catch (IllegalArgumentException e) {
            decoder.refuse(at, e, path);
            return null;
        }
    }

    private String definedServices(String written) {
        if (declared.isEmpty()) {
            return "no service is defined";
        }
        String shown = declared.values().stream()
                .limit(SHOWN)
                .map(entry -> entry.name() + " (" + entry.key().span().file() + ":"
                        + entry.key().span().line() + ")")
                .collect(Collectors.joining(", "));
        String question = Suggestions.question(Suggestions.nearest(written, declared.keySet()));
        return "defined services: " + shown + (declared.size() > SHOWN ? ", …" : "")
                + (question.isEmpty() ? "" : ". " + question);
    }

    /// The timeout of defaults and this service together; that of defaults for an anonymous one.
    Layers layers(String service) {
        return layers.getOrDefault(service, defaults);
    }

    /// The same, decoded.
    @Nullable
    TimeoutConfig timeout(String service) {
        ServiceConfig config = services.get(service);
        return config == null ? null : config.timeout();
    }

    Map<String, ServiceConfig> services() {
        return services;
    }

    /// A service that nobody uses is left over, or a reference to it is misspelt.
    void warnOfUnused() {
        declared.forEach((name, entry) -> {
            if (!used.contains(name)) {
                diagnostics.add(Diagnostic.warning(
                                Code.GH2102, entry.key().span(), "service '" + name + "' is defined but never used")
                        .path("services." + name)
                        .label("no route and no listener sends anything there"));
            }
        });
    }

    void warnOfLonelyBackups() {
        services.forEach((name, service) -> {
            List<InstanceConfig> backups =
                    service.instances().stream().filter(InstanceConfig::backup).toList();
            int primaries = service.instances().size() - backups.size();
            Node.Entry entry = declared.get(name);
            if (backups.size() == 1 && primaries > 1 && entry != null) {
                diagnostics.add(Diagnostic.warning(
                                Code.GH2203,
                                entry.key().span(),
                                name + " backup is one host: when the " + primaries
                                        + " primaries fail it takes 100 % of traffic")
                        .path("services." + name));
            }
        });
    }
}
