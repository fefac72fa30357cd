/// The authenticator `oidc`: people log in with a browser at an identity provider, and a session remembers
/// them (OpenID Connect Core 1.0, code flow with PKCE). For pages and back offices; programs that call an API
/// have no browser and bring a token instead: `jwt` or `oauth2`.
@NullMarked
package dev.gatehouse.policy.auth.oidc;

import org.jspecify.annotations.NullMarked;
