package dev.gatehouse.app.plugin;

import dev.gatehouse.api.config.ConfigSection;
import dev.gatehouse.api.identity.AuthenticatorFactory;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.state.StoreFactory;
import dev.gatehouse.engine.config.GatewayFile;
import dev.gatehouse.engine.config.RouteSection;
import dev.gatehouse.engine.config.decode.RecordShape;
import dev.gatehouse.engine.config.diagnostic.Code;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import dev.gatehouse.engine.config.load.Extensions;
import dev.gatehouse.engine.config.source.SourceFile;
import dev.gatehouse.engine.config.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What was found in the folder of plug-ins at one look: those that could be loaded, and what is wrong with the
/// others. Immutable.
public final class Plugins {
    private final Extensions builtIn;
    private final List<Plugin> loaded;
    private final Map<String, String> fingerprints;
    private final List<Diagnostic> mistakes = new ArrayList<>();
    private final Extensions extensions;

    /// @param builtIn what the gateway has without plug-ins
    /// @param fingerprints of all, by name, whether they could be loaded or not
    /// @param refused what is wrong with those that could not
    private Plugins(
            Extensions builtIn, List<Plugin> loaded, Map<String, String> fingerprints, List<Diagnostic> refused) {
        this.builtIn = builtIn;
        this.loaded = List.copyOf(loaded);
        this.fingerprints = new TreeMap<>(fingerprints);
        this.mistakes.addAll(refused);
        Map<String, PolicyFactory<?>> slots = new LinkedHashMap<>();
        builtIn.factories().forEach(factory -> slots.put(factory.name(), factory));
        Map<String, ConfigSection<?>> sections = new LinkedHashMap<>();
        builtIn.sections().forEach(section -> sections.put(section.name(), section));
        Map<String, AuthenticatorFactory<?>> authenticators = new LinkedHashMap<>();
        builtIn.authenticators().forEach(factory -> authenticators.put(factory.type(), factory));
        Map<String, StoreFactory<?>> stores = new LinkedHashMap<>();
        builtIn.stores().forEach(factory -> stores.put(factory.type(), factory));
        Map<String, String> owners = new LinkedHashMap<>();
        for (Plugin plugin : this.loaded) {
            for (PolicyFactory<?> factory : plugin.factories()) {
                if (isFree("slot", factory.name(), plugin, RouteSection.class, slots, owners)) {
                    slots.put(factory.name(), factory);
                }
            }
            for (ConfigSection<?> section : plugin.sections()) {
                if (isFree("section", section.name(), plugin, GatewayFile.class, sections, owners)) {
                    sections.put(section.name(), section);
                }
            }
            for (AuthenticatorFactory<?> factory : plugin.authenticators()) {
                if (isFree("type of authentication", factory.type(), plugin, null, authenticators, owners)) {
                    authenticators.put(factory.type(), factory);
                }
            }
            for (StoreFactory<?> factory : plugin.stores()) {
                if (isFree("type of store", factory.type(), plugin, null, stores, owners)) {
                    stores.put(factory.type(), factory);
                }
            }
        }
        this.extensions = new Extensions(
                List.copyOf(slots.values()),
                List.copyOf(sections.values()),
                List.copyOf(authenticators.values()),
                List.copyOf(stores.values()),
                mistakes);
    }

    /// None, beside what is on the class path.
    public static Plugins none() {
        return none(Extensions.found());
    }

    /// @param builtIn what the gateway has without plug-ins
    public static Plugins none(Extensions builtIn) {
        return new Plugins(builtIn, List.of(), Map.of(), List.of());
    }

    /// What was found at a later look.
    Plugins with(List<Plugin> found, Map<String, String> fingerprintsOfAll, List<Diagnostic> refused) {
        return new Plugins(builtIn, found, fingerprintsOfAll, refused);
    }

    /// Whether nobody has the key; remembers who does.
    ///
    /// @param own the record of Gatehouse's own keys at that place; null when it has none
    /// @param owners by kind and key
    private boolean isFree(
            String kind,
            String key,
            Plugin plugin,
            @Nullable Class<? extends Record> own,
            Map<String, ?> taken,
            Map<String, String> owners) {
        String owner = own != null && RecordShape.of(own).has(key) ? "Gatehouse itself" : owners.get(kind + " " + key);
        if (owner == null && taken.containsKey(key)) {
            owner = "Gatehouse, which brings a " + kind + " of that name";
        }
        if (owner == null) {
            owners.put(kind + " " + key, plugin.files().name());
            return true;
        }
        mistakes.add(Diagnostic.error(
                        Code.GH1702,
                        place(plugin.files()),
                        "plug-in " + plugin.files().name() + " wants the " + kind + " '" + key + "', which belongs to "
                                + owner)
                .build());
        return false;
    }

    /// The whole file: it has no lines to show.
    static Span place(PluginFiles files) {
        return Span.at(new SourceFile(files.name(), files.place(), ""), 1, 1);
    }

    /// What they add, with what is built in; and the mistakes, which keep any file from being in force.
    public Extensions extensions() {
        return extensions;
    }

    /// The plug-in of this name if its content is this one.
    @Nullable
    Plugin find(String name, String fingerprint) {
        for (Plugin plugin : loaded) {
            if (plugin.files().name().equals(name) && plugin.fingerprint().equals(fingerprint)) {
                return plugin;
            }
        }
        return null;
    }

    /// What tells the content of each from another, by name.
    public Map<String, String> fingerprints() {
        return Map.copyOf(fingerprints);
    }

    /// How many there are.
    public int size() {
        return fingerprints.size();
    }
}
