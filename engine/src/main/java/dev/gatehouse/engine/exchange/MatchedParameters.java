package dev.gatehouse.engine.exchange;

import dev.gatehouse.engine.routing.RouteMatch;
import dev.gatehouse.engine.target.PathParameters;

/// The parameters of the route that was found, where the match says they stand.
final class MatchedParameters implements PathParameters {
    private final RouteMatch<?> match;

    MatchedParameters(RouteMatch<?> match) {
        this.match = match;
    }

    @Override
    public int from(String name) {
        int i = match.parameterNames().indexOf(name);
        return i < 0 ? -1 : match.parameterStart(i);
    }

    @Override
    public int to(String name) {
        int i = match.parameterNames().indexOf(name);
        return i < 0 ? -1 : match.parameterEnd(i);
    }
}
