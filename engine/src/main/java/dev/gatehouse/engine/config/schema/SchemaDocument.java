package dev.gatehouse.engine.config.schema;

import dev.gatehouse.api.config.ConfigSection;
import dev.gatehouse.api.config.Settings;
import dev.gatehouse.api.identity.AuthenticatorFactory;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.state.StoreFactory;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.source.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// JSON Schema 2020-12 of the whole configuration file: `gatehouse schema`. The root is the record of the file; every
/// other section is in `$defs`. Slots of policies and sections of plug-ins stand where they may be written; their
/// pieces come from the plug-ins' own class loaders.
public final class SchemaDocument {
    private static final String PIECES = "META-INF/gatehouse/schema/";
    private static final String REFERENCE = "urn:gatehouse:settings:";
    private static final String ROOT = "file";

    /// Where policies stand.
    private static final List<String> LAYERS = List.of("route", "defaults");

    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final String SECURITY = "security";

    private static final String FORMS = "x-forms";

    private final Map<String, Map<String, Object>> sections = new TreeMap<>();

    private SchemaDocument() {}

    /// The document as text.
    ///
    /// @throws IllegalStateException when a record was compiled without the processor of the `schema` module
    public static String of(Extensions extensions) {
        return Json.write(new SchemaDocument().document(extensions)) + "\n";
    }

    private Map<String, Object> document(Extensions extensions) {
        ClassLoader own = SchemaDocument.class.getClassLoader();
        Map<String, Object> root = section(ROOT, own);
        addSlots(root, extensions);
        addSections(root, extensions);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("$schema", DIALECT);
        document.putAll(root);
        document.put("title", "Gatehouse configuration");
        // A service in plain spelling stands at the top.
        document.put("additionalProperties", reference("service", own));
        sections.remove(ROOT);
        sections.values().forEach(section -> section.remove(FORMS));
        document.put("$defs", sections);
        return document;
    }

    private void addSlots(Map<String, Object> root, Extensions extensions) {
        Map<String, Object> named = new LinkedHashMap<>();
        for (String slot : extensions.slots()) {
            PolicyFactory<?> factory = extensions.factory(slot);
            if (factory == null) {
                continue;
            }
            Map<String, Object> settings = reference(factory.configType());
            Map<String, Object> inSlot = new LinkedHashMap<>();
            inSlot.put("description", "A name under policies." + slot + ", settings, or none.");
            inSlot.put("anyOf", List.of(Map.of("type", "string"), settings));
            for (String layer : LAYERS) {
                properties(section(layer, SchemaDocument.class.getClassLoader()))
                        .put(slot, inSlot);
            }
            named.put(slot, namesTo(settings));
        }
        if (!named.isEmpty()) {
            Map<String, Object> policies = new LinkedHashMap<>();
            policies.put("description", "Settings of policies, by slot and name.");
            policies.put("type", "object");
            policies.put("properties", named);
            policies.put("patternProperties", Map.of("^x-", true));
            policies.put("additionalProperties", false);
            properties(root).put("policies", policies);
        }
    }

    private void addSections(Map<String, Object> root, Extensions extensions) {
        Map<String, Object> security = new LinkedHashMap<>();
        for (ConfigSection<?> section : extensions.sections()) {
            List<String> names = new ArrayList<>(section.aliases());
            names.addFirst(section.name());
            for (String name : names) {
                boolean inside = name.startsWith(SECURITY + ".");
                (inside ? security : properties(root))
                        .put(inside ? name.substring(SECURITY.length() + 1) : name, reference(section.type()));
            }
        }
        addKinds(root, security, extensions);
    }

