package dev.gatehouse.engine.exchange;

/// Which [RouteGraph] new exchanges begin on: the one reference that a reload changes, read by every loop. An exchange
/// that begins after [#switchTo] has returned, on whatever loop, is on the new graph.
public final class LiveRoutes {
    private volatile RouteGraph graph;

    public LiveRoutes(RouteGraph first) {
        this.graph = first;
    }

    public RouteGraph now() {
        return graph;
    }

    /// @return the graph before
    public synchronized RouteGraph switchTo(RouteGraph next) {
        RouteGraph before = graph;
        graph = next;
        return before;
    }
}
