/// The slot `rate_limit`: how often clients may ask. A setting says whose requests are counted together and how
/// many may come; it counts them in a store, takes from several limits at once or from none, and refuses with 429.
/// What can be told from the request itself is judged before authentication, so that a flood costs a look-up and
/// no more; what needs to know who calls, after authorization. When the store is down the setting says what then.
///
/// No protection of a service against work that is too slow: that is what time-outs and circuit breakers are for.
///
/// ```
/// RateLimitPolicyFactory ─► LimitPolicy ─► LimitSource   which limits, whose buckets
///                               │─► LimitStore           takes, or does without the store
///                               │─► DelayLine            waits instead of refusing
///                               └─► LimitFields, Refusal what the client is told
/// ```
@NullMarked
package dev.gatehouse.policy.ratelimit;

import org.jspecify.annotations.NullMarked;
