package dev.gatehouse.engine.config.load;

import dev.gatehouse.api.config.ConfigSection;
import dev.gatehouse.engine.config.AuthenticatorSetting;
import dev.gatehouse.engine.config.DefaultsSection;
import dev.gatehouse.engine.config.GatewayConfig;
import dev.gatehouse.engine.config.GatewayFile;
import dev.gatehouse.engine.config.ListenerConfig;
import dev.gatehouse.engine.config.SecuritySection;
import dev.gatehouse.engine.config.StoreSetting;
import dev.gatehouse.engine.config.decode.Decoder;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.decode.Placeholders;
import dev.gatehouse.engine.config.decode.RecordShape;
import dev.gatehouse.engine.config.decode.UnknownKeys;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Loads a configuration: files in, what holds out, and all mistakes at once. Opens no socket and changes nothing; the
/// same call serves `run`, `check`, a reload and a dry run of the admin API. One use per load.
public final class ConfigLoader {
    /// Sections whose entries depend on each other, and so are read here one after the other.
    private static final List<String> READ_HERE =
            List.of("services", "defaults", "routes", "policies", "security", "stores");

    private final LoadOptions options;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Placeholders placeholders;
    private final Language language;
    private final UnknownKeys unknownKeys;
    private final Decoder decoder;

    private ConfigLoader(LoadOptions options) {
        this.options = options;
        this.placeholders = new Placeholders(options.environment(), diagnostics);
        this.language = new Language(options.extensions());
        this.unknownKeys = new UnknownKeys(language, options.laterFeatures(), diagnostics);
        this.decoder = new Decoder(diagnostics, placeholders, unknownKeys);
    }

    /// @param name as messages call the file: `gateway.yaml`
    public static Loaded load(Path file, String name, LoadOptions options) {
        ConfigLoader loader = new ConfigLoader(options);
        FileSet files = new FileSet(file, loader.diagnostics);
        files.readMain(file, name);
        return loader.load(files);
    }

    /// A text that may be in no file: from standard input, or a call of the admin API. What it includes is looked
    /// for beside its path.
    public static Loaded load(SourceFile main, LoadOptions options) {
        ConfigLoader loader = new ConfigLoader(options);
        FileSet files = new FileSet(main.path(), loader.diagnostics);
        files.add(main);
        return loader.load(files);
    }

    private Loaded load(FileSet files) {
        List<RouteOrigins> origins = new ArrayList<>();
        Node.Mapping document = new Node.Mapping(Span.at(new SourceFile("", Path.of(""), ""), 1, 1), List.of());
        GatewayConfig config = null;
        options.extensions().mistakes().forEach(diagnostics::add);
        if (!files.documents().isEmpty() && options.extensions().mistakes().isEmpty()) {
            document = Assembly.of(files.documents(), keysAtTheTop(), diagnostics);
            config = read(document, origins);
        }
        Set<Path> read = new HashSet<>(files.files());
        read.addAll(placeholders.files());
        return new Loaded(
                diagnostics.hasErrors() ? null : config,
                diagnostics.all(),
                document,
                origins,
                files.sources(),
                read,
                files.folders(),
                options.extensions(),
                placeholders::mask);
    }

    private List<String> keysAtTheTop() {
        List<String> keys = new ArrayList<>(RecordShape.of(GatewayFile.class).keyNames());
        keys.addAll(language.later("file"));
        keys.addAll(READ_HERE);
        keys.addAll(sectionNames());
        return keys;
    }

    private boolean isKnownAtTheTop(String key) {
        return key.startsWith("x-") || RecordShape.of(GatewayFile.class).has(key) || isLater(key);
    }

    private List<String> sectionNames() {
        List<String> names = new ArrayList<>();
        for (ConfigSection<?> section : options.extensions().sections()) {
            names.add(section.name());
            names.addAll(section.aliases());
        }
        names.removeIf(name -> name.indexOf('.') >= 0);
        return names;
    }

