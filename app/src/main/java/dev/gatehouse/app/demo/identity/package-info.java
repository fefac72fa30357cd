/// The demo's identity provider: three people with a login page, and tokens that say who they are. Enough of OpenID
/// Connect for a browser login with code and PKCE, and nothing that keeps a secret.
@NullMarked
package dev.gatehouse.app.demo.identity;

import org.jspecify.annotations.NullMarked;
