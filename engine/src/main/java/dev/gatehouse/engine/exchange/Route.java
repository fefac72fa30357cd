package dev.gatehouse.engine.exchange;

import dev.gatehouse.api.Policy;
import dev.gatehouse.engine.target.Target;
import java.util.List;

/// One route as it runs: its rules and who answers. Immutable, shared by all loops.
///
/// @param label what people call it: its name, or methods and path (`GET /menus/{restaurantId}`)
/// @param at where it is configured (`gateway.yaml:147:5`); empty when it was not written in a file
/// @param policies in the order in which a request meets them
/// @param standardErrors whether errors of its service are put into the standard form
public record Route(String label, String at, Target target, List<Policy> policies, boolean standardErrors) {
    public Route {
        policies = List.copyOf(policies);
    }

    @Override
    public String toString() {
        return label;
    }
}