    private @Nullable GatewayConfig read(Node.Mapping written, List<RouteOrigins> origins) {
        Node.Mapping document = isLater("security") ? written : SecurityReader.withDefaults(written);
        boolean broken = diagnostics.hasErrors(); // then what is missing may stand where it could not be read
        language.routes(document.get("routes") instanceof Node.Sequence routeNodes ? routeNodes : null);
        List<Node.Entry> rest = new ArrayList<>(document.entries());
        rest.removeIf(entry -> READ_HERE.contains(entry.name()) && !isLater(entry.name()));
        List<String> others = new ArrayList<>(READ_HERE);
        others.removeIf(this::isLater);
        others.addAll(sectionNames());
        GatewayFile file =
                decoder.section(new Node.Mapping(document.span(), rest), GatewayFile.class, NodePath.ROOT, others);
        AccessLogCheck.check(document.get("telemetry"), diagnostics);
        Map<String, Record> sections = sections(document);
        Map<String, StoreSetting> stores = stores(document);
        Map<String, AuthenticatorSetting> authenticators = authenticators(document);
        boolean complete = !broken
                && document.entries().stream()
                        .allMatch(entry -> others.contains(entry.name()) || isKnownAtTheTop(entry.name()));

        List<String> slots = options.extensions().slots();
        Layers defaults = defaults(document, slots);
        PolicyReader policies = new PolicyReader(decoder, diagnostics, options.extensions());
        policies.named(SecurityReader.NAMES, SecurityReader.entries(document));
        readPolicies(document, policies);
        ServiceReader services = new ServiceReader(decoder, diagnostics, defaults.timeoutOnly());
        Node.Mapping serviceNodes = mapping(document, "services");
        if (serviceNodes != null) {
            services.read(serviceNodes, complete);
        } else if (!complete || document.entry("services") != null) {
            services.areUnknown();
        }
        RouteReader routes = new RouteReader(decoder, diagnostics, services, policies, slots, defaults);
        Node.Sequence all = sequence(document, "routes");
        if (all != null) {
            routes.read(all);
        }
        new TcpListenerCheck(decoder, services, diagnostics).check(document.get("listeners"));
        ConsumerCheck consumers = new ConsumerCheck(document, decoder, diagnostics);
        consumers.consumers();
        if (!diagnostics.hasErrors()) {
            consumers.routes(routes.routes()); // one that is missing may be where the mistake is
        }
        warn(document, services, policies);
        if (!diagnostics.hasErrors() && stores.isEmpty()) {
            consumers.warnOfUnused();
        }
        origins.addAll(routes.origins());
        return file == null ? null : together(file, services, routes, stores, authenticators, sections);
    }

    private static GatewayConfig together(
            GatewayFile file,
            ServiceReader services,
            RouteReader routes,
            Map<String, StoreSetting> stores,
            Map<String, AuthenticatorSetting> authenticators,
            Map<String, Record> sections) {
        return new GatewayConfig(
                file.name(),
                file.listeners().isEmpty() ? Map.of(GatewayConfig.LISTENER, ListenerConfig.DEFAULT) : file.listeners(),
                file.admin(),
                file.runtime(),
                services.services(),
                file.plans(),
                file.consumers(),
                routes.routes(),
                file.errors(),
                file.telemetry(),
                stores,
                authenticators,
                sections);
    }

    private boolean isLater(String section) {
        return language.later("file").contains(section);
    }

    private Map<String, StoreSetting> stores(Node.Mapping document) {
        Node.Mapping section = isLater("stores") ? null : mapping(document, "stores");
        return section == null ? Map.of() : new StoreReader(decoder, diagnostics, options.extensions()).read(section);
    }

    private Map<String, AuthenticatorSetting> authenticators(Node.Mapping document) {
        Node.Mapping section = isLater("security") ? null : mapping(document, "security");
        if (section == null) {
            return Map.of();
        }
        List<String> inside = new ArrayList<>();
        inside.add(SecurityReader.AUTHENTICATION);
        for (ConfigSection<?> known : options.extensions().sections()) {
            if (known.name().startsWith("security.")) {
                inside.add(known.name().substring("security.".length()));
            }
        }
        decoder.section(
                section, SecuritySection.class, NodePath.ROOT.key("security").called("security"), inside);
        return new SecurityReader(decoder, diagnostics, options.extensions()).read(document);
    }

