package dev.gatehouse.engine.config.load;

import dev.gatehouse.api.identity.AuthenticatorFactory;
import dev.gatehouse.engine.config.AuthenticatorSetting;
import dev.gatehouse.engine.config.decode.Decoder;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads `security.authentication`: ways to find out who calls, by name. What else stands under `security` are
/// sections that features bring.
final class SecurityReader {
    static final String SECURITY = "security";
    static final String AUTHENTICATION = "authentication";

    /// The slot that names these entries.
    static final String AUTH = "auth";

    /// Where the words of that slot are defined.
    static final String NAMES = SECURITY + "." + AUTHENTICATION;

    private static final String METHODS = "methods";

    private final Diagnostics diagnostics;
    private final KindReader kinds;

    SecurityReader(Decoder decoder, Diagnostics diagnostics, Extensions extensions) {
        this.diagnostics = diagnostics;
        Map<String, Class<? extends Record>> types = new LinkedHashMap<>();
        for (AuthenticatorFactory<?> factory : extensions.authenticators()) {
            types.put(factory.type(), factory.configType());
        }
        this.kinds = new KindReader(decoder, diagnostics, "authentication", types);
    }

    /// `methods` in plain spelling is what routes ask for that say nothing of it: `defaults.auth`.
    static @Nullable Node methods(Node.Mapping document) {
        Node.Mapping section = authentication(document);
        return section == null ? null : section.get(METHODS);
    }

    /// The same document, with what `methods` says in `defaults`.
    static Node.Mapping withDefaults(Node.Mapping document) {
        Node methods = methods(document);
        Node defaults = document.get("defaults");
        boolean said = defaults instanceof Node.Mapping mapping && mapping.entry(AUTH) != null;
        if (methods == null || said || !(defaults == null || defaults instanceof Node.Mapping)) {
            return document;
        }
        Node.Scalar key = new Node.Scalar(methods.span(), AUTH, Node.Kind.TEXT, true);
        List<Node.Entry> entries = new ArrayList<>();
        if (defaults instanceof Node.Mapping mapping) {
            entries.addAll(mapping.entries());
        }
        entries.add(new Node.Entry(key, methods));
        Node.Scalar name = new Node.Scalar(methods.span(), "defaults", Node.Kind.TEXT, true);
        List<Node.Entry> all = new ArrayList<>(document.entries());
        all.removeIf(entry -> entry.name().equals("defaults"));
        all.add(new Node.Entry(name, new Node.Mapping(methods.span(), entries)));
        return new Node.Mapping(document.span(), all);
    }

    static Node.@Nullable Mapping authentication(Node.Mapping document) {
        return document.get(SECURITY) instanceof Node.Mapping security
                        && security.get(AUTHENTICATION) instanceof Node.Mapping section
                ? section
                : null;
    }

    /// What is defined there, by name.
    static List<Node.Entry> entries(Node.Mapping document) {
        Node.Mapping section = authentication(document);
        return section == null
                ? List.of()
                : section.entries().stream()
                        .filter(entry ->
                                !entry.name().equals(METHODS) && !entry.name().startsWith("x-"))
                        .toList();
    }

    /// By name, in the order of the file.
    Map<String, AuthenticatorSetting> read(Node.Mapping document) {
        Map<String, AuthenticatorSetting> settings = new LinkedHashMap<>();
        NodePath path = NodePath.ROOT.key(SECURITY).key(AUTHENTICATION);
        Node.Mapping section = authentication(document);
        if (section == null) {
            Node other = document.get(SECURITY) instanceof Node.Mapping security ? security.get(AUTHENTICATION) : null;
            if (other != null) {
                diagnostics.add(Diagnostic.error(
                                Code.GH1302,
                                other.span(),
                                "'authentication' is a map of names and settings, not " + other.noun())
                        .path(path.toString()));
            }
            return settings;
        }
        List<Node.Entry> entries = entries(document);
        for (Node.Entry entry : entries) {
            if (entry.name().equals("none") || entry.name().equals("all")) {
                diagnostics.add(Diagnostic.error(
                                Code.GH1305,
                                entry.key().span(),
                                "'" + entry.name() + "' means something else in the slot 'auth'")
                        .path(path.key(entry.name()).toString())
                        .help("call this entry otherwise"));
            }
        }
        kinds.read(
                entries,
                path,
                List.of(),
                entry -> settings.put(
                        entry.name(), new AuthenticatorSetting(entry.name(), entry.type(), entry.config())));
        return settings;
    }
}
