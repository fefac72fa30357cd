/// The slot `security_headers`: the fields by which browsers defend their users, with defaults that harm no API and
/// no ordinary page. What a service says itself is kept, unless `override` is set. For answers that browsers show;
/// it does no good and no harm to others. Cross-origin calls are another matter (CORS).
@NullMarked
package dev.gatehouse.policy.securityheaders;

import org.jspecify.annotations.NullMarked;
