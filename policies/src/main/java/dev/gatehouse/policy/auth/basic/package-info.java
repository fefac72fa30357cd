/// The authenticator `basic`: a user name and a password in every request (RFC 7617). For a few people or programs
/// that can do nothing better; everybody else is better off with `oidc`, `jwt` or `api_key`.
///
/// ```
/// credentials ─▶ verified a moment ago? ─▶ attempts left? ─▶ hash, on a thread of its own ─▶ right: remembered
///                     (a fast hash)          (the store)       (slow on purpose)              wrong: 401
/// ```
///
/// A password costs 50 ms and more to check, so no event loop does it, only so many wait for it, and what was right a
/// moment ago is not checked again.
@NullMarked
package dev.gatehouse.policy.auth.basic;

import org.jspecify.annotations.NullMarked;
