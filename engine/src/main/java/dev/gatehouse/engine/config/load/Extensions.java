package dev.gatehouse.engine.config.load;

import dev.gatehouse.api.PolicyFactory;
import dev.gatehouse.api.config.ConfigSection;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// What plug-ins add to the language: slots of policies, and sections at the top of the file.
public final class Extensions {
    public static final Extensions NONE = new Extensions(List.of(), List.of());

    private final Map<String, PolicyFactory<?>> factories = new LinkedHashMap<>();
    private final List<ConfigSection<?>> sections;
    private final List<Diagnostic> mistakes;

    /// @throws IllegalArgumentException when two factories want the same slot
    public Extensions(List<? extends PolicyFactory<?>> factories, List<? extends ConfigSection<?>> sections) {
        this(factories, sections, List.of());
    }

    /// @param mistakes what is wrong with the plug-ins themselves: no file that is loaded with them is in force
    /// @throws IllegalArgumentException when two factories want the same slot
    public Extensions(
            List<? extends PolicyFactory<?>> factories,
            List<? extends ConfigSection<?>> sections,
            List<Diagnostic> mistakes) {
        for (PolicyFactory<?> factory : factories) {
            PolicyFactory<?> other = this.factories.put(factory.name(), factory);
            if (other != null) {
                throw new IllegalArgumentException("two plug-ins want the slot '" + factory.name() + "': "
                        + other.getClass().getName() + " and "
                        + factory.getClass().getName());
            }
        }
        this.sections = List.copyOf(sections);
        this.mistakes = List.copyOf(mistakes);
    }

    /// All on the class path.
    public static Extensions found() {
        List<PolicyFactory<?>> factories = new ArrayList<>();
        ServiceLoader.load(PolicyFactory.class).forEach(factories::add);
        List<ConfigSection<?>> sections = new ArrayList<>();
        ServiceLoader.load(ConfigSection.class).forEach(sections::add);
        return new Extensions(factories, sections);
    }

    /// Their makers.
    public List<PolicyFactory<?>> factories() {
        return List.copyOf(factories.values());
    }

    /// What is wrong with the plug-ins: without them nobody knows what the file may say.
    public List<Diagnostic> mistakes() {
        return mistakes;
    }

    /// The names of all slots.
    public List<String> slots() {
        return List.copyOf(factories.keySet());
    }

    public @Nullable PolicyFactory<?> factory(String slot) {
        return factories.get(slot);
    }

    public List<ConfigSection<?>> sections() {
        return sections;
    }
}
