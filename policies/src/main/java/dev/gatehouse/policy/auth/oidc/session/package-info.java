/// Sessions of people who logged in by browser: what is in one, and where it is kept: in a sealed cookie, or in
/// the store under a cookie's secret. [Sessions] is what others use.
@NullMarked
package dev.gatehouse.policy.auth.oidc.session;

import org.jspecify.annotations.NullMarked;
