package dev.gatehouse.engine.config.load;

import dev.gatehouse.api.PolicyFactory;
import dev.gatehouse.api.config.ConfigSection;
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

    /// @throws IllegalArgumentException when two factories want the same slot
    public Extensions(List<? extends PolicyFactory<?>> factories, List<? extends ConfigSection<?>> sections) {
        for (PolicyFactory<?> factory : factories) {
            PolicyFactory<?> other = this.factories.put(factory.name(), factory);
            if (other != null) {
                throw new IllegalArgumentException("two plug-ins want the slot '" + factory.name() + "': "
                        + other.getClass().getName() + " and "
                        + factory.getClass().getName());
            }
        }
        this.sections = List.copyOf(sections);
    }

    /// All on the class path.
    public static Extensions found() {
        List<PolicyFactory<?>> factories = new ArrayList<>();
        ServiceLoader.load(PolicyFactory.class).forEach(factories::add);
        List<ConfigSection<?>> sections = new ArrayList<>();
        ServiceLoader.load(ConfigSection.class).forEach(sections::add);
        return new Extensions(factories, sections);
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
