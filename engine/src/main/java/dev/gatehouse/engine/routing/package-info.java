/// Finds the route a request belongs to: host, path, method, headers, query, cookies, client address. Knows matchers,
/// not what a route holds.
///
/// ```
/// RouteMatcher + T ─► RouteTableBuilder ─► RouteTable ──match(RouteRequest)──► RouteMatch: route, parameters, 404, 405
///                             └─► RouteProblem: bad patterns, ties, shadowed routes
/// ```
///
/// Every route has one place in one order, worked out when the table is built (see [RouteTable]). A match walks the
/// trie of the host and keeps the best place seen; a branch whose best place is worse is not entered.
@NullMarked
package dev.gatehouse.engine.routing;

import org.jspecify.annotations.NullMarked;
