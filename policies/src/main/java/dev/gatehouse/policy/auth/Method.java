package dev.gatehouse.policy.auth;

import dev.gatehouse.api.identity.Authenticator;

/// One entry of `security.authentication` that a route asks.
///
/// @param name of the entry
/// @param rule what the decision trace calls it: `auth.partner`
/// @param place where it was written
record Method(String name, String rule, String place, Authenticator authenticator) {}
