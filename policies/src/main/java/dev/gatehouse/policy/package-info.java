/// Where the built-in policies live: one package each, `dev.gatehouse.policy.<slot>`, with its settings, its
/// factory, the rule itself and, if there is one, the algorithm. They see `dev.gatehouse.api` and libraries of
/// their own; never the engine, never Netty, never one another. What a gateway sends on and says of itself without
/// being asked (forwarding fields, request ids, limits of a connection) is not a policy and lives in the engine.
@NullMarked
package dev.gatehouse.policy;

import org.jspecify.annotations.NullMarked;
