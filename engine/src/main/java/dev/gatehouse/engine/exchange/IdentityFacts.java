package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.identity.Identity;
import dev.gatehouse.api.template.Reference;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What templates may ask about who calls: `{jwt.sub}` and every other claim, whatever proved it; `{consumer.id}`.
final class IdentityFacts {
    private IdentityFacts() {}

    /// Null when nobody was identified, or nothing is known of it. A list is told with commas.
    static @Nullable CharSequence value(@Nullable Identity identity, Reference reference) {
        if (identity == null) {
            return null;
        }
        return reference.group().equals("jwt")
                ? claim(identity, reference.name())
                : consumer(identity, reference.name());
    }

    private static @Nullable CharSequence claim(Identity identity, String name) {
        if (name.equals("sub")) {
            return identity.subject();
        }
        return switch (identity.claim(name)) {
            case null -> null;
            case String text -> text;
            case Collection<?> list -> list.stream().map(String::valueOf).collect(Collectors.joining(","));
            case Object other -> String.valueOf(other);
        };
    }

    private static @Nullable CharSequence consumer(Identity identity, String name) {
        if (name.equals("credential")) {
            return identity.credential();
        }
        var consumer = identity.consumer();
        if (consumer == null) {
            return null;
        }
        return switch (name) {
            case "id" -> consumer.name();
            case "plan" -> consumer.plan() == null ? null : consumer.plan().name();
            case "groups" -> String.join(",", consumer.groups());
            default -> null;
        };
    }
}
