package dev.gatehouse.engine.routing;

import org.jspecify.annotations.Nullable;

/// Hears how a match came about, for `explain` and the decision trace.
public interface RouteRecorder {
    /// Called once for each route whose host and path fit the request, in the order of the routes.
    ///
    /// @param route the index the route was added with
    /// @param missed the first condition the request missed, the method before the others; what put another route
    ///     before it ([Miss.Part#ORDER]) when it missed none; null for the one that won
    void candidate(int route, @Nullable Miss missed);
}
