package dev.gatehouse.engine.routing;

/// A route that almost matched.
///
/// @param route the index the route was added with
/// @param miss what was in its way
public record NearRoute(int route, Miss miss) {}
