/// The authenticator `jwt`: signed bearer tokens, verified here. For APIs whose clients get tokens from an identity
/// provider, or from a service that shares a secret; for tokens that only their issuer can judge use `oauth2`, for
/// people with a browser `oidc`.
@NullMarked
package dev.gatehouse.policy.auth.jwt;

import org.jspecify.annotations.NullMarked;
