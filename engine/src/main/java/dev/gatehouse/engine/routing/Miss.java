package dev.gatehouse.engine.routing;

/// The first thing about a request that keeps a route from answering it.
///
/// @param sentence for a person, such as `path has 2 segments, needs 3`. Holds no value of a header or cookie
public record Miss(Part part, String sentence) {
    public enum Part {
        HOST,
        PATH,
        METHOD,
        HEADER,
        QUERY,
        COOKIE,
        CLIENT,
        /// It missed nothing, but another route stands before it.
        ORDER
    }
}
