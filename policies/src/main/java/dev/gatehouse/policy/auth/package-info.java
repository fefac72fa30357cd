/// The slot `auth`: who may use a route at all. It asks the authenticators that the user names, in order: the first
/// credential that is *present* decides, and one that is not good is refused, whatever else would be taken. What each
/// kind of credential is made of is told by the packages below; this one knows none of them.
///
/// ```
/// auth: customer                     one
/// auth: [partner, customer, none]    any of them; `none`, only last: or nobody
/// auth: { all: [mtls, customer] }    every one of them
/// ```
///
/// It also sets the fields by which services are told who calls, and makes sure that nobody else can.
@NullMarked
package dev.gatehouse.policy.auth;

import org.jspecify.annotations.NullMarked;
