/// What ways to authenticate by a bearer token (RFC 6750) share: where the token is in a request, and what a client is
/// told about one that is no good.
@NullMarked
package dev.gatehouse.policy.auth.bearer;

import org.jspecify.annotations.NullMarked;
