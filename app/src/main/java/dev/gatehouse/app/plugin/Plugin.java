package dev.gatehouse.app.plugin;

import dev.gatehouse.api.config.ConfigSection;
import dev.gatehouse.api.identity.AuthenticatorFactory;
import dev.gatehouse.api.policy.PolicyFactory;
import dev.gatehouse.api.state.StoreFactory;
import dev.gatehouse.engine.config.decode.RecordShape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/// A plug-in that was loaded: what it brings. Lives as long as a configuration that was compiled with it, or the
/// folder's newest state, holds on to it.
///
/// @param fingerprint of its content: one of the same is the same plug-in, and need not be loaded again
record Plugin(
        PluginFiles files,
        String fingerprint,
        List<PolicyFactory<?>> factories,
        List<ConfigSection<?>> sections,
        List<AuthenticatorFactory<?>> authenticators,
        List<StoreFactory<?>> stores) {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]*");

    Plugin {
        factories = List.copyOf(factories);
        sections = List.copyOf(sections);
        authenticators = List.copyOf(authenticators);
        stores = List.copyOf(stores);
    }

    /// Loads it and has it make its factories.
    ///
    /// @throws PluginException with a sentence for the user
    static Plugin load(PluginFiles files, String fingerprint) throws PluginException {
        try {
            PluginLoader loader = new PluginLoader(files.place().getFileName().toString(), files.entries());
            List<PolicyFactory<?>> factories = new ArrayList<>();
            for (PolicyFactory<?> factory : ServiceLoader.load(PolicyFactory.class, loader)) {
                requireKey(factory.name());
                // Read now what a file would need: a settings record that cannot be one is a mistake of the plug-in.
                RecordShape.of(factory.configType());
                factories.add(factory);
            }
            List<ConfigSection<?>> sections = new ArrayList<>();
            for (ConfigSection<?> section : ServiceLoader.load(ConfigSection.class, loader)) {
                requireKey(section.name().replace('.', '_'));
                RecordShape.of(section.type());
                sections.add(section);
            }
            List<AuthenticatorFactory<?>> authenticators = new ArrayList<>();
            for (AuthenticatorFactory<?> factory : ServiceLoader.load(AuthenticatorFactory.class, loader)) {
                requireKey(factory.type());
                RecordShape.of(factory.configType());
                authenticators.add(factory);
            }
            List<StoreFactory<?>> stores = new ArrayList<>();
            for (StoreFactory<?> factory : ServiceLoader.load(StoreFactory.class, loader)) {
                requireKey(factory.type());
                RecordShape.of(factory.configType());
                stores.add(factory);
            }
            if (factories.isEmpty() && sections.isEmpty() && authenticators.isEmpty() && stores.isEmpty()) {
                throw new PluginException("it brings no policy and no section: its META-INF/services names neither a "
                        + PolicyFactory.class.getName() + " nor a " + ConfigSection.class.getName());
            }
            return new Plugin(files, fingerprint, factories, sections, authenticators, stores);
        } catch (IOException e) {
            throw new PluginException("it cannot be read: " + e.getMessage(), e);
        } catch (ServiceConfigurationError e) {
            throw new PluginException(sentence(e), e);
        } catch (RuntimeException | LinkageError e) {
            throw new PluginException(sentence(e), e);
        }
    }

    private static void requireKey(String name) throws PluginException {
        if (!KEY.matcher(name).matches()) {
            throw new PluginException("it wants the key '" + name + "', and keys are in snake_case");
        }
    }

    /// What a person can do something about is at the root.
    private static String sentence(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return switch (root) {
            case NoClassDefFoundError e -> missing(String.valueOf(e.getMessage()));
            case ClassNotFoundException e -> missing(String.valueOf(e.getMessage()));
            case ServiceConfigurationError e -> String.valueOf(e.getMessage());
            default -> "it failed while it was loaded: " + root;
        };
    }

    private static String missing(String type) {
        return "it needs the class " + type.replace('/', '.') + ", which neither it nor the API nor the JDK has";
    }
}
