/// The slot `csrf`: keeps other sites from sending requests in a visitor's name, where browsers send the credential by
/// themselves (cookies, Basic authentication, client certificates). Goes by what browsers say of where a request comes
/// from, and by a token where they say nothing. Not for credentials a page has to send itself, such as bearer
/// tokens: other sites do not have them. Who may read answers is another matter (`cors`).
@NullMarked
package dev.gatehouse.policy.csrf;

import org.jspecify.annotations.NullMarked;
