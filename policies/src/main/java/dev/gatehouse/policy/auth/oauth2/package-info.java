/// The authenticator `oauth2`: bearer tokens of an authorization server, judged by that server (introspection,
/// RFC 7662) or by its keys, and the scopes they must have. For opaque tokens, and where a token has to be void at
/// once when its server says so; where tokens are signed and scopes do not matter, `jwt` does the same with fewer
/// settings.
@NullMarked
package dev.gatehouse.policy.auth.oauth2;

import org.jspecify.annotations.NullMarked;
