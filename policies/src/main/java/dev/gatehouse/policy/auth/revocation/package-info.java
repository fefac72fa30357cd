/// Whether a token that is good by itself was revoked: asked of the store, where whoever revokes writes it
/// ([dev.gatehouse.api.identity.Revocation]), and remembered for seconds.
@NullMarked
package dev.gatehouse.policy.auth.revocation;

import org.jspecify.annotations.NullMarked;
