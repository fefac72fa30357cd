package dev.gatehouse.policy.auth;

import dev.gatehouse.api.identity.Authenticator;
import dev.gatehouse.api.identity.CredentialPlace;

/// One entry of `security.authentication` that a route asks.
///
/// @param name of the entry
/// @param rule what the decision trace calls it: `auth.partner`
/// @param place where it was written
record Method(String name, String rule, String place, Authenticator authenticator) {
    /// Whether both look for their credential in the same field, cookie or parameter.
    boolean looksWhere(Method other) {
        CredentialPlace one = authenticator.place();
        CredentialPlace another = other.authenticator.place();
        return one != null
                && another != null
                && one.in() == another.in()
                && one.name().equalsIgnoreCase(another.name());
    }
}
