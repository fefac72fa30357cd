/// The slot `body_limit`: how long a request's body may be on a route. A listener has a limit of its own for
/// everybody; this one is for a route that takes less. A length the client declares is judged before anything of
/// the body is read; one it does not declare (chunked), as the body passes.
@NullMarked
package dev.gatehouse.policy.bodylimit;

import org.jspecify.annotations.NullMarked;
