package dev.gatehouse.api;

/// A path as routes write it (`/users/**`, `/users/{id}`, `~^regex$`), for rules about requests of many routes.
/// Immutable; shared by all threads.
public interface PathPattern {
    /// Whether it matches what the client asked for, in the same normal form by which its route is found: before any
    /// rewrite.
    boolean matches(RequestHead request);

    /// As it was written.
    @Override
    String toString();
}
