/// Signed bearer tokens (JWT, RFC 7519, by the rules of RFC 8725): taken apart, verified, turned into an identity, and
/// remembered. [SignedTokens] is the whole of it; the authenticators `jwt` and `oauth2` add where the token is and
/// what else they ask for.
@NullMarked
package dev.gatehouse.policy.auth.token;

import org.jspecify.annotations.NullMarked;
