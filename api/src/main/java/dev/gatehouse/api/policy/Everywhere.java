package dev.gatehouse.api.policy;

import java.util.List;

/// Policies of one slot that stand on every route, whether it uses the slot or not: for rules of a section of the
/// file. Made by [PolicyFactory#everywhere] for one configuration, and gone with it.
@FunctionalInterface
public interface Everywhere {
    /// Called once per route, when a configuration is compiled: opens nothing.
    ///
    /// @param route the context is called like the route
    /// @return empty for a route that needs none
    /// @throws IllegalArgumentException as from [PolicyFactory#create]
    List<Staged> on(PolicyContext route);
}
