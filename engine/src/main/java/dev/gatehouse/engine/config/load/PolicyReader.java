package dev.gatehouse.engine.config.load;

import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.engine.config.PolicySetting;
import dev.gatehouse.engine.config.decode.Decoder;
import dev.gatehouse.engine.config.decode.NodePath;
import dev.gatehouse.engine.config.decode.Suggestions;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.diagnostic.Diagnostics;
import dev.gatehouse.engine.config.source.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Settings of policies: named ones under `policies.<slot>.<name>`, and what stands in the slots of routes. Each
/// setting is decoded once, wherever it is used. `extends` and `shadow`, which all may have, are read here and not
/// shown to the policies' records.
final class PolicyReader {
    private static final String NONE = "none";
    private static final String EXTENDS = "extends";
    private static final String SHADOW = "shadow";
    private static final List<String> OF_ALL = List.of(EXTENDS, SHADOW);

    private final Decoder decoder;
    private final Diagnostics diagnostics;
    private final Extensions extensions;
    private final Map<String, Map<String, Node.Entry>> named = new LinkedHashMap<>();
    private final Map<Node, Decoded> decoded = new HashMap<>();
    private final Set<Node> used = new HashSet<>();

    /// What is defined in sections other than `policies`, by the section's path.
    private final Map<String, List<Node.Entry>> elsewhere = new LinkedHashMap<>();

    /// @param record null when it has a mistake
    private record Decoded(@Nullable Record record, boolean shadow) {
        static final Decoded MISTAKE = new Decoded(null, false);

        @Nullable
        PolicySetting setting(String slot, @Nullable String name) {
            return record == null ? null : new PolicySetting(slot, name, record, shadow);
        }
    }

    /// Settings with what they extend under them.
    ///
    /// @param shadow null when nobody says
    private record Full(Node settings, @Nullable Node shadow) {}

    PolicyReader(Decoder decoder, Diagnostics diagnostics, Extensions extensions) {
        this.decoder = decoder;
        this.diagnostics = diagnostics;
        this.extensions = extensions;
    }

    /// The section `policies`, whose slots are all known.
    void read(Node.Mapping section) {
        for (Node.Entry slot : section.entries()) {
            PolicyFactory<?> factory = extensions.factory(slot.name());
            if (factory == null) {
                continue;
            }
            if (!(slot.value() instanceof Node.Mapping settings)) {
                diagnostics.add(Diagnostic.error(
                                Code.GH1302,
                                slot.value().span(),
                                "'" + slot.name() + "' is a map of names and settings, not "
                                        + slot.value().noun())
                        .path("policies." + slot.name()));
                continue;
            }
            Map<String, Node.Entry> names = named.computeIfAbsent(slot.name(), _ -> new LinkedHashMap<>());
            settings.entries().forEach(entry -> names.put(entry.name(), entry));
            for (Node.Entry entry : settings.entries()) {
                NodePath path = NodePath.ROOT
                        .key("policies")
                        .key(slot.name())
                        .key(entry.name())
                        .called(slot.name() + " '" + entry.name() + "'");
                decode(factory, entry.value(), path, List.of(entry.name()));
            }
        }
    }

    /// What slots may name that is not defined under `policies`.
    ///
    /// @param section its path: `security.authentication`
    void named(String section, List<Node.Entry> entries) {
        elsewhere.put(section, entries);
    }

    /// Whether anything is defined in such a section.
    boolean knows(String section) {
        return !elsewhere.getOrDefault(section, List.of()).isEmpty();
    }

