package dev.gatehouse.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A path as routes write it (`/users/**`, `/users/{id}`, `~^regex$`), for rules about requests of many routes.
/// Immutable; shared by all threads.
public interface PathPattern {
    /// Whether it matches what the client asked for, in the same normal form by which its route is found: before
    /// any rewrite.
    boolean matches(RequestHead request);

    /// Whether it may match a request that `other` matches. Never false where one could.
    boolean mayMeet(PathPattern other);

    /// What it calls its parameters, `rest` among them when it has a `**`.
    Set<String> parameters();

    /// What a parameter is for this request, decoded; null when there is none of this name, or the path is another.
    @Nullable
    CharSequence parameter(RequestHead request, String name);

    /// As it was written.
    @Override
    String toString();
}
