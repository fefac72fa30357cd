package dev.gatehouse.engine.config.load;

import dev.gatehouse.api.config.ConfigSection;
import dev.gatehouse.api.identity.AuthenticatorFactory;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.state.StoreFactory;
import dev.gatehouse.engine.config.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What plug-ins add to the language: slots of policies, sections of the file, ways to authenticate, stores.
public final class Extensions {
    public static final Extensions NONE = new Extensions(List.of(), List.of());

    private final Map<String, PolicyFactory<?>> factories;
    private final List<ConfigSection<?>> sections;
    private final Map<String, AuthenticatorFactory<?>> authenticators;
    private final Map<String, StoreFactory<?>> stores;
    private final List<Diagnostic> mistakes;

    /// @throws IllegalArgumentException when two factories want the same slot
    public Extensions(List<? extends PolicyFactory<?>> factories, List<? extends ConfigSection<?>> sections) {
        this(factories, sections, List.of(), List.of(), List.of());
    }

    /// @param mistakes what is wrong with the plug-ins themselves: no file that is loaded with them is in force
    /// @throws IllegalArgumentException when two factories want the same slot or type
    public Extensions(
            List<? extends PolicyFactory<?>> factories,
            List<? extends ConfigSection<?>> sections,
            List<? extends AuthenticatorFactory<?>> authenticators,
            List<? extends StoreFactory<?>> stores,
            List<Diagnostic> mistakes) {
        this.factories = byName("slot", factories, PolicyFactory::name);
        this.sections = List.copyOf(sections);
        this.authenticators = byName("type of authentication", authenticators, AuthenticatorFactory::type);
        this.stores = byName("type of store", stores, StoreFactory::type);
        this.mistakes = List.copyOf(mistakes);
    }

    private static <F> Map<String, F> byName(String what, List<? extends F> factories, Function<F, String> name) {
        Map<String, F> all = new LinkedHashMap<>();
        for (F factory : factories) {
            F other = all.put(name.apply(factory), factory);
            if (other != null) {
                throw new IllegalArgumentException("two plug-ins want the " + what + " '" + name.apply(factory) + "': "
                        + other.getClass().getName() + " and "
                        + factory.getClass().getName());
            }
        }
        return all;
    }

    /// All on the class path.
    public static Extensions found() {
        List<PolicyFactory<?>> factories = new ArrayList<>();
        ServiceLoader.load(PolicyFactory.class).forEach(factories::add);
        List<ConfigSection<?>> sections = new ArrayList<>();
        ServiceLoader.load(ConfigSection.class).forEach(sections::add);
        List<AuthenticatorFactory<?>> authenticators = new ArrayList<>();
        ServiceLoader.load(AuthenticatorFactory.class).forEach(authenticators::add);
        List<StoreFactory<?>> stores = new ArrayList<>();
        ServiceLoader.load(StoreFactory.class).forEach(stores::add);
        return new Extensions(factories, sections, authenticators, stores, List.of());
    }

    /// The same with one of the slots in other hands.
    ///
    /// @param factory in place of the one of its name, or beside the others
    public Extensions with(PolicyFactory<?> factory) {
        Map<String, PolicyFactory<?>> others = new LinkedHashMap<>(factories);
        others.put(factory.name(), factory);
        return new Extensions(List.copyOf(others.values()), sections, authenticators(), stores(), mistakes);
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

    /// The name of one that stands within another section has dots: `security.authorization`.
    public List<ConfigSection<?>> sections() {
        return sections;
    }

    public List<AuthenticatorFactory<?>> authenticators() {
        return List.copyOf(authenticators.values());
    }

    public @Nullable AuthenticatorFactory<?> authenticator(String type) {
        return authenticators.get(type);
    }

    public List<StoreFactory<?>> stores() {
        return List.copyOf(stores.values());
    }

    public @Nullable StoreFactory<?> store(String type) {
        return stores.get(type);
    }
}
