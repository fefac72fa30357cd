/// The authenticator `external`: a service of the user's own is asked by HTTP whether a request may pass, and who
/// makes it. For rules that only that service knows; where tokens can be verified here, `jwt` and `oauth2` need no
/// call for each.
///
/// ```
/// request ─▶ which credential? ─▶ remembered? ─▶ somebody asking the same? ─▶ call ─▶ 2xx      who it is
///               none: absent                                                          401, 403 refused
///                                                                                     3xx      sent away, by option
///                                                                                     else     fail closed
/// ```
///
/// What comes back is a value and nothing else: it is never read as a template or an expression.
@NullMarked
package dev.gatehouse.policy.auth.external;

import org.jspecify.annotations.NullMarked;
