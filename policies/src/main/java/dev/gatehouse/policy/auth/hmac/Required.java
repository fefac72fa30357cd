package dev.gatehouse.policy.auth.hmac;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a signature has to cover, so that it means this request and no other. Immutable.
final class Required {
    /// Parts of a request that are no field (RFC 9421 §2.2), as far as they are taken here.
    static final List<String> DERIVED =
            List.of("@method", "@authority", "@scheme", "@path", "@query", "@request-target", "@target-uri");

    private final List<String> components;

    Required(List<String> components) {
        this.components =
                components.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    }

    /// The first that is not covered; null when all are.
    @Nullable
    String missing(Set<String> covered) {
        for (String component : components) {
            if (!covered.contains(component) && !within(component, covered)) {
                return component;
            }
        }
        return null;
    }

    private static boolean within(String component, Set<String> covered) {
        return switch (component) {
            case "@path", "@query" -> covered.contains("@target-uri") || covered.contains("@request-target");
            case "@authority", "@scheme", "@request-target" -> covered.contains("@target-uri");
            default -> false;
        };
    }
}
