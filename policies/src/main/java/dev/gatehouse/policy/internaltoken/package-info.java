/// The slot `internal_token`: tells services who calls in a token that the gateway signs, so that they need not
/// believe whoever can reach them. For services that check signatures anyway, or whose network is shared; where
/// only the gateway can reach a service, the fields `X-User-Id` and `X-User-Roles` say the same for less.
@NullMarked
package dev.gatehouse.policy.internaltoken;

import org.jspecify.annotations.NullMarked;
