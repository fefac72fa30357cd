/// The authenticator `session`: an opaque token that stands for an entry of the store, which a login service
/// of your own writes. For sessions the gateway itself begins use `oidc`; for tokens that say who their
/// bearer is use `jwt`.
@NullMarked
package dev.gatehouse.policy.auth.session;

import org.jspecify.annotations.NullMarked;