    /// What stands in a slot; null for `none`, and for a mistake, which was reported.
    ///
    /// @param route for messages
    @Nullable
    PolicySetting setting(String slot, Node value, NodePath path, String route) {
        PolicyFactory<?> factory = extensions.factory(slot);
        if (factory == null) {
            return null;
        }
        if (value instanceof Node.Scalar word && word.text().equals(NONE)) {
            return null;
        }
        String section = factory.namesIn();
        if (section != null) {
            return areDefined(slot, section, value, path, route)
                    ? decode(factory, value, path.called(route + "'s " + slot), List.of())
                            .setting(slot, null)
                    : null;
        }
        if (value instanceof Node.Scalar word && !word.isNothing()) {
            Node.Entry entry = names(slot).get(word.text());
            if (entry != null) {
                used.add(entry.value());
                Decoded shared = decoded.get(entry.value());
                return shared == null ? null : shared.setting(slot, word.text());
            }
            if (!decoder.takes(factory.configType(), word)) {
                notDefined(slot, word, path, route);
                return null;
            }
        }
        return decode(factory, value, path.called(route + "'s " + slot), List.of())
                .setting(slot, null);
    }

    /// Whether every word in a slot is a name of that section; mistakes are reported.
    private boolean areDefined(String slot, String section, Node value, NodePath path, String route) {
        return switch (value) {
            case Node.Scalar word -> isDefined(slot, section, word, path, route);
            case Node.Sequence list -> {
                boolean good = true;
                for (int i = 0; i < list.items().size(); i++) {
                    good &= areDefined(slot, section, list.items().get(i), path.index(i), route);
                }
                yield good;
            }
            case Node.Mapping map -> {
                boolean good = true;
                for (Node.Entry entry : map.entries()) {
                    good &= entry.name().equals(SHADOW)
                            || areDefined(slot, section, entry.value(), path.key(entry.name()), route);
                }
                yield good;
            }
        };
    }

    private boolean isDefined(String slot, String section, Node.Scalar word, NodePath path, String route) {
        List<Node.Entry> entries = elsewhere.getOrDefault(section, List.of());
        for (Node.Entry entry : entries) {
            if (entry.name().equals(word.text())) {
                used.add(entry.value());
                return true;
            }
        }
        if (word.isNothing() || word.text().equals(NONE)) {
            return true; // where it makes no sense, the settings say so
        }
        Map<String, Node.Entry> names = new LinkedHashMap<>();
        entries.forEach(entry -> names.put(entry.name(), entry));
        notDefined(slot, names, word, path, route);
        return false;
    }

    /// The settings that are meant by what stands in a slot: those of its name, else itself.
    Node meant(String slot, Node value) {
        Node.Entry entry = value instanceof Node.Scalar word ? names(slot).get(word.text()) : null;
        return entry == null ? value : entry.value();
    }

    /// A named setting that nobody uses is left over, or a reference to it is misspelt.
    void warnOfUnused() {
        named.forEach((slot, entries) -> entries.forEach((name, entry) -> {
            if (!used.contains(entry.value())) {
                diagnostics.add(Diagnostic.warning(
                                Code.GH2102, entry.key().span(), slot + " '" + name + "' is defined but never used")
                        .path("policies." + slot + "." + name)
                        .label("no route names it"));
            }
        }));
        elsewhere.forEach((section, entries) -> {
            String noun = section.substring(section.lastIndexOf('.') + 1);
            for (Node.Entry entry : entries) {
                if (!used.contains(entry.value())) {
                    diagnostics.add(Diagnostic.warning(
                                    Code.GH2102,
                                    entry.key().span(),
                                    noun + " '" + entry.name() + "' is defined but never used")
                            .path(section + "." + entry.name())
                            .label("no route names it"));
                }
            }
        });
    }

    private Decoded decode(PolicyFactory<?> factory, Node value, NodePath path, List<String> extending) {
        Decoded known = decoded.get(value);
        if (known == null) {
            Full full = full(factory.name(), value, path, extending);
            known = full == null ? Decoded.MISTAKE : decode(factory, full, path);
            decoded.put(value, known);
        }
        return known;
    }

    private Decoded decode(PolicyFactory<?> factory, Full full, NodePath path) {
        Record record = full.settings() instanceof Node.Mapping settings
                ? decoder.section(settings, factory.configType(), path, OF_ALL)
                : decoder.decode(full.settings(), factory.configType(), path);
        Boolean shadow = full.shadow() == null ? Boolean.FALSE : decoder.flag(full.shadow(), path.key(SHADOW));
        return record == null || shadow == null ? Decoded.MISTAKE : new Decoded(record, shadow);
    }

