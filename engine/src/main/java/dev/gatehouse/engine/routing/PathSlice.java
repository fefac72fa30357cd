package dev.gatehouse.engine.routing;

/// Where the path of a request stands, for whoever has its octets: rules look at it without making a String.
public interface PathSlice {
    /// The array the path lies in. Never written to.
    byte[] octets();

    int pathStart();

    int pathEnd();
}