    private Map<String, Record> sections(Node.Mapping document) {
        Map<String, Record> sections = new LinkedHashMap<>();
        for (ConfigSection<?> section : options.extensions().sections()) {
            List<String> names = new ArrayList<>(section.aliases());
            names.addFirst(section.name());
            for (String name : names) {
                Record record = section(document, NodePath.ROOT, name, section.type());
                if (record != null) {
                    sections.put(section.name(), record);
                }
            }
        }
        return sections;
    }

    /// @param name with dots when it stands within another one
    private @Nullable Record section(Node.Mapping above, NodePath path, String name, Class<? extends Record> type) {
        int dot = name.indexOf('.');
        Node node = above.get(dot < 0 ? name : name.substring(0, dot));
        if (node == null) {
            return null;
        }
        if (dot < 0) {
            return decoder.decode(node, type, path.key(name));
        }
        NodePath within = path.key(name.substring(0, dot));
        return node instanceof Node.Mapping mapping ? section(mapping, within, name.substring(dot + 1), type) : null;
    }

    private Layers defaults(Node.Mapping document, List<String> slots) {
        Node.Mapping section = mapping(document, "defaults");
        if (section == null) {
            return Layers.NONE;
        }
        decoder.section(
                section, DefaultsSection.class, NodePath.ROOT.key("defaults").called("defaults"), slots);
        List<Node.Entry> known = new ArrayList<>(section.entries());
        known.removeIf(entry -> !slots.contains(entry.name()) && !entry.name().equals(Layers.TIMEOUT));
        return Layers.NONE.with(new Node.Mapping(section.span(), known), Layer.DEFAULTS);
    }

    private void readPolicies(Node.Mapping document, PolicyReader policies) {
        Node.Mapping section = isLater("policies") ? null : mapping(document, "policies");
        if (section == null) {
            return;
        }
        NodePath path = NodePath.ROOT.key("policies").called("policies");
        List<Node.Entry> known = new ArrayList<>();
        for (Node.Entry slot : section.entries()) {
            if (options.extensions().factory(slot.name()) != null) {
                known.add(slot);
            } else if (!slot.name().startsWith("x-")) {
                unknownKeys.slot(slot, options.extensions().slots(), language.isLaterSlot(slot.name()), path);
            }
        }
        policies.read(new Node.Mapping(section.span(), known));
    }

    private void warn(Node.Mapping document, ServiceReader services, PolicyReader policies) {
        services.warnOfLonelyBackups();
        if (diagnostics.hasErrors()) {
            return; // what is unused may be used where the mistake is
        }
        if (document.entry("endpoints") == null) {
            services.warnOfUnused();
        }
        policies.warnOfUnused();
    }

    private Node.@Nullable Mapping mapping(Node.Mapping document, String name) {
        Node node = document.get(name);
        return node == null || node instanceof Node.Mapping || kind(document, name, "a map of keys and values")
                ? (Node.Mapping) node
                : null;
    }

    private Node.@Nullable Sequence sequence(Node.Mapping document, String name) {
        Node node = document.get(name);
        return node == null || node instanceof Node.Sequence || kind(document, name, "a list")
                ? (Node.Sequence) node
                : null;
    }

    /// Reports it; always false.
    private boolean kind(Node.Mapping document, String name, String expected) {
        Node.Entry entry = document.entry(name);
        if (entry != null) {
            boolean nothing = entry.value() instanceof Node.Scalar scalar && scalar.isNothing();
            diagnostics.add(
                    nothing
                            ? Diagnostic.error(Code.GH1302, entry.key().span(), "'" + name + "' has no value")
                                    .path(name)
                                    .label("nothing stands under it")
                                    .help("give it " + expected + " or remove it")
                            : Diagnostic.error(
                                            Code.GH1302,
                                            entry.value().span(),
                                            "'" + name + "' is " + expected + ", not "
                                                    + entry.value().noun())
                                    .path(name));
        }
        return false;
    }
}
