/// The slot `ip_rules`: who may come in, by address. For networks that are known (an office, a partner, a scanner
/// that should stay out); no substitute for authentication. A denied range wins over an allowed one; where
/// something is allowed, everything else is not. The address is that of the client behind the proxies the listener
/// trusts.
@NullMarked
package dev.gatehouse.policy.iprules;

import org.jspecify.annotations.NullMarked;
