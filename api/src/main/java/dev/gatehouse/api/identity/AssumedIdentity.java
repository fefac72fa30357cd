package dev.gatehouse.api.identity;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Somebody who is taken for granted, and by which methods they could have proved who they are. Immutable.
///
/// @param methods names under `security.authentication`; empty for all of them
public record AssumedIdentity(Set<String> methods, Identity identity) {
    public AssumedIdentity {
        methods = Set.copyOf(methods);
    }

    /// Who it is where this method is asked; null when it would not know them.
    public @Nullable Identity knownBy(String method) {
        return methods.isEmpty() || methods.contains(method) ? identity.by(method) : null;
    }
}
