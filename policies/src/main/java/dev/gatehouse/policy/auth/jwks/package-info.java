/// Keys that tokens are verified with: what they are good for (RFC 7518), how they are read (RFC 7517), and how those
/// of a provider are fetched and kept. A token never says where its key is: what it brings itself (`jwk`,
/// `jku`, `x5u`, `x5c`) is not looked at.
@NullMarked
package dev.gatehouse.policy.auth.jwks;

import org.jspecify.annotations.NullMarked;
