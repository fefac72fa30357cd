/// The slot `cors`: which pages of other origins may read answers in a browser (Fetch standard, "HTTP-CORS protocol").
/// It answers preflights before anything else is asked, and stands outermost, so that a page can read refusals
/// too. What a service says about it is replaced. It keeps nobody from sending requests: that is for
/// authentication, and for `csrf` where browsers send a cookie by themselves. Nothing of a request is ever
/// reflected but an origin that is allowed.
@NullMarked
package dev.gatehouse.policy.cors;

import org.jspecify.annotations.NullMarked;