    /// Sections whose entries are each of a kind that a plug-in brings.
    private void addKinds(Map<String, Object> root, Map<String, Object> security, Extensions extensions) {
        if (!extensions.authenticators().isEmpty()) {
            Map<String, Object> authentication = new LinkedHashMap<>();
            for (AuthenticatorFactory<?> factory : extensions.authenticators()) {
                authentication.put(factory.type(), ofKind(factory.configType(), factory.type(), Map.of()));
            }
            Map<String, Object> entries = entries("Ways to find out who calls, by name.", authentication);
            properties(entries).put("methods", Map.of("type", "array", "items", Map.of("type", "string")));
            security.put("authentication", entries);
        }
        if (!security.isEmpty()) {
            Map<String, Object> section = new LinkedHashMap<>();
            section.put("description", "Who may call.");
            section.put("type", "object");
            section.put("properties", security);
            section.put("patternProperties", Map.of("^x-", true));
            section.put("additionalProperties", false);
            properties(root).put(SECURITY, section);
        }
        if (!extensions.stores().isEmpty()) {
            Map<String, Object> down = Map.of("enum", List.of("local_share", "open", "closed"));
            Map<String, Object> stores = new LinkedHashMap<>();
            for (StoreFactory<?> factory : extensions.stores()) {
                stores.put(factory.type(), ofKind(factory.configType(), factory.type(), Map.of("on_store_down", down)));
            }
            properties(root).put("stores", entries("What several gateways share, by name.", stores));
        }
    }

    /// @param byType what an entry may say, by type
    private static Map<String, Object> entries(String description, Map<String, Object> byType) {
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("description", description);
        section.put("type", "object");
        // An entry that is called like a type is of that type.
        section.put("properties", new LinkedHashMap<>(byType));
        section.put("patternProperties", Map.of("^x-", true));
        section.put("additionalProperties", Map.of("anyOf", List.copyOf(byType.values())));
        return section;
    }

    /// The settings of a kind, with the keys that all kinds have beside them.
    @SuppressWarnings("unchecked") // as the processor writes it
    private Map<String, Object> ofKind(Class<? extends Record> settings, String type, Map<String, Object> more) {
        Map<String, Object> section = section(name(settings), settings.getClassLoader());
        properties(section).put("type", Map.of("const", type));
        properties(section).putAll(more);
        return reference(settings);
    }

    private static Map<String, Object> namesTo(Map<String, Object> value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", "object");
        map.put("additionalProperties", value);
        return map;
    }

    private static String name(Class<? extends Record> type) {
        Settings settings = type.getAnnotation(Settings.class);
        if (settings == null) {
            throw new IllegalStateException(type.getName() + " has no @Settings");
        }
        return settings.name();
    }

    /// A section of a plug-in, or what may stand for it: nobody but the document itself refers to those.
    private Map<String, Object> reference(Class<? extends Record> type) {
        String name = name(type);
        Map<String, Object> reference = reference(name, type.getClassLoader());
        if (!(section(name, type.getClassLoader()).get(FORMS) instanceof List<?> forms)) {
            return reference;
        }
        List<Object> either = new ArrayList<>(forms);
        either.add(reference);
        return new LinkedHashMap<>(Map.of("anyOf", either));
    }

    private Map<String, Object> reference(String name, ClassLoader loader) {
        section(name, loader);
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("$ref", "#/$defs/" + name);
        return reference;
    }

    @SuppressWarnings("unchecked") // as the processor writes it
    private static Map<String, Object> properties(Map<String, Object> section) {
        return (Map<String, Object>) Objects.requireNonNull(section.get("properties"));
    }

    /// A section, with all it refers to put beside it.
    @SuppressWarnings("unchecked") // as the processor writes it
    private Map<String, Object> section(String name, ClassLoader loader) {
        Map<String, Object> known = sections.get(name);
        if (known != null) {
            return known;
        }
        // JSON is YAML.
        Map<String, Object> section = (Map<String, Object>)
                new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(piece(name, loader));
        section.remove("$schema");
        section.remove("$id");
        sections.put(name, section);
        resolve(section, loader);
        return section;
    }

    /// References by id become references into this document.
    @SuppressWarnings("unchecked") // as the processor writes it
    private void resolve(Object value, ClassLoader loader) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(inner -> resolve(inner, loader));
            if (map.get("$ref") instanceof String reference && reference.startsWith(REFERENCE)) {
                String name = reference.substring(REFERENCE.length());
                section(name, loader);
                ((Map<String, Object>) map).put("$ref", name.equals(ROOT) ? "#" : "#/$defs/" + name);
            }
        } else if (value instanceof List<?> list) {
            list.forEach(inner -> resolve(inner, loader));
        }
    }

    private static String piece(String name, ClassLoader loader) {
        try (InputStream in = loader.getResourceAsStream(PIECES + name + ".json")) {
            if (in == null) {
                throw new IllegalStateException("no schema for the section '" + name + "'");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
