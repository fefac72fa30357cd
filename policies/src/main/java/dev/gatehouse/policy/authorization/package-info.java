/// What somebody may do who was identified, or not: the slot `require` of a route, the rules of the whole file under
/// `security.authorization`, and from where each consumer may call. Every rule that matches a request has to be
/// met, and the route's `require` too, so that another rule only ever tightens. A rule that somebody unknown
/// cannot meet is 401, one that somebody known does not meet 403. Not for who somebody is (the slot `auth`), nor
/// for addresses alone (`ip_rules`).
@NullMarked
package dev.gatehouse.policy.authorization;

import org.jspecify.annotations.NullMarked;
