package dev.gatehouse.it.docs;

import dev.gatehouse.api.policy.PolicyFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/// What a built-in policy brings beside its code: `guide.md`, `examples/*.yaml`, and the generated pages of its
/// settings in `reference`. Found as a gateway finds it, listed nowhere.
record PolicyFolder(PolicyFactory<?> factory) {
    private static final String BUILT_IN = "dev.gatehouse.policy.";

    static List<PolicyFolder> all() {
        List<PolicyFolder> folders = new ArrayList<>();
        for (PolicyFactory<?> factory : ServiceLoader.load(PolicyFactory.class)) {
            if (factory.getClass().getName().startsWith(BUILT_IN)) {
                folders.add(new PolicyFolder(factory));
            }
        }
        folders.sort(Comparator.comparing(PolicyFolder::slot));
        return folders;
    }

    String slot() {
        return factory.name();
    }

    /// Whether a section is this policy's: `headers`, `headers.edits`.
    boolean has(String section) {
        return section.equals(slot()) || section.startsWith(slot() + ".");
    }

    Path resources(Path root) {
        return root.resolve("policies/src/main/resources")
                .resolve(factory.getClass().getPackageName().replace('.', '/'));
    }

    /// Where its tests stand.
    Path tests(Path root) {
        return root.resolve("policies/src/test/java")
                .resolve(factory.getClass().getPackageName().replace('.', '/'));
    }

    Path guide(Path root) {
        return resources(root).resolve("guide.md");
    }

    Path examples(Path root) {
        return resources(root).resolve("examples");
    }

    Path reference(Path root) {
        return resources(root).resolve("reference");
    }
}