    /// Null for a mistake, which was reported.
    private @Nullable Full full(String slot, Node value, NodePath path, List<String> extending) {
        if (!(value instanceof Node.Mapping mapping)) {
            return new Full(value, null);
        }
        Node shadow = mapping.get(SHADOW);
        Node.Mapping own = without(mapping, OF_ALL);
        Node named = mapping.get(EXTENDS);
        if (named == null) {
            return new Full(own, shadow);
        }
        if (!(named instanceof Node.Scalar base) || base.isNothing()) {
            decoder.text(named, path.key(EXTENDS)); // which tells what it is instead
            return null;
        }
        Full lower = extended(slot, base, path, extending);
        Node settings = lower == null ? null : together(base, lower.settings(), own, path);
        return lower == null || settings == null ? null : new Full(settings, shadow == null ? lower.shadow() : shadow);
    }

    private @Nullable Full extended(String slot, Node.Scalar base, NodePath path, List<String> extending) {
        if (extending.contains(base.text())) {
            diagnostics.add(
                    Diagnostic.error(Code.GH1102, base.span(), slot + " '" + extending.getFirst() + "' extends itself")
                            .path(path.key(EXTENDS).toString())
                            .why(String.join(" → ", extending) + " → " + base.text()));
            return null;
        }
        Node.Entry entry = names(slot).get(base.text());
        if (entry == null) {
            notDefined(slot, base, path, path.phrase());
            return null;
        }
        used.add(entry.value());
        List<String> further = new ArrayList<>(extending);
        further.add(base.text());
        return full(slot, entry.value(), path, further);
    }

    private @Nullable Node together(Node.Scalar base, Node lower, Node.Mapping upper, NodePath path) {
        if (lower instanceof Node.Mapping under) {
            Map<String, Node.Entry> entries = new LinkedHashMap<>();
            under.entries().forEach(one -> entries.put(one.name(), one));
            upper.entries().forEach(one -> entries.put(one.name(), one));
            return new Node.Mapping(upper.span(), List.copyOf(entries.values()));
        }
        if (upper.entries().isEmpty()) {
            return lower;
        }
        diagnostics.add(Diagnostic.error(
                        Code.GH1305,
                        base.span(),
                        "'" + base.text() + "' is " + lower.noun() + ": it has no keys that could be changed here")
                .path(path.key(EXTENDS).toString())
                .help("write '" + base.text() + "' as a map of keys and values"));
        return null;
    }

    private static Node.Mapping without(Node.Mapping mapping, List<String> keys) {
        List<Node.Entry> rest = new ArrayList<>(mapping.entries());
        rest.removeIf(entry -> keys.contains(entry.name()));
        return new Node.Mapping(mapping.span(), rest);
    }

    private void notDefined(String slot, Node.Scalar word, NodePath path, String user) {
        notDefined(slot, names(slot), word, path, user);
    }

    private void notDefined(String slot, Map<String, Node.Entry> names, Node.Scalar word, NodePath path, String user) {
        String defined = names.values().stream()
                .map(entry -> entry.name() + " (" + entry.key().span().file() + ":"
                        + entry.key().span().line() + ")")
                .collect(Collectors.joining(", "));
        String question = Suggestions.question(Suggestions.nearest(word.text(), names.keySet()));
        diagnostics.add(Diagnostic.error(
                        Code.GH1101,
                        word.span(),
                        user + " uses " + slot + " '" + word.text() + "', which is not defined")
                .path(path.toString())
                .label(
                        names.isEmpty()
                                ? "no " + slot + " is defined"
                                : "defined: " + defined + (question.isEmpty() ? "" : ". " + question)));
    }

    private Map<String, Node.Entry> names(String slot) {
        return named.getOrDefault(slot, Map.of());
    }
}
